using Facialis.Platform.Database;
using Microsoft.AspNetCore.Identity;

namespace Facialis.Platform.Identity;

/// <summary>A person's own keys: passkeys and password. The last of them cannot be removed.</summary>
internal sealed class WaysIn(UserManager<FacialisUser> users, FacialisDb db, IdentityTrail trail)
{
    public const int MostPasskeys = 20;
    public const int MaxNameLength = 60;

    public async Task<IReadOnlyList<UserPasskeyInfo>> PasskeysAsync(FacialisUser user) =>
        [.. (await users.GetPasskeysAsync(user)).OrderBy(p => p.CreatedAt)];

    public async Task<int> CountAsync(FacialisUser user) =>
        (await users.GetPasskeysAsync(user)).Count + (user.PasswordHash is null ? 0 : 1);

    public async Task<bool> AddPasskeyAsync(FacialisUser user, UserPasskeyInfo passkey, string? name, CancellationToken cancellation)
    {
        var there = (await users.GetPasskeysAsync(user)).Count;
        if (there >= MostPasskeys)
        {
            return false;
        }

        passkey.Name = NameOr(name, $"Passkey {there + 1}");
        return await ChangeAsync(user, "passkey added", () => users.AddOrUpdatePasskeyAsync(user, passkey), cancellation);
    }

    public async Task<bool> RenamePasskeyAsync(FacialisUser user, byte[] id, string? name, CancellationToken cancellation)
    {
        if (await users.GetPasskeyAsync(user, id) is not { } passkey || NameOr(name, "").Length == 0)
        {
            return false;
        }

        passkey.Name = NameOr(name, "");
        return await ChangeAsync(user, "passkey renamed", () => users.AddOrUpdatePasskeyAsync(user, passkey), cancellation);
    }

    /// <summary>False when it is not there, or is the last way in.</summary>
    /// <remarks>Of two removals at once one fails: the account's concurrency stamp was read before its keys were counted.</remarks>
    public async Task<bool> RemovePasskeyAsync(FacialisUser user, byte[] id, CancellationToken cancellation) =>
        await users.GetPasskeyAsync(user, id) is not null
        && await CountAsync(user) > 1
        && await ChangeAsync(user, "passkey removed", async () =>
        {
            var removed = await users.RemovePasskeyAsync(user, id);
            return removed.Succeeded ? await users.UpdateSecurityStampAsync(user) : removed; // a device that was lost is signed out
        }, cancellation);

    /// <summary>False when it is the last way in.</summary>
    public async Task<bool> RemovePasswordAsync(FacialisUser user, CancellationToken cancellation) =>
        user.PasswordHash is not null
        && await CountAsync(user) > 1
        && await ChangeAsync(user, "password removed", () => users.RemovePasswordAsync(user), cancellation);

    /// <summary>Sets or changes the password. The errors are sentences.</summary>
    public async Task<IdentityResult> SetPasswordAsync(FacialisUser user, string? current, string chosen, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var answer = user.PasswordHash is null
            ? await users.AddPasswordAsync(user, chosen)
            : await users.ChangePasswordAsync(user, current ?? "", chosen);
        if (answer.Succeeded)
        {
            await trail.OwnKeysChangedAsync(user, "password", cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return answer;
    }

    private async Task<bool> ChangeAsync(FacialisUser user, string what, Func<Task<IdentityResult>> change, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!(await change()).Succeeded)
        {
            return false;
        }

        await trail.OwnKeysChangedAsync(user, what, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static string NameOr(string? typed, string usual) =>
        typed?.Trim() is { Length: > 0 } name ? name[..Math.Min(name.Length, MaxNameLength)] : usual;
}
