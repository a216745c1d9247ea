using Facialis.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Identity;

/// <summary>Every way in: each ends with the same cookie and the same note of the time.</summary>
internal sealed class Entry(SignInManager<FacialisUser> signIn, UserManager<FacialisUser> users, FacialisDb db, TimeProvider clock)
{
    private static readonly FacialisUser Nobody = new() { DisplayName = "", Role = Role.Reader };

    // A hash of nothing anyone can type; checked when there is no account, so that the answer takes as long as with one.
    private static readonly string NoPassword = new PasswordHasher<FacialisUser>()
        .HashPassword(Nobody, SignInLink.NewToken());

    /// <summary>True when e-mail and password are right and the account is not locked.</summary>
    public async Task<bool> WithPasswordAsync(string email, string password)
    {
        var user = await users.FindByEmailAsync(email);
        if (user?.PasswordHash is null)
        {
            users.PasswordHasher.VerifyHashedPassword(user ?? Nobody, NoPassword, password);
            return false;
        }

        var answer = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!answer.Succeeded)
        {
            return false;
        }

        await EnterAsync(user);
        return true;
    }

    public async Task EnterAsync(FacialisUser user)
    {
        await db.Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastSignedInAt, clock.GetUtcNow()));
        await signIn.SignInAsync(user, isPersistent: false);
    }
}
