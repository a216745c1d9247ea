using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Booking;

/// <summary>Takes visits off the list: their minutes are free again, and what was to be mailed of them is not.</summary>
internal sealed class CancelVisit(FacialisDb db, AuditTrail audit, QueuedJobs jobs, TimeProvider clock)
{
    /// <summary>Cancels one; again is the same. False where there is no such visit.</summary>
    public async Task<bool> Handle(Guid id, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancellation) is not { } visit)
        {
            return false;
        }

        if (await WithinAsync(visit, tellsPatient: true, cancellation))
        {
            audit.Note(AuditAction.Write, "visit", id, visit.PatientId, "taken off the list");
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            jobs.Wake();
        }

        return true;
    }

    /// <summary>The same within a transaction of the caller, who saves.</summary>
    /// <param name="visit">Which.</param>
    /// <param name="tellsPatient">Whether a patient who was invited by mail hears of it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>False where it was cancelled before, by whoever was quicker.</returns>
    public async Task<bool> WithinAsync(Visit visit, bool tellsPatient, CancellationToken cancellation)
    {
        var (now, id, key) = (clock.GetUtcNow(), visit.Id, VisitMail.Key(visit.Id));
        if (await db.Set<Visit>().Where(v => v.Id == id && v.CancelledAt == null).ExecuteUpdateAsync(set => set.SetProperty(v => v.CancelledAt, now), cancellation) == 0)
        {
            return false;
        }

        await db.Set<BookedSlot>().Where(s => s.VisitId == id).ExecuteDeleteAsync(cancellation);
        if (visit.IsMailed)
        {
            await jobs.TakeBackAsync(VisitMail.Invitation, key, cancellation);
            await jobs.TakeBackAsync(VisitMail.Reminder, key, cancellation);
            if (tellsPatient && visit.At > now
                && (await jobs.OfAsync(key, cancellation)).Any(j => j.Kind == VisitMail.Invitation && (j.DoneAt ?? j.CommittedAt) is not null))
            {
                jobs.Add(VisitMail.Cancellation, key, now);
            }
        }

        return true;
    }
}
