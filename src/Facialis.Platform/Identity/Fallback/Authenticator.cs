using System.Security.Cryptography;
using Facialis.Platform.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity.Fallback;

/// <summary>A program on the person's phone whose codes follow the password. Its secret is sealed with a key outside the database.</summary>
internal sealed class Authenticator(FacialisDb db, UserManager<FacialisUser> users, IDataProtectionProvider protection, IdentityTrail trail, TimeProvider clock)
{
    /// <summary>20 bytes, as RFC 4226 recommends; a multiple of five for base32.</summary>
    private const int SecretBytes = 20;

    private readonly IDataProtector _seal = protection.CreateProtector("Facialis.Authenticator");

    /// <summary>The secret that waits to be confirmed by a first code; made when there is none.</summary>
    public async Task<byte[]> BeginAsync(FacialisUser user)
    {
        if (Secret(user) is { } waiting && !user.TwoFactorEnabled)
        {
            return waiting;
        }

        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        (user.AuthenticatorSecret, user.TwoFactorEnabled, user.LastCodeStep) = (_seal.Protect(secret), false, 0);
        Done(await users.UpdateAsync(user));
        return secret;
    }

    /// <summary>True when the code shows that the person's program has the secret; from then on a password needs a code too.</summary>
    public async Task<bool> ConfirmAsync(FacialisUser user, string code, CancellationToken cancellation)
    {
        if (Secret(user) is not { } secret || TimeCode.Find(secret, code, clock.GetUtcNow()) is not { } step)
        {
            return false;
        }

        (user.TwoFactorEnabled, user.LastCodeStep) = (true, step);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        Done(await users.UpdateSecurityStampAsync(user));
        await trail.OwnKeysChangedAsync(user, "authenticator", cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    public async Task RemoveAsync(FacialisUser user, CancellationToken cancellation)
    {
        (user.AuthenticatorSecret, user.TwoFactorEnabled, user.LastCodeStep) = (null, false, 0);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        Done(await users.UpdateSecurityStampAsync(user));
        await trail.OwnKeysChangedAsync(user, "authenticator", cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>True once for each code: one that was seen over a shoulder opens nothing (RFC 6238, 5.2).</summary>
    public async Task<bool> UseAsync(FacialisUser user, string code, CancellationToken cancellation) =>
        user.TwoFactorEnabled
        && Secret(user) is { } secret
        && TimeCode.Find(secret, code, clock.GetUtcNow()) is { } step
        && await db.Users.Where(u => u.Id == user.Id && u.LastCodeStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastCodeStep, step), cancellation) == 1;

    /// <summary>What the QR code holds.</summary>
    public static string Address(byte[] secret, string email) =>
        $"otpauth://totp/Facialis:{Uri.EscapeDataString(email)}?secret={Base32.Encode(secret)}&issuer=Facialis";

    private byte[]? Secret(FacialisUser user)
    {
        try
        {
            return user.AuthenticatorSecret is { } sealedSecret ? _seal.Unprotect(sealedSecret) : null;
        }
        catch (CryptographicException)
        {
            return null; // the keys were lost: a recovery code or a passkey still lets in
        }
    }

    private static void Done(IdentityResult answer)
    {
        if (!answer.Succeeded)
        {
            throw new DbUpdateConcurrencyException(string.Join(" ", answer.Errors.Select(e => e.Description)));
        }
    }
}
