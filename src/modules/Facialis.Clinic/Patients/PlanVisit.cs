using Facialis.Clinic.Booking;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Patients;

/// <summary>Puts patients on a day's list, notes that they came, takes them off.</summary>
internal sealed class PlanVisit(FacialisDb db, AuditTrail audit, CancelVisit cancel, TimeProvider clock)
{
    /// <summary>Adds a line; the same id again is the same line. False where there is no such patient.</summary>
    public async Task<bool> Add(Guid id, Guid patientId, DateTimeOffset at, VisitPurpose purpose, CancellationToken cancellation)
    {
        if (!await db.Set<Patient>().AnyAsync(p => p.Id == patientId && p.ErasedAt == null, cancellation))
        {
            return false;
        }

        db.Add(new Visit { Id = id, PatientId = patientId, At = at, Purpose = purpose });
        audit.Note(AuditAction.Write, "visit", id, patientId, "planned");
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear(); // the same form sent twice
        }

        return true;
    }

    public Task Arrived(Guid id, CancellationToken cancellation) => Set(id, visit => visit.ArrivedAt ??= clock.GetUtcNow(), "arrived", cancellation);

    /// <summary>A booked one frees its room, too.</summary>
    public Task Cancel(Guid id, CancellationToken cancellation) => cancel.Handle(id, cancellation);

    private async Task Set(Guid id, Action<Visit> change, string detail, CancellationToken cancellation)
    {
        if (await db.Set<Visit>().SingleOrDefaultAsync(v => v.Id == id, cancellation) is { } visit)
        {
            change(visit);
            audit.Note(AuditAction.Write, "visit", id, visit.PatientId, detail);
            await db.SaveChangesAsync(cancellation);
        }
    }
}
