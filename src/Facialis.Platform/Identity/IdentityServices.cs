using System.Security.Claims;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Facialis.Platform.Identity.Fallback;
using Facialis.Platform.Identity.Lock;
using Facialis.Platform.Identity.Passkeys;
using Facialis.Platform.Identity.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Facialis.Platform.Identity;

internal static class IdentityServices
{
    public static void AddFacialisIdentity(this IServiceCollection services, FacialisSettings settings)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<FacialisUser>(identity =>
            {
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3; // has a place for passkeys
                identity.User.RequireUniqueEmail = true;
                // Length protects, rules about signs do not (NIST SP 800-63B-4, 3.1.1.2).
                identity.Password.RequiredLength = 12;
                identity.Password.RequiredUniqueChars = 5;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
            })
            .AddEntityFrameworkStores<FacialisDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<ClinicClaims>();
        services.AddPermissions();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalsAreNoted>();
        services.AddScoped<SignInLinks>();
        services.AddScoped<Entry>();
        services.AddScoped<WaysIn>();
        services.AddScoped<Tries>();
        services.AddScoped<Authenticator>();
        services.AddScoped<RecoveryCodes>();
        services.AddScoped<PasskeyCheck>();
        services.AddScoped<OwnPassword>();
        services.AddScoped(s => new PersonProof(s.GetRequiredService<ScreenLock>(), s.GetRequiredService<OwnPassword>()));
        services.AddScoped<Invitations>();
        services.AddScoped<ClinicPeople>();
        services.AddScoped<NewClinic>();
        services.AddScoped<ClinicSettings>();
        services.AddScoped<CodeStep>();
        services.AddScoped<IdentityTrail>();
        services.AddSingleton<PresenceCookie>();
        services.AddSingleton<ScreenLock>();
        services.AddSingleton<EndedSignIns>();
        services.Configure<IdentityPasskeyOptions>(passkey =>
        {
            passkey.ServerDomain = settings.PasskeyDomain.Length > 0 ? settings.PasskeyDomain : null;
            passkey.UserVerificationRequirement = "required"; // it stands alone, so the device must know its owner
            passkey.ResidentKeyRequirement = "required"; // found without typing an e-mail address
        });
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = EndedSignIns.Validity);
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "facialis";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; // plain http only on the loopback address; see docs/security.md
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/not-allowed";
            cookie.ReturnUrlParameter = "from";
            cookie.Events.OnValidatePrincipal = ValidateAsync;
            // A program that calls the API wants a status, not a page to sign in on.
            cookie.Events.OnRedirectToLogin = context => Redirect(context.HttpContext, context.RedirectUri, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => Redirect(context.HttpContext, context.RedirectUri, StatusCodes.Status403Forbidden);
        });
    }

    /// <summary>Refuses a sign-in that was ended, in this process at once; then looks at the account every minute.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var claims = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        if (services.GetRequiredService<EndedSignIns>().Has(
            context.Principal?.FindFirstValue(claims.UserIdClaimType) ?? "", context.Principal?.FindFirstValue(claims.SecurityStampClaimType) ?? ""))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        // The validator asks the same, but has the whole of Identity made first.
        if (context.Properties.IssuedUtc is not { } issued
            || services.GetRequiredService<TimeProvider>().GetUtcNow() - issued > services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval)
        {
            await SecurityStampValidator.ValidatePrincipalAsync(context);
        }
    }

    private static Task Redirect(HttpContext context, string page, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(page);
        }

        return Task.CompletedTask;
    }
}
