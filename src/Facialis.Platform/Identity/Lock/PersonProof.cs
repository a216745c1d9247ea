using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Facialis.Platform.Identity;

/// <summary>By what and when the signed-in person last proved who it is: what a signature of a document rests on.</summary>
public sealed class PersonProof
{
    private readonly Lock.ScreenLock _screen;
    private readonly Lock.OwnPassword _own;

    internal PersonProof(Lock.ScreenLock screen, Lock.OwnPassword own) => (_screen, _own) = (screen, own);

    /// <summary>What a person reads when a password or code was wrong.</summary>
    public static string Refusal => Lock.OwnPassword.Refusal;

    /// <summary>The proof, at most five minutes old; null where there is none. A one-time link or an invitation is none.</summary>
    public Proof? Of(HttpContext context) => _screen.RecentProof(context) is { } known
        ? new Proof(known.CheckedBy == WayIn.Passkey ? "passkey" : "password or code", known.CheckedAt)
        : null;

    /// <summary>True for someone who has neither passkey nor password yet, and so nothing to sign with.</summary>
    public static bool HasNothingToSignWith(ClaimsPrincipal person) => Lock.ScreenLock.HasNoWayIn(person);

    /// <summary>The name that stands under what the person signs.</summary>
    public static string NameOf(ClaimsPrincipal person) => person.FindFirstValue(ClinicClaims.PersonName) ?? "";

    /// <summary>Takes a typed password or authenticator code as a proof; false where it is wrong.</summary>
    public Task<bool> ConfirmAsync(HttpContext context, string typed) => _own.ConfirmAsync(context, typed);
}

/// <param name="By">"passkey", or "password or code".</param>
/// <param name="At">When.</param>
public sealed record Proof(string By, DateTimeOffset At);
