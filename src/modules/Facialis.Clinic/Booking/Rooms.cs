using Facialis.Clinic.Practice;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Booking;

/// <summary>The clinic's rooms, when it opens, and when it reminds.</summary>
internal sealed class Rooms(FacialisDb db, OwnSettings settings, AuditTrail audit, TimeProvider clock)
{
    public const int MostReminderHours = 336;

    /// <summary>All rooms by name, those out of use too.</summary>
    public async Task<IReadOnlyList<Room>> AllAsync(CancellationToken cancellation) =>
        await db.Set<Room>().AsNoTracking().OrderBy(r => r.Name).ThenBy(r => r.Id).ToListAsync(cancellation);

    public Task<PracticeSettings> HoursAsync(CancellationToken cancellation) => settings.Read(cancellation);

    /// <summary>Adds a room. Null where it is there now, else what is wrong.</summary>
    public async Task<string?> AddAsync(Guid id, string? typed, CancellationToken cancellation)
    {
        if (await FaultAsync(id, Tidy(typed), cancellation) is { } fault)
        {
            return fault;
        }

        if (await db.Set<Room>().AnyAsync(r => r.Id == id, cancellation))
        {
            return null; // the same form sent twice
        }

        db.Add(new Room { Id = id, Name = Tidy(typed) });
        audit.Note(AuditAction.Write, "room", id, null, "added");
        return await SaveAsync(cancellation);
    }

    /// <summary>Changes a room's name, or takes it out of use and back. Null where that is done.</summary>
    public async Task<string?> ChangeAsync(Guid id, string? typed, bool closed, CancellationToken cancellation)
    {
        if (await db.Set<Room>().SingleOrDefaultAsync(r => r.Id == id, cancellation) is not { } room)
        {
            return "There is no such room.";
        }

        if (await FaultAsync(id, Tidy(typed), cancellation) is { } fault)
        {
            return fault;
        }

        room.Name = Tidy(typed);
        room.ClosedAt = closed ? room.ClosedAt ?? clock.GetUtcNow() : null;
        audit.Note(AuditAction.Write, "room", id, null, closed ? "out of use" : "changed");
        return await SaveAsync(cancellation);
    }

    /// <summary>Changes when the clinic opens and reminds. Null where that is done. Reminders already queued keep their time.</summary>
    public async Task<string?> SetHoursAsync(TimeOnly? opens, TimeOnly? closes, int? remindHours, CancellationToken cancellation)
    {
        if (opens is not { } from || closes is not { } to || to <= from || from.Minute % BookedSlot.Minutes != 0 || to.Minute % BookedSlot.Minutes != 0)
        {
            return $"The clinic closes after it opens, both in steps of {BookedSlot.Minutes} minutes.";
        }

        if (remindHours is not (>= 1 and <= MostReminderHours))
        {
            return $"A reminder is mailed 1 to {MostReminderHours} hours before.";
        }

        await settings.Change(s => (s.OpensAt, s.ClosesAt, s.RemindHoursBefore) = (from, to, remindHours.Value), "opening hours, reminder", cancellation);
        return null;
    }

    private async Task<string?> SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            return "Somebody else changed this at the same time. Look again.";
        }
    }

    private async Task<string?> FaultAsync(Guid id, string name, CancellationToken cancellation) =>
        name.Length is 0 or > Room.MaxNameLength ? $"Give the room a name of up to {Room.MaxNameLength} signs."
        : await db.Set<Room>().AnyAsync(r => r.Name == name && r.Id != id, cancellation) ? "There is a room of this name already."
        : null;

    private static string Tidy(string? typed) => (typed ?? "").Trim();
}
