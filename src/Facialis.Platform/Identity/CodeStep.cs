using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Facialis.Platform.Identity;

/// <summary>Carries, from the password to the code, whose password was right: sealed, in the form itself, for five minutes.</summary>
internal sealed class CodeStep(IDataProtectionProvider protection, UserManager<FacialisUser> users, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _seal = protection.CreateProtector("Facialis.CodeStep");

    public string TicketFor(FacialisUser user) => _seal.Protect($"{clock.GetUtcNow().UtcTicks} {user.Id} {user.SecurityStamp}");

    /// <summary>Null when the ticket is not ours or too old, or the account's keys changed since.</summary>
    public async Task<FacialisUser?> PersonOfAsync(string? ticket)
    {
        try
        {
            return _seal.Unprotect(ticket ?? "").Split(' ') is [var ticks, var id, var stamp]
                && clock.GetUtcNow().UtcTicks - long.Parse(ticks, System.Globalization.CultureInfo.InvariantCulture) < Lifetime.Ticks
                && await users.FindByIdAsync(id) is { } user
                && user.SecurityStamp == stamp
                ? user
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
