using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity;

/// <summary>Makes and redeems the one-time links by which the first owner signs in before having a password or passkey.</summary>
public sealed class SignInLinks(FacialisDb db, TimeProvider clock)
{
    public async Task<string> IssueForFirstOwnerAsync(CancellationToken cancellation) => await IssueAsync(
        await db.Users.Where(u => u.IsFirstOwner).OrderBy(u => u.Id).Select(u => u.Id).FirstAsync(cancellation), cancellation);

    /// <summary>Makes a link for a person and ends the ones made before. Returns the token, which is kept nowhere.</summary>
    public async Task<string> IssueAsync(Guid owner, CancellationToken cancellation)
    {
        var token = SignInLink.NewToken();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Set<SignInLink>().Where(l => l.UserId == owner).ExecuteDeleteAsync(cancellation);
        db.Add(new SignInLink
        {
            TokenHash = SignInLink.Hash(token),
            UserId = owner,
            ExpiresAt = clock.GetUtcNow() + SignInLink.Lifetime,
        });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return token;
    }

    /// <summary>True while nobody has yet signed in as the first owner, so that a start should print a link.</summary>
    public Task<bool> FirstOwnerNeverCameAsync(CancellationToken cancellation) =>
        db.Users.AnyAsync(u => u.IsFirstOwner && u.LastSignedInAt == null, cancellation);

    public Task<bool> IsGoodAsync(string token, CancellationToken cancellation) =>
        Good(token).AnyAsync(cancellation);

    /// <summary>Uses the link up. Returns whom it signs in, or null when it is unknown, used or expired.</summary>
    public async Task<FacialisUser?> RedeemAsync(string token, CancellationToken cancellation)
    {
        var owner = await Good(token).Select(l => l.UserId).SingleOrDefaultAsync(cancellation);
        // One statement decides, so two clicks at once cannot both be right.
        var used = await Good(token).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, clock.GetUtcNow()), cancellation);
        return used == 1 ? await db.Users.SingleAsync(u => u.Id == owner, cancellation) : null;
    }

    private IQueryable<SignInLink> Good(string token)
    {
        var (hash, now) = (SignInLink.Hash(token), clock.GetUtcNow());
        return db.Set<SignInLink>().Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now);
    }
}
