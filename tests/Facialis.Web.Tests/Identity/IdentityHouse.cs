using System.Net;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Identity;

/// <summary>Short ways to do, over the pages, what people do with their accounts.</summary>
internal static class IdentityHouse
{
    public const string OwnerEmail = "owner@facialis.local";
    public const string Password = "four calm words here";

    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    /// <summary>The first owner with a password, and so with a screen that locks.</summary>
    public static async Task<SignedIn> OwnerWithPasswordAsync(this FacialisApp app)
    {
        var owner = await app.OwnerAsync();
        await owner.SetPasswordAsync();
        return owner;
    }

    public static async Task SetPasswordAsync(this SignedIn person)
    {
        var answer = await person.Browser.SendFormAsync("/account/password", "password", new() { ["Chosen"] = Password });
        Assert.Equal("/account/password?done=set", answer.Headers.Location!.PathAndQuery);
    }

    /// <summary>Signs in by e-mail and password in a new browser; what the last answer says.</summary>
    public static async Task<(HttpClient Browser, HttpResponseMessage Answer)> SignInAsync(
        this FacialisApp app, string email = OwnerEmail, string password = Password)
    {
        var browser = app.Visitor();
        return (browser, await browser.SendFormAsync("/sign-in", "sign-in", new() { ["Email"] = email, ["Password"] = password }));
    }

    /// <summary>Follows the link of a fresh invitation and joins with a password.</summary>
    public static async Task<SignedIn> JoinAsync(this FacialisApp app, SignedIn owner, string role, string email)
    {
        var browser = app.Visitor();
        var joined = await browser.SendFormAsync(
            await owner.InviteAsync(role), "join", new() { ["Name"] = "Ada Byron", ["Email"] = email, ["Password"] = Password });
        Assert.Equal(HttpStatusCode.Found, joined.StatusCode);
        return new SignedIn(browser);
    }

    /// <summary>Makes an invitation; the path of its link.</summary>
    public static async Task<string> InviteAsync(this SignedIn owner, string role)
    {
        var answer = await owner.Browser.SendFormAsync("/people", "invite", new() { ["InvitedRole"] = role, ["Note"] = "Ada" });
        var page = await answer.TextAsync();
        return System.Text.RegularExpressions.Regex.Match(page, "http://localhost(/welcome/[A-Za-z0-9_-]{43})").Groups[1].Value;
    }

    public static Task<Guid> IdOfAsync(this FacialisApp app, string email) => app.WithAsync((FacialisDb db) =>
        db.Set<FacialisUser>().Where(u => u.Email == email).Select(u => u.Id).SingleAsync(TestContext.Current.CancellationToken));

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> GetAsync(this SignedIn person, string address) =>
        person.Browser.GetAsync(address, TestContext.Current.CancellationToken);

    /// <summary>"opened", or the path of the page that it leads to.</summary>
    public static async Task<string> LeadsToAsync(this HttpClient browser, string address)
    {
        var answer = await browser.GetAsync(address, TestContext.Current.CancellationToken);
        return answer.StatusCode == HttpStatusCode.OK ? "opened"
            : answer.Headers.Location is { } to ? new Uri(new Uri("http://localhost"), to).AbsolutePath : answer.StatusCode.ToString();
    }
}
