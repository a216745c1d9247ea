using Facialis.Platform.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Platform.Identity;

internal static class IdentityServices
{
    public static void AddFacialisIdentity(this IServiceCollection services)
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
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                identity.Lockout.AllowedForNewUsers = true;
            })
            .AddEntityFrameworkStores<FacialisDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<ClinicClaims>();
        services.AddPermissions();
        services.AddScoped<SignInLinks>();
        services.AddScoped<Entry>();
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromMinutes(5));
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
            // A program that calls the API wants a status, not a page to sign in on.
            cookie.Events.OnRedirectToLogin = context => Redirect(context.HttpContext, context.RedirectUri, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => Redirect(context.HttpContext, context.RedirectUri, StatusCodes.Status403Forbidden);
        });
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
