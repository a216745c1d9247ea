using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Clinic.Booking.Demonstration;

/// <summary>Two rooms and the working days around the first start, as a clinic's book looks. Nothing of it is ever mailed.</summary>
internal static class DemonstrationWeek
{
    private static readonly string[] Names = ["Room 1", "Room 2"];

    /// <summary>Days counted from today.</summary>
    private const int First = -4;
    private const int Last = 10;

    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var time = services.GetRequiredService<ClinicTime>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var today = time.DayOf(now);
        List<Room> rooms = [.. Names.Select((name, n) => new Room { Id = Guid.CreateVersion7(now.AddMilliseconds(n)), Name = name })];
        db.AddRange(rooms);
        await GiveRoomsAsync(db, rooms, cancellation);
        // Who is due comes for a treatment; everybody else for a look.
        var due = await services.GetRequiredService<DueDates>().OfClinic(cancellation);
        // Some who are overdue wait for a call: the due list has work to show.
        var treat = new Queue<DuePatient>(due.Where(d => d.PlannedFor is null && d.Due.Day <= today.AddDays(Last)).Where((d, n) => !d.IsOverdue || n % 2 == 0));
        var look = new Queue<DuePatient>(due.Where(d => d.Due.Day > today.AddDays(Last)).OrderByDescending(d => d.LastGiven));
        foreach (var offset in Enumerable.Range(First, Last - First + 1).Where(offset => offset != 0))
        {
            var day = today.AddDays(offset);
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                continue;
            }

            foreach (var (n, room) in rooms.Index())
            {
                var minute = (9 * 60) + (15 * Math.Abs((offset * 7) + (n * 3)) % 180);
                var isTreatment = offset > 0 && (offset + n) % 3 != 1 && treat.Count > 0 && treat.Peek().Due.Earliest <= day;
                if ((isTreatment ? treat : look).TryDequeue(out var patient))
                {
                    var at = time.At(day, TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(minute)));
                    var purpose = isTreatment ? VisitPurpose.Treatment : n == 0 ? VisitPurpose.FollowUp : VisitPurpose.Recording;
                    Add(db, patient.PatientId, room.Id, at, isTreatment ? 45 : 30, purpose, offset < 0);
                }
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Visits that were made before there were rooms, of past days and of today, get them by turns; at the demonstration's pace none meets another.</summary>
    private static async Task GiveRoomsAsync(FacialisDb db, List<Room> rooms, CancellationToken cancellation)
    {
        var visits = await db.Set<Visit>().Where(v => v.CancelledAt == null).OrderBy(v => v.At).ToListAsync(cancellation);
        var free = rooms.ToDictionary(r => r.Id, _ => DateTimeOffset.MinValue);
        foreach (var visit in visits)
        {
            if (rooms.FirstOrDefault(r => free[r.Id] <= visit.At) is { } room)
            {
                free[room.Id] = visit.At.AddMinutes(visit.LengthMinutes);
                db.Entry(visit).Property(v => v.RoomId).CurrentValue = room.Id;
                db.AddRange(BookVisit.Slots(visit.Id, room.Id, visit.At, visit.LengthMinutes));
            }
        }
    }

    private static void Add(FacialisDb db, Guid patient, Guid room, DateTimeOffset at, int minutes, VisitPurpose purpose, bool came)
    {
        var id = Guid.CreateVersion7(at);
        db.Add(new Visit { Id = id, PatientId = patient, At = at, LengthMinutes = minutes, RoomId = room, Purpose = purpose, ArrivedAt = came ? at.AddMinutes(-5) : null });
        db.AddRange(BookVisit.Slots(id, room, at, minutes));
    }
}
