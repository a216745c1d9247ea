using System.Globalization;
using Facialis.Platform.Hosting;

namespace Facialis.Platform.Clinics;

/// <summary>Moments in the clinic's own time zone, for pages and print, where no script may be there to turn them.</summary>
public sealed class ClinicTime
{
    private readonly TimeZoneInfo _zone;

    /// <exception cref="TimeZoneNotFoundException">The setting names a zone that this machine does not know.</exception>
    public ClinicTime(FacialisSettings settings) =>
        _zone = string.IsNullOrWhiteSpace(settings.TimeZone) ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);

    /// <summary>The zone's name, to be shown beside its times.</summary>
    public string Zone => _zone.Id;

    /// <summary>"22 Nov 2026, 18:05".</summary>
    public string Moment(DateTimeOffset moment) => Local(moment).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"22 Nov 2026".</summary>
    public string Day(DateTimeOffset moment) => Local(moment).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone);
}
