using System.Security.Claims;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Http;

namespace Facialis.Clinic.Injections;

/// <summary>Who signs, and by what they just proved to be the one.</summary>
/// <param name="Id">Id of the account.</param>
/// <param name="Name">As it stands under the signature.</param>
/// <param name="RoleName">Role in words.</param>
/// <param name="Proof">Passkey, password or code, at most five minutes old.</param>
internal sealed record Signer(Guid Id, string Name, string RoleName, Proof Proof)
{
    /// <summary>The signed-in person; null where nothing recent proves that it is they.</summary>
    public static Signer? Of(HttpContext request, PersonProof proofs) => proofs.Of(request) is { } proof
        ? new Signer(
            Guid.Parse(request.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in.")),
            PersonProof.NameOf(request.User), Role.Name(request.User.FindFirstValue(ClaimTypes.Role) ?? Role.Reader), proof)
        : null;

    /// <summary>The signed-in person, by the password or code that a form brought along, or by a proof just given; else why not.</summary>
    /// <param name="request">The request.</param>
    /// <param name="proofs">Proofs of who one is.</param>
    /// <param name="typed">Password or code; empty where a passkey was used.</param>
    public static async Task<(Signer? Signer, string? Refusal)> ProveAsync(HttpContext request, PersonProof proofs, string typed) =>
        typed.Length > 0 && !await proofs.ConfirmAsync(request, typed) ? (null, PersonProof.Refusal)
        : Of(request, proofs) is { } signer ? (signer, null)
        : (null, "Prove with this signature that it is you.");
}
