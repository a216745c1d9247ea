using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Facialis.Platform.Identity.Lock;

/// <summary>Keeps the presence in a small sealed cookie beside that of the sign-in.</summary>
/// <remarks>
/// Apart from the sign-in's own cookie, so that a late answer that renews the one cannot bring back a sign-in that was ended by the other;
/// and a cookie, so that no request needs a query to know whether the screen is locked.
/// </remarks>
internal sealed class PresenceCookie(IDataProtectionProvider protection)
{
    public const string Name = "facialis-presence";
    public const string OwnDeviceName = "facialis-own-device";

    /// <summary>Key, among the properties of a sign-in, of the id that ties a presence to it.</summary>
    public const string Sitting = "sitting";

    private static readonly object InThisRequest = new();

    private readonly IDataProtector _seal = protection.CreateProtector("Facialis.Presence");
    private readonly IDataProtector _deviceSeal = protection.CreateProtector("Facialis.OwnDevice");

    /// <summary>The presence of the current sign-in; null when there is none, or it belongs to another sign-in.</summary>
    public Presence? Read(HttpContext context)
    {
        var found = context.Items[InThisRequest] as Presence
            ?? (Open(_seal, context.Request.Cookies[Name]) is { } bytes ? Presence.FromBytes(bytes) : null);
        return found is not null && found.Sitting == SittingOf(context) ? found : null;
    }

    public void Write(HttpContext context, Presence presence)
    {
        context.Items[InThisRequest] = presence;
        context.Response.Cookies.Append(Name, Base64Url.EncodeToString(_seal.Protect(presence.ToBytes())), Options(context, null));
    }

    public static void Forget(HttpContext context)
    {
        context.Items.Remove(InThisRequest);
        context.Response.Cookies.Delete(Name, Options(context, null));
    }

    /// <summary>True when this person said on this device that it is their own.</summary>
    public bool IsOwnDevice(HttpContext context, Guid person) =>
        Open(_deviceSeal, context.Request.Cookies[OwnDeviceName]) is { Length: 16 } bytes && new Guid(bytes) == person;

    public void RememberOwnDevice(HttpContext context, Guid person, bool own)
    {
        if (own)
        {
            context.Response.Cookies.Append(
                OwnDeviceName, Base64Url.EncodeToString(_deviceSeal.Protect(person.ToByteArray())), Options(context, TimeSpan.FromDays(365)));
        }
        else
        {
            context.Response.Cookies.Delete(OwnDeviceName, Options(context, null));
        }
    }

    /// <summary>The id of the current sign-in; the empty id when nobody is signed in.</summary>
    public static Guid SittingOf(HttpContext context) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.Items.TryGetValue(Sitting, out var id) == true
        && Guid.TryParse(id, out var sitting) ? sitting : Guid.Empty;

    private static byte[]? Open(IDataProtector seal, string? cookie)
    {
        if (string.IsNullOrEmpty(cookie) || !Base64Url.IsValid(cookie))
        {
            return null;
        }

        try
        {
            return seal.Unprotect(Base64Url.DecodeFromChars(cookie));
        }
        catch (CryptographicException)
        {
            return null; // not sealed by us: as good as none
        }
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? kept) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        MaxAge = kept,
        IsEssential = true,
    };
}
