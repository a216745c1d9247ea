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

    /// <summary>"09:30".</summary>
    public string Clock(DateTimeOffset moment) => Local(moment).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The calendar day that a moment falls on in the clinic.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment).DateTime);

    /// <summary>When a time of a day comes in the clinic, in UTC. Of a time that comes twice, the first; of one that is left out, the next that comes.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time = default)
    {
        var local = day.ToDateTime(time);
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1); // clocks go forward by an hour at most, in one step
        }

        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The same moment on the clinic's clock, with its offset from UTC.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone);
}
