using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Facialis.Platform.Identity;
using Facialis.Platform.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Identity;

/// <summary>The idle lock and the recent proof, as the server holds them by itself.</summary>
public sealed class ScreenLockTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static readonly TheoryData<Database> Databases = IdentityHouse.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task After_five_minutes_without_a_person_everything_is_refused_until_unlocked(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerWithPasswordAsync();

        app.Clock.Advance(5 * Minute - TimeSpan.FromSeconds(20));
        Assert.Equal("opened", await owner.Browser.LeadsToAsync("/clinic/recordings"));
        app.Clock.Advance(5 * Minute);
        Assert.Equal("/locked", await owner.Browser.LeadsToAsync("/clinic/recordings"));
        Assert.Equal("/locked", await owner.Browser.LeadsToAsync("/"));
        var refused = await owner.GetAsync("/api/recordings");
        Assert.Equal((HttpStatusCode.Unauthorized, "screen-locked"), (refused.StatusCode, await TypeAsync(refused)));

        var wrong = await owner.Browser.SendFormAsync("/locked?from=%2Fclinic%2Fpatients", "unlock", new() { ["Proof"] = "not my password" });
        Assert.Contains("That did not work", await wrong.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("/locked", await owner.Browser.LeadsToAsync("/clinic/recordings"));
        var right = await owner.Browser.SendFormAsync("/locked?from=%2Fclinic%2Fpatients", "unlock", new() { ["Proof"] = IdentityHouse.Password });
        Assert.Equal("/clinic/patients", right.Headers.Location!.AbsolutePath);
        Assert.Equal("opened", await owner.Browser.LeadsToAsync("/clinic/patients"));
    }

    [Fact]
    public async Task A_form_sent_on_a_locked_screen_changes_nothing()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerWithPasswordAsync();
        var page = await owner.PageAsync("/clinic/patients/new");
        app.Clock.Advance(5 * Minute);

        var sent = await owner.Browser.PostAsync("/clinic/patients/new", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value,
            ["_handler"] = "add-patient",
            ["Form.Id"] = Guid.CreateVersion7().ToString(),
            ["Form.Code"] = "P-LATE",
        }), TestContext.Current.CancellationToken);

        Assert.Equal("/locked", sent.Headers.Location!.OriginalString.Split('?')[0]);
        await owner.Browser.SendFormAsync("/locked", "unlock", new() { ["Proof"] = IdentityHouse.Password });
        Assert.DoesNotContain("P-LATE", await owner.PageAsync("/clinic/patients"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_that_call_and_pages_that_load_themselves_anew_are_nobody_before_the_screen()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerWithPasswordAsync();
        for (var minute = 0; minute < 5; minute++)
        {
            await AskAsync(owner, "/api/recordings", ("Sec-Fetch-Mode", "cors"));
            await AskAsync(owner, "/clinic/recordings", ("Sec-Fetch-Mode", "navigate"));
            app.Clock.Advance(Minute);
        }

        Assert.Equal("/locked", await owner.Browser.LeadsToAsync("/clinic/recordings"));
    }

    [Fact]
    public async Task Opening_a_page_by_hand_and_the_word_of_the_lock_itself_keep_the_screen_open()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerWithPasswordAsync();
        for (var minute = 0; minute < 8; minute += 4)
        {
            app.Clock.Advance(4 * Minute);
            await AskAsync(owner, "/clinic/recordings", ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-User", "?1"));
            app.Clock.Advance(4 * Minute);
            Assert.Equal(HttpStatusCode.NoContent, (await owner.CallAsync(HttpMethod.Post, "/api/identity/activity")).StatusCode);
        }

        Assert.Equal("opened", await owner.Browser.LeadsToAsync("/clinic/recordings"));
    }

    [Fact]
    public async Task The_word_that_someone_is_there_comes_too_late_on_a_locked_screen()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerWithPasswordAsync();
        await owner.CallAsync(HttpMethod.Post, "/api/identity/activity");
        app.Clock.Advance(5 * Minute);

        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.CallAsync(HttpMethod.Post, "/api/identity/activity")).StatusCode);
        Assert.Equal("/locked", await owner.Browser.LeadsToAsync("/"));
    }

    [Fact]
    public async Task The_button_locks_at_once()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerWithPasswordAsync();

        Assert.Equal(HttpStatusCode.Found, (await owner.CallAsync(HttpMethod.Post, "/lock")).StatusCode);
        Assert.Equal("/locked", await owner.Browser.LeadsToAsync("/clinic/recordings"));
        var unlocked = await owner.CallAsync(
            HttpMethod.Post, "/api/identity/confirm", JsonContent.Create(new { password = IdentityHouse.Password }));
        Assert.Equal(HttpStatusCode.NoContent, unlocked.StatusCode);
        Assert.Equal("opened", await owner.Browser.LeadsToAsync("/clinic/recordings"));
    }

    [Fact]
    public async Task A_clinic_sets_its_own_minutes_and_an_own_device_does_not_lock()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerWithPasswordAsync();
        await owner.Browser.SendFormAsync("/settings", "settings", new() { ["ClinicName"] = "Rose Street", ["Minutes"] = "2" });
        app.Clock.Advance(2 * Minute);
        Assert.Equal("/locked", await owner.Browser.LeadsToAsync("/clinic/recordings"));

        await owner.Browser.SendFormAsync("/locked", "unlock", new() { ["Proof"] = IdentityHouse.Password });
        await owner.Browser.SendFormAsync("/account", "device", []);
        app.Clock.Advance(60 * Minute);
        Assert.Equal("opened", await owner.Browser.LeadsToAsync("/clinic/recordings"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("61")]
    [InlineData("soon")]
    public async Task Minutes_that_make_no_sense_are_refused(string minutes)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();

        var answer = await owner.Browser.SendFormAsync("/settings", "settings", new() { ["ClinicName"] = "Rose Street", ["Minutes"] = minutes });

        Assert.Contains("A whole number from 1 to 60", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_presence_of_another_sign_in_counts_for_nothing()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        await app.OwnerWithPasswordAsync();
        var (_, old) = await app.SignInAsync();
        app.Clock.Advance(5 * Minute);
        var (_, fresh) = await app.SignInAsync();

        using var browser = new HttpClient(app.Server.CreateHandler()) { BaseAddress = new Uri("http://localhost") };
        var lent = await AskAsync(browser, Cookie(old, "facialis"), Cookie(fresh, "facialis-presence"));
        var own = await AskAsync(browser, Cookie(fresh, "facialis"), Cookie(fresh, "facialis-presence"));
        var none = await AskAsync(browser, Cookie(fresh, "facialis"), "facialis-presence=none");

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal("/locked", lent.Headers.Location?.OriginalString.Split('?')[0]);
        Assert.Equal("/locked", none.Headers.Location?.OriginalString.Split('?')[0]);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_needs_a_recent_proof_asks_for_it_after_five_minutes(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database, null, new SigningModule());
        var owner = await app.OwnerWithPasswordAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await owner.CallAsync(HttpMethod.Post, "/api/signing")).StatusCode);
        await PassAsync(app, owner, minutes: 5);

        var refused = await owner.CallAsync(HttpMethod.Post, "/api/signing");
        Assert.Equal((HttpStatusCode.Unauthorized, "reauthentication-required"), (refused.StatusCode, await TypeAsync(refused)));
        var page = await owner.GetAsync("/account/password");
        Assert.Equal("/confirm?from=%2Faccount%2Fpassword", page.Headers.Location!.OriginalString);

        var confirmed = await owner.Browser.SendFormAsync("/confirm?from=%2Faccount%2Fpassword", "confirm", new() { ["Proof"] = IdentityHouse.Password });
        Assert.Equal("/account/password", confirmed.Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.CallAsync(HttpMethod.Post, "/api/signing")).StatusCode);
        Assert.Equal("opened", await owner.Browser.LeadsToAsync("/account/password"));
    }

    [Fact]
    public async Task Wrong_passwords_at_the_lock_rest_the_account_like_anywhere_else()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerWithPasswordAsync();
        for (var wrong = 0; wrong < 5; wrong++)
        {
            await owner.CallAsync(HttpMethod.Post, "/api/identity/confirm", JsonContent.Create(new { password = "not my password" }));
        }

        var right = await owner.CallAsync(HttpMethod.Post, "/api/identity/confirm", JsonContent.Create(new { password = IdentityHouse.Password }));

        Assert.Equal(HttpStatusCode.Forbidden, right.StatusCode);
    }

    /// <summary>Lets time pass with somebody at the screen.</summary>
    private static async Task PassAsync(FacialisApp app, SignedIn person, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            app.Clock.Advance(Minute);
            await person.PageAsync("/clinic/recordings");
        }
    }

    private static async Task AskAsync(SignedIn person, string address, params (string Name, string Value)[] headers)
    {
        var ask = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            ask.Headers.Add(name, value);
        }

        var answer = await person.Browser.SendAsync(ask, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, params string[] cookies)
    {
        var ask = new HttpRequestMessage(HttpMethod.Get, "/account");
        ask.Headers.Add("Cookie", string.Join("; ", cookies));
        return browser.SendAsync(ask, TestContext.Current.CancellationToken);
    }

    private static string Cookie(HttpResponseMessage answer, string name) =>
        answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name + "=", StringComparison.Ordinal)).Split(';')[0];

    private static async Task<string?> TypeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("type").GetString();

    private sealed class SigningModule : IModule
    {
        public string Name => "signing";

        public void ConfigureModel(ModelBuilder model)
        {
        }

        public void MapApi(RouteGroupBuilder api) =>
            api.MapPost("/signing", () => TypedResults.NoContent()).RequireAuthorization(Permission.Sign).RequireRecentSignIn();
    }
}
