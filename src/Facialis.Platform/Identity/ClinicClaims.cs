using System.Globalization;
using System.Security.Claims;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Facialis.Platform.Identity;

/// <summary>Puts clinic and role into the cookie, so that no query is needed to know what a request may see and do, nor to draw the header.</summary>
/// <remarks>Refreshed with the security stamp, so a renamed clinic shows its new name within minutes.</remarks>
internal sealed class ClinicClaims(
    FacialisDb db, UserManager<FacialisUser> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<FacialisUser>(users, options)
{
    /// <summary>Minutes after which the clinic's screens lock.</summary>
    public const string LockMinutes = "facialis:lock-minutes";

    /// <summary>"true" while the person has neither passkey nor password.</summary>
    public const string NoWayIn = "facialis:no-way-in";

    public const string PersonName = "facialis:person-name";
    public const string ClinicName = "facialis:clinic-name";
    public const string Demonstration = "facialis:demonstration";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(FacialisUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var clinic = await db.Set<ClinicAccount>().SingleAsync(c => c.Id == user.ClinicId);
        identity.AddClaim(new Claim(CurrentClinic.Claim, clinic.Id.ToString()));
        identity.AddClaim(new Claim(identity.RoleClaimType, user.Role));
        identity.AddClaim(new Claim(ClinicName, clinic.Name));
        identity.AddClaim(new Claim(PersonName, user.DisplayName));
        identity.AddClaim(new Claim(LockMinutes, clinic.LockMinutes.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(NoWayIn, user.PasswordHash is null && (await UserManager.GetPasskeysAsync(user)).Count == 0 ? "true" : "false"));
        identity.AddClaim(new Claim(Demonstration, clinic.IsDemonstration ? "true" : "false"));
        return identity;
    }
}
