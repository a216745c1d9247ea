using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Facialis.Platform.Identity.Passkeys;

/// <summary>Tells whose passkey answered.</summary>
internal sealed class PasskeyCheck(SignInManager<FacialisUser> signIn, UserManager<FacialisUser> users)
{
    public async Task<(FacialisUser? User, ProblemHttpResult? Problem)> OfAsync(JsonElement credential)
    {
        PasskeyAssertionResult<FacialisUser> answer;
        try
        {
            answer = await signIn.PerformPasskeyAssertionAsync(credential.GetRawText());
        }
        catch (InvalidOperationException)
        {
            return (null, TypedResults.Problem("That took too long. Please try again.", statusCode: StatusCodes.Status400BadRequest)); // no ceremony is under way
        }

        if (!answer.Succeeded || answer.User.DisabledAt is not null)
        {
            return (null, TypedResults.Problem("This passkey is not known here, or its account is disabled.", statusCode: StatusCodes.Status403Forbidden));
        }

        await users.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey); // its counter went up
        return (answer.User, null);
    }
}
