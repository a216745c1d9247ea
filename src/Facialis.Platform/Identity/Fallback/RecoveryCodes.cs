using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity.Fallback;

/// <summary>Makes recovery codes and uses them up.</summary>
internal sealed class RecoveryCodes(FacialisDb db, IdentityTrail trail, TimeProvider clock)
{
    public const int Count = 10;

    public Task<int> LeftAsync(FacialisUser user, CancellationToken cancellation) =>
        db.Set<RecoveryCode>().CountAsync(c => c.UserId == user.Id && c.UsedAt == null, cancellation);

    /// <summary>Makes ten new codes in place of all old ones. They are returned this once and kept nowhere.</summary>
    public async Task<IReadOnlyList<string>> RenewAsync(FacialisUser user, CancellationToken cancellation)
    {
        var codes = Enumerable.Range(0, Count).Select(_ => RecoveryCode.New()).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Set<RecoveryCode>().Where(c => c.UserId == user.Id).ExecuteDeleteAsync(cancellation);
        db.AddRange(codes.Select(code => new RecoveryCode { UserId = user.Id, CodeHash = RecoveryCode.Hash(code) }));
        await db.SaveChangesAsync(cancellation);
        await trail.OwnKeysChangedAsync(user, "recovery codes", cancellation);
        await transaction.CommitAsync(cancellation);
        return codes;
    }

    /// <summary>True once for each code.</summary>
    public async Task<bool> UseAsync(FacialisUser user, string code, CancellationToken cancellation)
    {
        var (hash, now) = (RecoveryCode.Hash(code), clock.GetUtcNow());
        return await db.Set<RecoveryCode>().Where(c => c.UserId == user.Id && c.CodeHash == hash && c.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), cancellation) == 1;
    }
}
