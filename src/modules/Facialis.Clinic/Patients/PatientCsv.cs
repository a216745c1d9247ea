using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Facialis.Clinic.Patients;

/// <summary>Reads a list of patients from CSV. Every row is read, and every fault named with its line, before anything is decided.</summary>
internal static class PatientCsv
{
    public const int MaxRows = 5000;
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Names of columns that are understood, in small letters without blanks and underscores.</summary>
    private static readonly Dictionary<string, string[]> Columns = new()
    {
        ["code"] = ["code", "chartcode", "chart", "chartnumber", "patientnumber", "patientid", "id", "mrn"],
        ["family"] = ["familyname", "lastname", "surname", "name", "nachname"],
        ["given"] = ["givenname", "firstname", "forename", "vorname"],
        ["born"] = ["birthdate", "dateofbirth", "dob", "born", "geburtsdatum"],
        ["phone"] = ["phone", "telephone", "phonenumber", "mobile", "telefon"],
        ["email"] = ["email", "mail", "emailaddress"],
        ["notes"] = ["notes", "note", "remarks"],
    };

    /// <summary>Decodes a file as UTF-8 (a byte order mark is allowed); null where it is not.</summary>
    public static string? Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Reads the rows. Separators may be commas, semicolons or tabs; dates 1961-04-02 or 2.4.1961.</summary>
    public static CsvList Read(string text, DateOnly today)
    {
        using var reader = new StringReader(text);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text),
            BadDataFound = null, // told below, with its line
            MissingFieldFound = null,
            DetectColumnCountChanges = false,
            TrimOptions = TrimOptions.Trim,
        });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header)
        {
            return new CsvList([], ["The file is empty."]);
        }

        var (at, faults) = Place(header);
        if (faults.Count > 0)
        {
            return new CsvList([], faults);
        }

        List<CsvRow> rows = [];
        Dictionary<string, int> lines = [];
        while (csv.Read())
        {
            if (rows.Count == MaxRows)
            {
                return new CsvList([], [$"The file has more than {MaxRows} rows. Split it."]);
            }

            var record = csv.Parser.Record ?? [];
            if (record.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            rows.Add(Row(csv.Parser.RawRow, record, header.Length, at, today, lines));
        }

        return rows.Count == 0 ? new CsvList([], ["The file has a heading and no rows."]) : new CsvList(rows, []);
    }

    private static CsvRow Row(int line, string[] record, int columns, Dictionary<string, int> at, DateOnly today, Dictionary<string, int> lines)
    {
        List<string> faults = [];
        string Field(string column) => at.TryGetValue(column, out var index) && index < record.Length ? record[index] : "";
        if (record.Length != columns)
        {
            faults.Add($"This row has {record.Length} fields, the heading has {columns}. A separator or a quotation mark may be missing.");
        }

        var code = Patient.CodeFrom(Field("code"));
        if (code is null)
        {
            faults.Add("The chart code is missing, or has other signs than letters, digits and . _ / -");
        }
        else if (!lines.TryAdd(code, line))
        {
            faults.Add($"The same chart code stands in line {lines[code]}.");
        }

        DateOnly? born = null;
        if (Field("born") is { Length: > 0 } typed)
        {
            if (DateOnly.TryParseExact(typed, ["yyyy-MM-dd", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                born = day;
            }
            else
            {
                // 3/4/1961 is March in one country and April in another: never guessed.
                faults.Add("The date of birth must be written 1961-04-02 or 2.4.1961.");
            }
        }

        var person = Person.From(Field("family"), Field("given"), born, Field("phone"), Field("email"), Field("notes"));
        faults.AddRange(person.Faults(today).Values);
        return new CsvRow(line, code ?? Field("code"), person, faults);
    }

    private static (Dictionary<string, int> At, List<string> Faults) Place(string[] header)
    {
        Dictionary<string, int> at = [];
        List<string> faults = [];
        for (var index = 0; index < header.Length; index++)
        {
            var plain = new string([.. header[index].ToLowerInvariant().Where(char.IsLetterOrDigit)]);
            var column = Columns.FirstOrDefault(c => c.Value.Contains(plain)).Key;
            if (column is not null && !at.TryAdd(column, index))
            {
                faults.Add($"Two columns mean the same: \"{header[at[column]]}\" and \"{header[index]}\".");
            }
        }

        if (!at.ContainsKey("code"))
        {
            faults.Add("There is no column for the chart code. The first row must name the columns: code, family name, given name, date of birth, phone, email, notes.");
        }

        return (at, faults);
    }

    private static string DelimiterOf(string text)
    {
        var heading = text.AsSpan(0, text.IndexOfAny(['\r', '\n']) is var end and >= 0 ? end : text.Length);
        var (best, most) = (",", heading.Count(','));
        foreach (var other in (char[])[';', '\t'])
        {
            if (heading.Count(other) > most)
            {
                (best, most) = (other.ToString(), heading.Count(other));
            }
        }

        return best;
    }
}

/// <param name="Rows">The rows in their order.</param>
/// <param name="Faults">What is wrong with the file as a whole; then there are no rows.</param>
internal sealed record CsvList(IReadOnlyList<CsvRow> Rows, IReadOnlyList<string> Faults);

/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Code">Chart code, as kept where it is one.</param>
/// <param name="Person">Who it is.</param>
/// <param name="Faults">What is wrong with this row.</param>
internal sealed record CsvRow(int Line, string Code, Person Person, IReadOnlyList<string> Faults);
