using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Facialis.Platform.Clinics;

/// <summary>The clinic on whose behalf this scope works: that of the signed-in person, or one entered by the program itself.</summary>
/// <remarks>With nobody signed in there is none, and every clinic's rows are invisible: it fails closed.</remarks>
public sealed class CurrentClinic(IHttpContextAccessor requests)
{
    /// <summary>Claim that carries the clinic id of a signed-in person.</summary>
    public const string Claim = "facialis:clinic";

    private Guid? _entered;

    /// <summary>The clinic, or the empty id, which no row carries.</summary>
    public Guid Id => _entered ?? Of(requests.HttpContext?.User);

    /// <summary>Makes the program itself work for a clinic, for example at first start. Not for a request.</summary>
    /// <exception cref="InvalidOperationException">A request is under way; there the person's own clinic holds.</exception>
    public void Enter(Guid clinicId)
    {
        if (requests.HttpContext is not null)
        {
            throw new InvalidOperationException("Within a request the clinic is that of the signed-in person.");
        }

        _entered = clinicId;
    }

    private static Guid Of(ClaimsPrincipal? person) =>
        person?.Identity?.IsAuthenticated == true && Guid.TryParse(person.FindFirstValue(Claim), out var id) ? id : Guid.Empty;
}
