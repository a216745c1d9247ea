using Facialis.Platform.Identity.Fallback;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Facialis.Platform.Identity.Lock;

/// <summary>The signed-in person proves by the password, or by a code of the authenticator, to be the one.</summary>
internal sealed class OwnPassword(UserManager<FacialisUser> users, Tries tries, Authenticator authenticator, ScreenLock screen)
{
    public const string Refusal = "That did not work: it is not your password or code, or the account rests for 15 minutes after five wrong tries.";

    /// <summary>Unlocks the screen and counts as a recent proof.</summary>
    public async Task<bool> ConfirmAsync(HttpContext context, string typed)
    {
        if (await users.GetUserAsync(context.User) is not { DisabledAt: null } user
            || !await tries.TakeAsync(user, context.RequestAborted)
            || !(await users.CheckPasswordAsync(user, typed) || await authenticator.UseAsync(user, typed, context.RequestAborted)))
        {
            return false;
        }

        await tries.GiveBackAsync(user, context.RequestAborted);
        screen.Confirm(context, WayIn.Password);
        return true;
    }
}
