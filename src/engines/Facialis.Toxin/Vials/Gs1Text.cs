using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Facialis.Toxin;

/// <summary>What the GS1 DataMatrix on a vial's box says.</summary>
/// <remarks>
/// Application identifiers 01 (GTIN), 10 (lot), 17 (expiry) and 21 (serial number) after the GS1 General Specifications; 11, 13, 15 and 16
/// (further dates) and 20 are stepped over, since their length is fixed. Any other is refused: its length cannot be known.
/// </remarks>
/// <param name="Gtin">Trade item number of 14 digits, its check digit tested.</param>
/// <param name="Lot">Lot, up to 20 signs.</param>
/// <param name="Expires">Last day of use; where the code gives no day, the last day of the month.</param>
/// <param name="Serial">Serial number, up to 20 signs, or null.</param>
public sealed record Gs1Text(string? Gtin, string? Lot, DateOnly? Expires, string? Serial)
{
    /// <summary>Group separator (FNC1 as scanners send it), which ends an element of varying length.</summary>
    public const char Separator = '\u001d';

    private const int MostSigns = 200;
    private const int MostVarying = 20;

    /// <summary>Reads what a scanner typed, or the text printed beside the code with its identifiers in brackets.</summary>
    /// <param name="text">For example "]d201...17270531" + separator + "10ABC" or "(01)...(17)270531(10)ABC".</param>
    /// <param name="today">Decides the century of a year of two digits: it lies within 49 years before and 50 after this one.</param>
    /// <param name="read">What was read.</param>
    /// <param name="refusal">A sentence for the person when refused.</param>
    public static bool TryRead(string? text, DateOnly today, [NotNullWhen(true)] out Gs1Text? read, [NotNullWhen(false)] out string? refusal)
    {
        var code = Plain(text ?? "", out refusal);
        read = code is null ? null : Elements(code, today, out refusal);
        return read is not null;
    }

    /// <summary>Whether the last digit of a trade item number is the one that its others ask for (weights 3 and 1 from the right).</summary>
    public static bool HasValidCheckDigit(string gtin)
    {
        ArgumentNullException.ThrowIfNull(gtin);
        var sum = 0;
        for (var i = 0; i < gtin.Length; i++)
        {
            if (!char.IsAsciiDigit(gtin[i]))
            {
                return false;
            }

            sum += (gtin[i] - '0') * ((gtin.Length - i) % 2 == 0 ? 3 : 1);
        }

        return gtin.Length > 1 && sum % 10 == 0;
    }

    /// <summary>The text without scanner prefix, with separators where brackets were.</summary>
    private static string? Plain(string text, out string? refusal)
    {
        refusal = null;
        text = text.Trim(' ', '\t', '\r', '\n');
        if (text.Length == 0)
        {
            refusal = "Scan the square code on the box, or type what is printed beside it.";
            return null;
        }

        if (text.Length > MostSigns)
        {
            refusal = "That is too long for the code of a vial.";
            return null;
        }

        // Symbology identifiers of DataMatrix, QR and Code 128 with GS1 data; then a leading FNC1.
        text = text.StartsWith("]d2", StringComparison.Ordinal) || text.StartsWith("]Q3", StringComparison.Ordinal) || text.StartsWith("]C1", StringComparison.Ordinal)
            ? text[3..]
            : text;
        text = text.TrimStart(Separator);
        if (!text.StartsWith('('))
        {
            return text;
        }

        var plain = new StringBuilder();
        foreach (var part in text.Split('(', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf(')', StringComparison.Ordinal);
            if (end is < 2 or > 4)
            {
                refusal = "A bracket is missing: identifiers are written like (01).";
                return null;
            }

            plain.Append(part, 0, end).Append(part[(end + 1)..].Trim()).Append(Separator);
        }

        return plain.ToString();
    }

    private static Gs1Text? Elements(string code, DateOnly today, out string? refusal)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        refusal = null;
        for (var at = 0; at < code.Length;)
        {
            if (code[at] == Separator)
            {
                at++;
                continue;
            }

            if (at + 2 > code.Length)
            {
                refusal = "The code breaks off.";
                return null;
            }

            var identifier = code.Substring(at, 2);
            at += 2;
            if (Length(identifier) is not { } length)
            {
                refusal = $"The code has an element {identifier} that is not known here. Type lot and expiry instead.";
                return null;
            }

            var end = length > 0 ? at + length : Math.Min(code.IndexOf(Separator, at) is var mark && mark >= 0 ? mark : code.Length, code.Length);
            if (end > code.Length || (length > 0 && code.AsSpan(at, length).Contains(Separator)))
            {
                refusal = $"The element {identifier} breaks off.";
                return null;
            }

            var value = code[at..end];
            at = end;
            refusal = Fault(identifier, value, length);
            if (refusal is null && !found.TryAdd(identifier, value) && found[identifier] != value)
            {
                refusal = $"The code says two things for {identifier}.";
            }

            if (refusal is not null)
            {
                return null;
            }
        }

        DateOnly? expires = null;
        if (found.TryGetValue("17", out var date) && !TryDate(date, today, out expires))
        {
            refusal = $"The expiry {date} is no day: it is written year, month, day.";
            return null;
        }

        if (found.Count == 0)
        {
            refusal = "The code holds nothing.";
            return null;
        }

        return new Gs1Text(found.GetValueOrDefault("01"), found.GetValueOrDefault("10"), expires, found.GetValueOrDefault("21"));
    }

    /// <summary>Signs of an element; 0 for one of varying length; null for one not known.</summary>
    private static int? Length(string identifier) => identifier switch
    {
        "01" => 14,
        "11" or "13" or "15" or "16" or "17" => 6,
        "20" => 2,
        "10" or "21" => 0,
        _ => null,
    };

    private static string? Fault(string identifier, string value, int? length)
    {
        if (length == 0)
        {
            var what = identifier == "10" ? "lot" : "serial number";
            return value.Length switch
            {
                0 => $"The {what} is empty.",
                > MostVarying => $"The {what} is longer than {MostVarying} signs: the scanner may have dropped the separators. Type lot and expiry instead.",
                _ => value.All(sign => sign is >= '!' and <= '~') ? null : $"The {what} holds a sign that no code can hold.",
            };
        }

        if (!value.All(char.IsAsciiDigit))
        {
            return $"The element {identifier} holds more than digits.";
        }

        return identifier == "01" && !HasValidCheckDigit(value) ? $"The number {value} is misread: its check digit is wrong." : null;
    }

    private static bool TryDate(string text, DateOnly today, out DateOnly? date)
    {
        date = null;
        var (year, month, day) = (Part(0), Part(2), Part(4));
        // GS1 General Specifications 7.12: more than 50 years ahead is the century before, 50 or more behind the one after.
        var ahead = year - (today.Year % 100);
        var century = (today.Year / 100) + (ahead > 50 ? -1 : ahead < -49 ? 1 : 0);
        year += century * 100;
        if (month is < 1 or > 12 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day == 0 ? DateTime.DaysInMonth(year, month) : day);
        return true;
        int Part(int at) => int.Parse(text.AsSpan(at, 2), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
