using System.Globalization;

namespace Facialis.Platform.Clinics;

/// <summary>A calendar day as people read it, and as forms and files carry it: the same everywhere.</summary>
public static class DayText
{
    private const string IsoForm = "yyyy-MM-dd";

    /// <summary>"22 Nov 2026".</summary>
    public static string InWords(this DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"2026-11-22", as a date field of a form has it.</summary>
    public static string Iso(this DateOnly day) => day.ToString(IsoForm, CultureInfo.InvariantCulture);

    /// <summary>What <see cref="Iso"/> wrote; null for everything else.</summary>
    public static DateOnly? ReadIso(string? typed) =>
        DateOnly.TryParseExact(typed, IsoForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
