using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Measurements;

/// <summary>Takes a recording out of sight, and brings it back. Nothing is destroyed: a medical record is kept.</summary>
internal sealed class RemoveRecording(FacialisDb db, AuditTrail audit, TimeProvider clock)
{
    /// <returns>False where there is no such recording.</returns>
    public Task<bool> Remove(Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return Set("recording removed", id, db.Set<Recording>().Where(r => r.Id == id), now, cancellation);
    }

    /// <returns>False where there is no such recording, or it was not removed.</returns>
    public Task<bool> Restore(Guid id, CancellationToken cancellation) => Set(
        "recording restored",
        id,
        db.Set<Recording>().IgnoreQueryFilters([Recording.NotRemovedFilter]).Where(r => r.Id == id && r.RemovedAt != null && r.Patient!.ErasedAt == null), // every recording has a patient
        null,
        cancellation);

    private async Task<bool> Set(string what, Guid id, IQueryable<Recording> recording, DateTimeOffset? removedAt, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await recording.Select(r => (Guid?)r.PatientId).SingleOrDefaultAsync(cancellation) is not { } patient
            || await recording.ExecuteUpdateAsync(set => set.SetProperty(r => r.RemovedAt, removedAt), cancellation) != 1)
        {
            return false;
        }

        audit.Note(AuditAction.Write, what, id, patient, nameof(Recording.RemovedAt));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
