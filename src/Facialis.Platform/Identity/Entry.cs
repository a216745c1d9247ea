using System.Security.Claims;
using Facialis.Platform.Database;
using Facialis.Platform.Identity.Fallback;
using Facialis.Platform.Identity.Lock;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity;

/// <summary>Every way in ends here: with the same cookies, the same note of the time, and the same refusal of people who are disabled.</summary>
internal sealed class Entry(
    SignInManager<FacialisUser> signIn,
    UserManager<FacialisUser> users,
    FacialisDb db,
    Tries tries,
    Authenticator authenticator,
    RecoveryCodes recovery,
    PresenceCookie presence,
    IdentityTrail trail,
    IHttpContextAccessor requests,
    TimeProvider clock)
{
    private static readonly FacialisUser Nobody = new() { DisplayName = "", Role = Role.Reader };

    // A hash of nothing anyone can type; checked when there is no account, so that the answer takes as long as with one.
    private static readonly string NoPassword = new PasswordHasher<FacialisUser>().HashPassword(Nobody, SignInLink.NewToken());

    /// <summary>The person whose e-mail and password these are; null when they are wrong, or the account rests.</summary>
    /// <remarks>Where <see cref="IdentityUser{TKey}.TwoFactorEnabled"/>, a code must follow before <see cref="EnterAsync"/>.</remarks>
    public async Task<FacialisUser?> CheckPasswordAsync(string email, string password, CancellationToken cancellation)
    {
        var user = await users.FindByEmailAsync(email);
        if (user?.PasswordHash is null || !await tries.TakeAsync(user, cancellation))
        {
            users.PasswordHasher.VerifyHashedPassword(user ?? Nobody, NoPassword, password);
            return null;
        }

        if (!await users.CheckPasswordAsync(user, password))
        {
            return null;
        }

        if (!user.TwoFactorEnabled)
        {
            await tries.GiveBackAsync(user, cancellation); // with a code to follow, right passwords must not buy more tries at the code
        }

        return user;
    }

    /// <summary>True when this is the code that the person's authenticator shows now, or a recovery code not used before.</summary>
    public async Task<bool> CheckCodeAsync(FacialisUser user, string code, CancellationToken cancellation)
    {
        if (!await tries.TakeAsync(user, cancellation)
            || !(await authenticator.UseAsync(user, code, cancellation) || await recovery.UseAsync(user, code, cancellation)))
        {
            return false;
        }

        await tries.GiveBackAsync(user, cancellation);
        return true;
    }

    /// <summary>The person whose e-mail and unused recovery code these are; the code is then used up.</summary>
    public async Task<FacialisUser?> UseRecoveryCodeAsync(string email, string code, CancellationToken cancellation)
    {
        if (await users.FindByEmailAsync(email) is not { } user
            || !await tries.TakeAsync(user, cancellation)
            || !await recovery.UseAsync(user, code, cancellation))
        {
            return null;
        }

        await tries.GiveBackAsync(user, cancellation);
        return user;
    }

    /// <summary>Signs the person in on this browser. False, and nothing happens, for someone who is disabled.</summary>
    public async Task<bool> EnterAsync(FacialisUser user, WayIn way, CancellationToken cancellation)
    {
        if (user.DisabledAt is not null || requests.HttpContext is not { } context)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.LastSignedInAt, now), cancellation);
        await trail.SignedInAsync(user, way, cancellation);
        var sitting = Guid.NewGuid();
        var properties = new AuthenticationProperties { IsPersistent = false };
        properties.Items[PresenceCookie.Sitting] = sitting.ToString();
        await signIn.SignInWithClaimsAsync(user, properties, [new Claim("amr", way == WayIn.Passkey ? "hwk" : "pwd")]);
        presence.Write(context, new Presence(sitting, now, now, presence.IsOwnDevice(context, user.Id), way));
        return true;
    }
}
