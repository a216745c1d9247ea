using Facialis.Platform.Identity.Lock;
using Facialis.Platform.Identity.Passkeys;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Platform.Identity;

public static class IdentityEndpoints
{
    public static void MapIdentityEndpoints(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-out", SignOutAsync).RequireAuthorization().WithMetadata(new OpenWhileLockedAttribute()).ExcludeFromDescription();
        app.MapPost("/lock", LockEndpoints.LockForm).RequireAuthorization().WithMetadata(new OpenWhileLockedAttribute()).ExcludeFromDescription();
        var identity = app.MapGroup("/api/identity").ExcludeFromDescription(); // for our own pages; a program signs in by no other way
        PasskeyEndpoints.Map(identity);
        LockEndpoints.Map(identity);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<FacialisUser> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest(); // a foreign page may not sign people out
        }

        PresenceCookie.Forget(context);
        await signIn.SignOutAsync();
        return TypedResults.Redirect("/");
    }
}
