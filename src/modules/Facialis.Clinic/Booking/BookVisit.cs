using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Practice;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Booking;

/// <param name="Id">Of the visit, made by the client: the same again is the same booking.</param>
/// <param name="Patient">Who comes.</param>
/// <param name="Room">Which room.</param>
/// <param name="Day">Day in the clinic.</param>
/// <param name="Time">Time on the clinic's clock, in steps of <see cref="BookedSlot.Minutes"/>.</param>
/// <param name="Minutes">How long: one of <see cref="BookVisit.Lengths"/>.</param>
/// <param name="Purpose">What for.</param>
/// <param name="IsMailed">Whether an invitation and a reminder are mailed.</param>
/// <param name="Instead">The visit that moves here; null for a new one.</param>
internal sealed record BookingWish(Guid Id, Guid Patient, Guid Room, DateOnly Day, TimeOnly Time, int Minutes, VisitPurpose Purpose, bool IsMailed, Guid? Instead = null);

/// <summary>Books a room for a visit, or moves a visit. Minutes, visit, notes and mails are taken in one transaction or not at all.</summary>
internal sealed class BookVisit(
    FacialisDb db, AuditTrail audit, QueuedJobs jobs, CancelVisit cancel, FindPatients find, Rooms rooms, DueDates due, ClinicTime time, TimeProvider clock)
{
    public const string Taken = "This time is taken. Choose another one.";

    /// <summary>How long a visit may take, minutes.</summary>
    public static readonly IReadOnlyList<int> Lengths = [15, 30, 45, 60];

    /// <returns>Null where it is booked, else a sentence that says what is wrong.</returns>
    public async Task<string?> Handle(BookingWish wish, CancellationToken cancellation)
    {
        if (await IsBookedAsync(wish, cancellation))
        {
            return null; // the same form sent twice
        }

        var hours = await rooms.HoursAsync(cancellation);
        if (await FaultAsync(wish, hours, cancellation) is { } fault)
        {
            return fault;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (wish.Instead is { } old)
        {
            if (await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == old && v.PatientId == wish.Patient, cancellation) is not { ArrivedAt: null } moved
                || !await cancel.WithinAsync(moved, tellsPatient: true, cancellation))
            {
                return "The visit that was to be moved is not there any more. Look again.";
            }

            audit.Note(AuditAction.Write, "visit", old, wish.Patient, "moved");
        }

        Add(wish, hours);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            await transaction.RollbackAsync(cancellation);
            return await IsBookedAsync(wish, cancellation) ? null : Taken;
        }

        await transaction.CommitAsync(cancellation);
        jobs.Wake();
        return null;
    }

    private Task<bool> IsBookedAsync(BookingWish wish, CancellationToken cancellation) =>
        db.Set<Visit>().AnyAsync(v => v.Id == wish.Id && v.PatientId == wish.Patient, cancellation);

    private void Add(BookingWish wish, PracticeSettings hours)
    {
        var (at, now) = (time.At(wish.Day, wish.Time), clock.GetUtcNow());
        db.Add(new Visit
        {
            Id = wish.Id,
            PatientId = wish.Patient,
            At = at,
            LengthMinutes = wish.Minutes,
            RoomId = wish.Room,
            IsMailed = wish.IsMailed,
            Purpose = wish.Purpose,
        });
        db.AddRange(Slots(wish.Id, wish.Room, at, wish.Minutes));
        if (wish.IsMailed)
        {
            jobs.Add(VisitMail.Invitation, VisitMail.Key(wish.Id), now);
            if (at.AddHours(-hours.RemindHoursBefore) is var remindAt && remindAt > now) // later than that, the invitation itself reminds
            {
                jobs.Add(VisitMail.Reminder, VisitMail.Key(wish.Id), remindAt);
            }
        }

        audit.Note(AuditAction.Write, "visit", wish.Id, wish.Patient, "booked");
    }

    /// <summary>In order of time: two who ask at once then meet at the first slot that both want.</summary>
    internal static IEnumerable<BookedSlot> Slots(Guid visit, Guid room, DateTimeOffset at, int minutes) =>
        Enumerable.Range(0, (minutes + BookedSlot.Minutes - 1) / BookedSlot.Minutes)
            .Select(n => new BookedSlot { RoomId = room, StartsAt = at.AddMinutes(n * BookedSlot.Minutes), VisitId = visit });

    private async Task<string?> FaultAsync(BookingWish wish, PracticeSettings hours, CancellationToken cancellation)
    {
        if (wish.Id.Version != 7 || !Lengths.Contains(wish.Minutes) || !Enum.IsDefined(wish.Purpose) || wish.Time.Ticks % (TimeSpan.TicksPerMinute * BookedSlot.Minutes) != 0)
        {
            return $"A visit begins in steps of {BookedSlot.Minutes} minutes and takes {string.Join(", ", Lengths)} minutes.";
        }

        var at = time.At(wish.Day, wish.Time);
        if (time.Local(at).TimeOfDay != wish.Time.ToTimeSpan())
        {
            return "On this day the clocks go forward, and this time does not come. Choose another one.";
        }

        if (at < clock.GetUtcNow())
        {
            return "This time is past. Choose one that is still ahead.";
        }

        var end = time.Local(at.AddMinutes(wish.Minutes));
        if (wish.Time < hours.OpensAt || end.Date != wish.Day.ToDateTime(default) || TimeOnly.FromTimeSpan(end.TimeOfDay) > hours.ClosesAt)
        {
            return $"The clinic is open from {hours.OpensAt:HH\\:mm} to {hours.ClosesAt:HH\\:mm}; the visit would lie outside.";
        }

        if (!await db.Set<Room>().AnyAsync(r => r.Id == wish.Room && r.ClosedAt == null, cancellation))
        {
            return "This room is not in use. Choose another one.";
        }

        if (await find.Find(wish.Patient, cancellation) is not { ErasedAt: null } patient)
        {
            return "There is no such patient.";
        }

        if (wish.IsMailed && patient.Person.Email.Length == 0)
        {
            return "No e-mail address is recorded for this patient. Add it to the chart, or book without mail.";
        }

        return wish.Purpose == VisitPurpose.Treatment && await due.EarliestOf(wish.Patient, cancellation) is var (earliest, product) && wish.Day < earliest
            ? $"The interval rules of {product.Name} allow no treatment before {earliest.InWords()}. Book it later; an earlier look is a follow-up."
            : null;
    }
}
