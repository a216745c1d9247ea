using Facialis.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity;

/// <summary>Makes and redeems the one-time links by which a person signs in before having, or after losing, passkey and password.</summary>
public sealed class SignInLinks(FacialisDb db, UserManager<FacialisUser> users, TimeProvider clock)
{
    /// <summary>The person with this e-mail address who may sign in; without an address, the installation's very first owner.</summary>
    public Task<FacialisUser?> FindAsync(string? email, CancellationToken cancellation)
    {
        var address = users.NormalizeEmail(email);
        return email is null
            ? db.Users.AsNoTracking().Where(u => u.IsFirstOwner).OrderBy(u => u.Id).FirstOrDefaultAsync(cancellation)
            : db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == address && u.DisabledAt == null, cancellation);
    }

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
