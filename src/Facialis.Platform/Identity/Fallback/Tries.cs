using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity.Fallback;

/// <summary>Counts tries at passwords and codes: five, then the account rests. Passkeys need no counting.</summary>
/// <remarks>A try is taken before anything is checked and in one statement, so that many guesses at once get no more than five.</remarks>
internal sealed class Tries(FacialisDb db, TimeProvider clock)
{
    public const int Allowed = 5;
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    /// <summary>False when the account rests.</summary>
    public async Task<bool> TakeAsync(FacialisUser user, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? restsUntil = now + Rest;
        await Account(user).Where(u => u.LockoutEnd != null && u.LockoutEnd <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), cancellation);
        return await Account(user).Where(u => u.LockoutEnd == null && u.AccessFailedCount < Allowed - 1)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), cancellation) == 1
            || await Account(user).Where(u => u.LockoutEnd == null)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, Allowed).SetProperty(u => u.LockoutEnd, restsUntil), cancellation) == 1;
    }

    /// <summary>After a right answer: all tries are there again.</summary>
    public Task GiveBackAsync(FacialisUser user, CancellationToken cancellation) => Account(user)
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), cancellation);

    private IQueryable<FacialisUser> Account(FacialisUser user) => db.Users.Where(u => u.Id == user.Id);
}
