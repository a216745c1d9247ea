using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Platform.Identity.Lock;

/// <summary>Locking, unlocking, and the word that someone is still there.</summary>
internal static class LockEndpoints
{
    public static void Map(RouteGroupBuilder identity)
    {
        identity.MapPost("/activity", Activity).RequireAuthorization();
        identity.MapPost("/lock", Lock).RequireAuthorization().WithMetadata(new OpenWhileLockedAttribute());
        identity.MapPost("/confirm", Confirm).RequireAuthorization().WithMetadata(new OpenWhileLockedAttribute());
        identity.MapGet("/me", Me).RequireAuthorization().WithMetadata(new OpenWhileLockedAttribute());
    }

    /// <summary>The button of the header, which works without script.</summary>
    public static async Task<IResult> LockForm(HttpContext context, IAntiforgery antiforgery, ScreenLock screen)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        screen.Lock(context);
        return TypedResults.Redirect("/locked");
    }

    private static NoContent Activity(HttpContext context, ScreenLock screen)
    {
        screen.NoteActivity(context);
        return TypedResults.NoContent();
    }

    private static NoContent Lock(HttpContext context, ScreenLock screen)
    {
        screen.Lock(context);
        return TypedResults.NoContent();
    }

    /// <summary>By password; a passkey answers at /api/identity/sign-in.</summary>
    private static async Task<IResult> Confirm(PasswordProof body, HttpContext context, OwnPassword own) =>
        await own.ConfirmAsync(context, body.Password ?? "")
            ? TypedResults.NoContent()
            : TypedResults.Problem(OwnPassword.Refusal, statusCode: StatusCodes.Status403Forbidden);

    /// <summary>Who is signed in here now, so that a page which comes back from the browser's memory can tell whether it is still theirs.</summary>
    private static Ok<Whoever> Me(HttpContext context, UserManager<FacialisUser> users, ScreenLock screen) =>
        TypedResults.Ok(new Whoever(users.GetUserId(context.User), screen.IsLocked(context), screen.IsRecent(context)));

    internal sealed record PasswordProof(string? Password);

    internal sealed record Whoever(string? Id, bool Locked, bool Recent);
}
