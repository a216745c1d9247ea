using System.Net;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Platform;

public sealed class SignInTests
{
    private const string Email = "owner@facialis.local";
    private const string Password = "four calm words here";

    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_one_time_link_signs_in_once(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var page = $"/start/{await FreshLinkAsync(app)}";
        var first = app.Visitor();

        Assert.Equal(HttpStatusCode.Found, (await first.SendFormAsync(page, "start", [])).StatusCode);
        Assert.Contains("Sign out", await first.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var second = await app.Visitor().GetStringAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("This link was used already", second, StringComparison.Ordinal);
        Assert.DoesNotContain("<form class=\"card", second, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Of_many_clicks_at_once_on_a_link_one_is_right(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var token = await FreshLinkAsync(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            app.WithAsync((SignInLinks links) => links.RedeemAsync(token, TestContext.Current.CancellationToken))));

        Assert.Single(answers, answer => answer is not null);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_link_ends_after_its_day_and_when_a_fresh_one_is_made(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var old = await FreshLinkAsync(app);
        var fresh = await FreshLinkAsync(app);

        Assert.False(await IsGoodAsync(app, old));
        Assert.True(await IsGoodAsync(app, fresh));
        app.Clock.Advance(SignInLink.Lifetime);
        Assert.False(await IsGoodAsync(app, fresh));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_database_alone_opens_nothing(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var token = await FreshLinkAsync(app);

        var stored = await app.WithAsync((FacialisDb db) => db.Set<SignInLink>().SingleAsync(TestContext.Current.CancellationToken));

        Assert.NotEqual(token, stored.TokenHash);
        Assert.False(await IsGoodAsync(app, stored.TokenHash));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task With_a_password_set_in_the_account_one_signs_in_by_the_page(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        await SetPasswordAsync(app);

        var browser = app.Visitor();
        var answer = await SignInAsync(browser, Password, "/sign-in?from=%2Faccount");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(new Uri("http://localhost/account"), answer.Headers.Location);
        Assert.Contains(Email, await browser.GetStringAsync("/account", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_rest_the_account_for_a_quarter_of_an_hour()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        await SetPasswordAsync(app);
        var browser = app.Visitor();
        for (var wrong = 0; wrong < 5; wrong++)
        {
            Assert.Equal(HttpStatusCode.OK, (await SignInAsync(browser, "not the password")).StatusCode);
        }

        var locked = await SignInAsync(browser, Password);
        Assert.Equal(HttpStatusCode.OK, locked.StatusCode);
        Assert.Contains(
            "That did not work", await locked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var until = await app.WithAsync((FacialisDb db) => db.Users.Select(u => u.LockoutEnd).SingleAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(until);
    }

    [Fact]
    public async Task An_unknown_person_and_a_wrong_password_get_the_same_answer()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        await SetPasswordAsync(app);

        var unknown = await app.Visitor().SendFormAsync(
            "/sign-in", "sign-in", new() { ["Email"] = "nobody@facialis.local", ["Password"] = Password });
        var wrong = await SignInAsync(app.Visitor(), "not the password");

        Assert.Equal(await MessageAsync(unknown), await MessageAsync(wrong));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task Signing_in_never_leads_to_another_site(string from)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        await SetPasswordAsync(app);

        var answer = await SignInAsync(app.Visitor(), Password, "/sign-in?from=" + Uri.EscapeDataString(from));

        Assert.Equal(new Uri("http://localhost/"), answer.Headers.Location);
    }

    [Fact]
    public async Task Signing_out_needs_the_token_of_the_page_and_then_ends_the_cookie()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();

        var forged = await owner.Browser.PostAsync("/sign-out", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.Browser.GetAsync("/account", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal(HttpStatusCode.Found, (await owner.CallAsync(HttpMethod.Post, "/sign-out")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await owner.Browser.GetAsync("/account", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static Task<string> FreshLinkAsync(FacialisApp app) =>
        app.WithAsync<SignInLinks, string>(FacialisApp.FirstOwnersLinkAsync);

    private static Task<bool> IsGoodAsync(FacialisApp app, string token) =>
        app.WithAsync((SignInLinks links) => links.IsGoodAsync(token, TestContext.Current.CancellationToken));

    private static async Task SetPasswordAsync(FacialisApp app)
    {
        var owner = await app.OwnerAsync();
        var answer = await owner.Browser.SendFormAsync("/account/password", "password", new() { ["Chosen"] = Password });
        Assert.Equal("/account/password?done=set", answer.Headers.Location!.PathAndQuery);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string password, string page = "/sign-in") =>
        browser.SendFormAsync(page, "sign-in", new() { ["Email"] = Email, ["Password"] = password });

    private static async Task<string> MessageAsync(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var alert = html.IndexOf("role=\"alert\"", StringComparison.Ordinal);
        Assert.True(alert > 0);
        return html[alert..html.IndexOf("</p>", alert, StringComparison.Ordinal)];
    }
}
