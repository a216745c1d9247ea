using Facialis.Clinic.Patients;
using Facialis.Clinic.Practice;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Booking;

/// <summary>Reads the visits of a week.</summary>
internal sealed class ReadWeek(FacialisDb db, ClinicTime time)
{
    /// <summary>What stands in the week of a day, in order of time.</summary>
    public async Task<IReadOnlyList<Visit>> OfAsync(DateOnly monday, CancellationToken cancellation)
    {
        var (from, before) = (time.At(monday), time.At(monday.AddDays(7)));
        return await db.Set<Visit>().AsNoTracking().Where(v => v.At >= from && v.At < before && v.CancelledAt == null)
            .OrderBy(v => v.At).ThenBy(v => v.Id).ToListAsync(cancellation);
    }

    /// <summary>One visit, cancelled or not; null where there is none.</summary>
    public Task<Visit?> FindAsync(Guid id, CancellationToken cancellation) => db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancellation);

    /// <summary>The patient of a chart code; null where there is none.</summary>
    public async Task<Guid?> PatientAsync(string? typedCode, CancellationToken cancellation) => Patient.CodeFrom(typedCode) is { } code
        ? await db.Set<Patient>().Where(p => p.Code == code && p.ErasedAt == null).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(cancellation)
        : null;
}

/// <summary>One room's week as rows of half an hour, on the clinic's clock.</summary>
/// <param name="Days">Monday to Friday, and the weekend where something stands on it or it is asked for.</param>
/// <param name="Rows">Earliest first.</param>
public sealed record WeekGrid(IReadOnlyList<DateOnly> Days, IReadOnlyList<WeekRow> Rows)
{
    public const int RowMinutes = 30;

    /// <summary>Shortest visit: what is free for less is not offered.</summary>
    private const int ShortestMinutes = 15;

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <param name="booked">Those of the room in the week.</param>
    /// <param name="monday">First day.</param>
    /// <param name="asked">A day that is to be there.</param>
    /// <param name="hours">When the clinic is open.</param>
    /// <param name="isOpen">Whether the room may be booked.</param>
    /// <param name="time">The clinic's clock.</param>
    /// <param name="now">Before it, nothing is free.</param>
    internal static WeekGrid Of(
        IReadOnlyList<Visit> booked, DateOnly monday, DateOnly asked, PracticeSettings hours, bool isOpen, ClinicTime time, DateTimeOffset now)
    {
        var visits = booked.Select(v => new WeekVisit(v.Id, v.PatientId, v.At, v.At.AddMinutes(v.LengthMinutes), v.Purpose, v.ArrivedAt is not null)).ToList();
        IReadOnlyList<DateOnly> days = [.. Enumerable.Range(0, 7).Select(monday.AddDays)
            .Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) || d == asked || visits.Any(v => time.DayOf(v.At) == d))];
        var starts = visits.Select(v => Minute(TimeOnly.FromDateTime(time.Local(v.At).DateTime))).ToList();
        var first = Math.Min(Minute(hours.OpensAt), starts.DefaultIfEmpty(Minute(hours.OpensAt)).Min()) / RowMinutes * RowMinutes;
        var last = Math.Max(Minute(hours.ClosesAt), starts.DefaultIfEmpty(0).Max() + 1);
        List<WeekRow> rows = [];
        for (var minute = first; minute < last; minute += RowMinutes)
        {
            rows.Add(new WeekRow(TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(minute)), [.. days.Select(day => Cell(day, minute))]));
        }

        return new WeekGrid(days, rows);

        WeekCell Cell(DateOnly day, int minute)
        {
            var (from, until) = (At(day, minute), At(day, minute + RowMinutes));
            var begins = visits.Where(v => v.At >= from && v.At < until).ToList();
            var isBusy = begins.Count == 0 && visits.Any(v => v.At < from && v.Until > from);
            TimeOnly? free = null;
            for (var offset = 0; offset < RowMinutes && free is null && isOpen; offset += ShortestMinutes)
            {
                var (at, end) = (At(day, minute + offset), At(day, minute + offset).AddMinutes(ShortestMinutes));
                if (Minute(TimeOnly.FromDateTime(time.Local(at).DateTime)) == minute + offset && at >= now
                    && minute + offset >= Minute(hours.OpensAt) && minute + offset + ShortestMinutes <= Minute(hours.ClosesAt)
                    && !visits.Any(v => v.At < end && v.Until > at))
                {
                    free = TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(minute + offset));
                }
            }

            return new WeekCell(day, begins, free, isBusy);
        }

        DateTimeOffset At(DateOnly day, int minute) => time.At(day.AddDays(minute / 1440), TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(minute % 1440)));
    }

    private static int Minute(TimeOnly time) => (time.Hour * 60) + time.Minute;
}

/// <param name="From">Time on the clock.</param>
/// <param name="Cells">One for each day of the grid.</param>
public sealed record WeekRow(TimeOnly From, IReadOnlyList<WeekCell> Cells);

/// <param name="Day">The day.</param>
/// <param name="Begins">Visits that begin in this half hour.</param>
/// <param name="Free">The first time in it at which a visit can begin; null where none can.</param>
/// <param name="IsBusy">A visit that began earlier goes on.</param>
public sealed record WeekCell(DateOnly Day, IReadOnlyList<WeekVisit> Begins, TimeOnly? Free, bool IsBusy);

/// <param name="Id">The visit.</param>
/// <param name="PatientId">Who comes.</param>
/// <param name="At">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Purpose">What for.</param>
/// <param name="HasArrived">The patient is, or was, there.</param>
public sealed record WeekVisit(Guid Id, Guid PatientId, DateTimeOffset At, DateTimeOffset Until, VisitPurpose Purpose, bool HasArrived);
