using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Facialis.Platform.Identity.Lock;

/// <summary>Knows whether the screen in front of the signed-in person is locked, and locks and unlocks it.</summary>
internal sealed class ScreenLock(PresenceCookie presence, TimeProvider clock)
{
    /// <summary>Minutes without a touch after which a clinic's screens lock, unless the clinic says otherwise.</summary>
    public const int UsualMinutes = 5;

    /// <summary>How long a proof of who one is counts for signing and for exports.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    /// <summary>The cookie is written anew only this often, to spare every other answer.</summary>
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(20);

    /// <summary>Minutes after which this screen locks; null where it does not: own device, or nothing to unlock it with yet.</summary>
    public int? MinutesFor(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true
        && !HasNoWayIn(context.User)
        && presence.Read(context)?.OwnDevice != true
            ? int.TryParse(context.User.FindFirstValue(ClinicClaims.LockMinutes), CultureInfo.InvariantCulture, out var minutes) ? minutes : UsualMinutes
            : null;

    /// <summary>True when requests of the signed-in person must be refused until the screen is unlocked.</summary>
    public bool IsLocked(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated != true || HasNoWayIn(context.User))
        {
            return false;
        }

        var known = presence.Read(context);
        if (known is null || known.ActiveAt == DateTimeOffset.MinValue)
        {
            return true; // no word of anyone before this screen, or locked on purpose
        }

        return MinutesFor(context) is { } minutes && clock.GetUtcNow() - known.ActiveAt >= TimeSpan.FromMinutes(minutes);
    }

    /// <summary>True when the person proved who it is within the last five minutes. Someone who has nothing to prove it with passes.</summary>
    public bool IsRecent(HttpContext context) =>
        HasNoWayIn(context.User) || (presence.Read(context) is { } known && clock.GetUtcNow() - known.CheckedAt < Recent);

    /// <summary>The last proof, where it is recent and given by something that only the person has or knows; null otherwise.</summary>
    public Presence? RecentProof(HttpContext context) =>
        !HasNoWayIn(context.User) && IsRecent(context) && presence.Read(context) is { CheckedBy: not (WayIn.OneTimeLink or WayIn.Invitation) } known ? known : null;

    /// <summary>Whole seconds since the last touch that the server knows of.</summary>
    public int IdleSeconds(HttpContext context) =>
        presence.Read(context) is { } known ? (int)Math.Clamp((clock.GetUtcNow() - known.ActiveAt).TotalSeconds, 0, 3600) : 0;

    public void NoteActivity(HttpContext context)
    {
        if (presence.Read(context) is { } known && clock.GetUtcNow() - known.ActiveAt >= Coarse)
        {
            presence.Write(context, known with { ActiveAt = clock.GetUtcNow() });
        }
    }

    public void Lock(HttpContext context)
    {
        if (presence.Read(context) is { } known)
        {
            presence.Write(context, known with { ActiveAt = DateTimeOffset.MinValue });
        }
    }

    /// <summary>The signed-in person has just proved who it is.</summary>
    public void Confirm(HttpContext context, WayIn by)
    {
        var (sitting, now) = (PresenceCookie.SittingOf(context), clock.GetUtcNow());
        var own = Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person) && presence.IsOwnDevice(context, person);
        presence.Write(context, new Presence(sitting, now, now, presence.Read(context)?.OwnDevice ?? own, by));
    }

    public void SetOwnDevice(HttpContext context, bool own)
    {
        if (presence.Read(context) is { } known)
        {
            presence.Write(context, known with { OwnDevice = own });
        }
    }

    public static bool HasNoWayIn(ClaimsPrincipal person) => person.HasClaim(ClinicClaims.NoWayIn, "true");
}
