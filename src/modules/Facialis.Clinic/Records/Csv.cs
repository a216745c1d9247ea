using System.Globalization;
using Facialis.Clinic.Injections;
using Facialis.Platform.Clinics;

namespace Facialis.Clinic.Records;

/// <summary>Cells of a table for a spreadsheet.</summary>
internal static class Csv
{
    /// <summary>Quoted where needed; a text that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static string Text(string? text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + text : text ?? "";
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A number as it is, with a point; nothing where there is none. A minus before a number is no formula.</summary>
    public static string Number(decimal? number) => number is { } value ? TreatmentRecord.Plain(value).ToString(CultureInfo.InvariantCulture) : "";

    /// <summary>A moment on the clinic's clock, with its offset from UTC; nothing where there is none.</summary>
    public static string Moment(DateTimeOffset? moment, ClinicTime time) =>
        moment is { } at ? time.Local(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : "";
}
