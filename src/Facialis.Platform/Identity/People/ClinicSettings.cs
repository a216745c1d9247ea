using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity.People;

/// <summary>What the owner sets for the own clinic.</summary>
internal sealed class ClinicSettings(FacialisDb db, CurrentClinic clinic, IdentityTrail trail)
{
    public async Task<(string Name, int LockMinutes, string? Phone)> ReadAsync(CancellationToken cancellation)
    {
        var own = await db.Set<ClinicAccount>().AsNoTracking().SingleAsync(c => c.Id == clinic.Id, cancellation);
        return (own.Name, own.LockMinutes, own.Phone);
    }

    public async Task SaveAsync(string name, int lockMinutes, string? phone, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lockMinutes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lockMinutes, 60);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Set<ClinicAccount>().Where(c => c.Id == clinic.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, name).SetProperty(c => c.LockMinutes, lockMinutes).SetProperty(c => c.Phone, phone), cancellation);
        await trail.ClinicChangedAsync(clinic.Id, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
