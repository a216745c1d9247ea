using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Measurements;

/// <summary>Takes a recording out of sight, and brings it back. Nothing is destroyed: a medical record is kept.</summary>
internal sealed class RemoveRecording(FacialisDb db, TimeProvider clock)
{
    /// <returns>False where there is no such recording.</returns>
    public async Task<bool> Remove(Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await db.Set<Recording>().Where(r => r.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.RemovedAt, now), cancellation) == 1;
    }

    /// <returns>False where there is no such recording, or it was not removed.</returns>
    public async Task<bool> Restore(Guid id, CancellationToken cancellation) =>
        await db.Set<Recording>().IgnoreQueryFilters([Recording.NotRemovedFilter]).Where(r => r.Id == id && r.RemovedAt != null && r.Patient!.ErasedAt == null) // every recording has a patient
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.RemovedAt, (DateTimeOffset?)null), cancellation) == 1;
}
