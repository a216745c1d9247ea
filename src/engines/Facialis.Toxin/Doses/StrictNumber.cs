using System.Globalization;

namespace Facialis.Toxin;

/// <summary>
/// Reads a number that a person typed, the same in every locale, or refuses it with a sentence. A dose read ten times too high is the
/// accident this prevents, so what two readers could take differently is refused, not guessed.
/// </summary>
internal static class StrictNumber
{
    private const int MostSigns = 24;

    /// <summary>Reads digits, or digits and one decimal mark (point or comma, the same thing) and digits.</summary>
    /// <param name="text">What was typed. Blanks and tabs around it do not count.</param>
    /// <param name="what">The thing asked for, as it stands in a sentence: "units", "millilitres".</param>
    /// <param name="decimals">Most digits after the decimal mark.</param>
    /// <param name="most">Largest value taken.</param>
    /// <param name="value">The number; 0 when refused.</param>
    /// <returns>Null when read, else the sentence that refuses it.</returns>
    public static string? Read(ReadOnlySpan<char> text, string what, int decimals, decimal most, out decimal value)
    {
        value = 0;
        text = text.Trim(" \t");
        if (text.IsEmpty)
        {
            return $"Type the {what}, for example 2.5.";
        }

        if (text.Length > MostSigns)
        {
            return $"That is too long for a number of {what}.";
        }

        var mark = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            if (text[i] is not ('.' or ','))
            {
                return RefuseSign(text[i], what);
            }

            if (mark >= 0)
            {
                return "Write no mark between thousands: one point or comma before the decimals is all.";
            }

            mark = i;
        }

        var whole = mark < 0 ? text : text[..mark];
        var fraction = mark < 0 ? default : text[(mark + 1)..];
        if (mark >= 0 && RefuseMark(whole, fraction, decimals) is { } refusal)
        {
            return refusal;
        }

        if (whole.Length > 1 && whole[0] == '0')
        {
            return $"Write no zero in front: {text} may have lost its decimal point.";
        }

        var number = decimal.Parse($"{whole}.{fraction}0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (number > most)
        {
            return $"More than {Write(most)} {what} cannot be meant.";
        }

        value = Trimmed(number);
        return null;
    }

    /// <summary>Writes a number with a point, a zero before it, and never a zero at the end: "0.5", "2.5", "10".</summary>
    public static string Write(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>The same value without zeros at the end, so that equal amounts are also written alike by others.</summary>
    public static decimal Trimmed(decimal value) => value / 1.0000000000000000000000000000m;

    private static string? RefuseMark(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int decimals)
    {
        if (whole.IsEmpty)
        {
            return fraction.IsEmpty ? "A decimal mark alone is no number." : $"Write a zero before the point: 0.{fraction}.";
        }

        if (fraction.IsEmpty)
        {
            return $"Write {whole} without a mark after it, or add the decimals.";
        }

        if (fraction.Length > decimals)
        {
            return fraction.Length == 3
                ? $"{whole}.{fraction} could be thousands. Write thousands without a mark, and at most {decimals} decimals."
                : $"At most {decimals} decimals can be given.";
        }

        return fraction[^1] == '0'
            ? $"Write no zero at the end of decimals: {whole}.{fraction} is too easily read as {whole}{fraction}."
            : null;
    }

    private static string RefuseSign(char sign, string what)
    {
        if (sign is '-' or '+' or '\u2212')
        {
            return $"Write the number of {what} without a sign.";
        }

        if (char.IsLetter(sign))
        {
            return $"Write the number of {what} alone, without letters.";
        }

        if (char.IsNumber(sign))
        {
            return "Write the number with the digits 0 to 9.";
        }

        return char.IsWhiteSpace(sign)
            ? "Write the number without blanks inside."
            : "Only digits and one decimal point or comma can be part of a number.";
    }
}
