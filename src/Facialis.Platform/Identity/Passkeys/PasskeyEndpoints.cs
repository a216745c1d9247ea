using System.Text.Json;
using Facialis.Platform.Identity.Lock;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Platform.Identity.Passkeys;

/// <summary>What the island passkey-button and the lock screen ask of the server.</summary>
internal static class PasskeyEndpoints
{
    public static void Map(RouteGroupBuilder identity)
    {
        identity.MapPost("/passkeys/options", CreationOptions).RequireAuthorization().RequireRecentSignIn();
        identity.MapPost("/passkeys", Add).RequireAuthorization().RequireRecentSignIn();
        identity.MapPost("/sign-in/options", RequestOptions).AllowAnonymous().WithMetadata(new OpenWhileLockedAttribute());
        identity.MapPost("/sign-in", SignIn).AllowAnonymous().WithMetadata(new OpenWhileLockedAttribute());
    }

    private static async Task<IResult> CreationOptions(HttpContext context, UserManager<FacialisUser> users, SignInManager<FacialisUser> signIn)
    {
        if (await users.GetUserAsync(context.User) is not { } user)
        {
            return TypedResults.Unauthorized();
        }

        var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = user.Id.ToString(),
            Name = user.Email ?? user.DisplayName,
            DisplayName = user.DisplayName,
        });
        return TypedResults.Content(options, "application/json");
    }

    private static async Task<IResult> Add(
        NewPasskey body, HttpContext context, UserManager<FacialisUser> users, SignInManager<FacialisUser> signIn, WaysIn ways)
    {
        if (await users.GetUserAsync(context.User) is not { } user)
        {
            return TypedResults.Unauthorized();
        }

        PasskeyAttestationResult made;
        try
        {
            made = await signIn.PerformPasskeyAttestationAsync(body.Credential.GetRawText());
        }
        catch (InvalidOperationException)
        {
            return TooLate(); // the framework's word for: no ceremony is under way
        }

        if (!made.Succeeded || made.UserEntity.Id != user.Id.ToString())
        {
            return TypedResults.Problem("The passkey could not be checked. Please try again.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (!await ways.AddPasskeyAsync(user, made.Passkey, body.Name, context.RequestAborted))
        {
            return TypedResults.Problem(
                $"A person can have {WaysIn.MostPasskeys} passkeys at most, each of them once.", statusCode: StatusCodes.Status409Conflict);
        }

        await signIn.RefreshSignInAsync(user); // it may have been the first way in
        return TypedResults.NoContent();
    }

    /// <summary>Without naming anyone: the device itself knows whose passkeys it holds, so nobody can ask whether an account exists.</summary>
    private static async Task<IResult> RequestOptions(SignInManager<FacialisUser> signIn) =>
        TypedResults.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<Results<Ok<Entered>, ProblemHttpResult>> SignIn(
        PasskeyProof body, HttpContext context, SignInManager<FacialisUser> signIn, PasskeyCheck check, Entry entry, ScreenLock screen)
    {
        var (user, problem) = await check.OfAsync(body.Credential);
        if (user is null)
        {
            return problem!; // one of the two is there
        }

        // The one who sits there already goes on where the screen was locked; anyone else begins anew.
        if (context.User.Identity?.IsAuthenticated == true && signIn.UserManager.GetUserId(context.User) == user.Id.ToString())
        {
            screen.Confirm(context, WayIn.Passkey);
            return TypedResults.Ok(new Entered(true));
        }

        if (body.SamePersonOnly)
        {
            return TypedResults.Problem("That passkey belongs to someone else.", statusCode: StatusCodes.Status403Forbidden);
        }

        return await entry.EnterAsync(user, WayIn.Passkey, context.RequestAborted)
            ? TypedResults.Ok(new Entered(false))
            : TypedResults.Problem("This account may not sign in. Ask the owner of the clinic.", statusCode: StatusCodes.Status403Forbidden);
    }

    private static ProblemHttpResult TooLate() =>
        TypedResults.Problem("That took too long. Please try again.", statusCode: StatusCodes.Status400BadRequest);

    /// <param name="Credential">What navigator.credentials.create() gave, as JSON.</param>
    /// <param name="Name">How the person calls it.</param>
    internal sealed record NewPasskey(JsonElement Credential, string? Name);

    /// <param name="Credential">What navigator.credentials.get() gave, as JSON.</param>
    /// <param name="SamePersonOnly">True where the one who is signed in is to prove it; another person is then refused.</param>
    internal sealed record PasskeyProof(JsonElement Credential, bool SamePersonOnly = false);

    /// <param name="SamePerson">True when the one who was signed in here before goes on.</param>
    internal sealed record Entered(bool SamePerson);
}
