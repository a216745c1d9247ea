using System.Globalization;

namespace Facialis.Toxin;

/// <summary>Days as people read them in a finding.</summary>
internal static class Days
{
    /// <summary>"22 Nov 2026".</summary>
    public static string Text(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"22 Nov 2026, 18:05" in a zone.</summary>
    public static string Text(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
