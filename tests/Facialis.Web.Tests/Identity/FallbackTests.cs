using System.Net;
using System.Text.RegularExpressions;
using Facialis.Platform.Database;
using Facialis.Platform.Identity.Fallback;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Identity;

/// <summary>Password, authenticator and recovery codes.</summary>
public sealed partial class FallbackTests
{
    public static readonly TheoryData<Database> Databases = IdentityHouse.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task With_an_authenticator_a_password_alone_opens_nothing_and_a_code_opens_once(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerWithPasswordAsync();
        var secret = await SwitchOnAsync(app, owner);

        var (browser, asked) = await app.SignInAsync();
        Assert.Contains("Now the code of your authenticator", await asked.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("/sign-in", await browser.LeadsToAsync("/account"));

        app.Clock.Advance(2 * TimeCode.Step); // the code that switched it on is used up
        var code = CodeNow(app, secret);
        var first = await EnterCodeAsync(browser, await asked.TextAsync(), code);
        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal("opened", await browser.LeadsToAsync("/account"));

        var (again, askedAgain) = await app.SignInAsync();
        Assert.Contains("That is not the code", await (await EnterCodeAsync(again, await askedAgain.TextAsync(), code)).TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Right_passwords_buy_no_more_tries_at_the_code()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var secret = await SwitchOnAsync(app, await app.OwnerWithPasswordAsync());
        app.Clock.Advance(2 * TimeCode.Step);
        var answered = 0;
        for (var round = 0; round < 6; round++)
        {
            var (browser, asked) = await app.SignInAsync();
            var page = await asked.TextAsync();
            if (page.Contains("Now the code", StringComparison.Ordinal))
            {
                answered++;
                await EnterCodeAsync(browser, page, "000000");
            }
        }

        Assert.InRange(answered, 1, 3); // each round takes two of five tries
        var (_, resting) = await app.SignInAsync();
        Assert.Contains("That did not work", await resting.TextAsync(), StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromMinutes(15));
        var (late, now) = await app.SignInAsync();
        Assert.Equal(HttpStatusCode.Found, (await EnterCodeAsync(late, await now.TextAsync(), CodeNow(app, secret))).StatusCode);
    }

    [Fact]
    public async Task The_step_between_password_and_code_ends_after_five_minutes()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var secret = await SwitchOnAsync(app, await app.OwnerWithPasswordAsync());
        var (browser, asked) = await app.SignInAsync();

        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var late = await EnterCodeAsync(browser, await asked.TextAsync(), CodeNow(app, secret));

        Assert.Contains("That did not work", await late.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("/sign-in", await browser.LeadsToAsync("/account"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Each_recovery_code_lets_in_once_and_new_ones_make_the_old_void(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerWithPasswordAsync();
        var codes = await RenewAsync(owner);
        Assert.Equal(10, codes.Distinct().Count());

        Assert.Equal(HttpStatusCode.Found, (await RecoverAsync(app, codes[0].ToLowerInvariant())).StatusCode);
        Assert.Contains("That did not work", await (await RecoverAsync(app, codes[0])).TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await RecoverAsync(app, codes[1])).StatusCode);

        var fresh = await RenewAsync(owner);
        Assert.Contains("That did not work", await (await RecoverAsync(app, codes[2])).TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await RecoverAsync(app, fresh[0])).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Of_many_who_type_the_same_recovery_code_at_once_one_gets_in(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var codes = await RenewAsync(await app.OwnerWithPasswordAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RecoverAsync(app, codes[0])));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Found);
    }

    [Fact]
    public async Task The_database_holds_neither_recovery_codes_nor_the_secret_of_the_authenticator()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerWithPasswordAsync();
        var secret = await SwitchOnAsync(app, owner);
        var codes = await RenewAsync(owner);

        await app.WithAsync((FacialisDb db) => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", TestContext.Current.CancellationToken));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(app.DataFolder, "facialis.db"), TestContext.Current.CancellationToken);

        Assert.Equal(-1, bytes.AsSpan().IndexOf(secret));
        foreach (var code in codes)
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(code)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Base32.Plain(code))));
        }
    }

    [Fact]
    public async Task The_only_way_in_cannot_be_removed()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerWithPasswordAsync();

        var answer = await owner.Browser.SendFormAsync("/account/password", "remove", []);

        Assert.Contains("your only way in", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await app.SignInAsync()).Answer.StatusCode);
    }

    private static async Task<byte[]> SwitchOnAsync(FacialisApp app, SignedIn person)
    {
        var page = await person.PageAsync("/account/authenticator");
        Assert.Contains("QR code of the secret", page, StringComparison.Ordinal);
        var secret = Decode(Secret().Match(page).Groups[1].Value);
        await person.Browser.SendFormAsync("/account/authenticator", "confirm", new() { ["Code"] = CodeNow(app, secret) });
        Assert.Contains("The authenticator is on", await person.PageAsync("/account/authenticator"), StringComparison.Ordinal);
        return secret;
    }

    private static async Task<IReadOnlyList<string>> RenewAsync(SignedIn person)
    {
        var page = await (await person.Browser.SendFormAsync("/account/recovery-codes", "renew", [])).TextAsync();
        return [.. RecoveryCode().Matches(page).Select(m => m.Groups[1].Value)];
    }

    private static Task<HttpResponseMessage> RecoverAsync(FacialisApp app, string code) => app.Visitor().SendFormAsync(
        "/sign-in", "recovery", new() { ["RecoveryEmail"] = IdentityHouse.OwnerEmail, ["RecoveryCode"] = code });

    private static string CodeNow(FacialisApp app, byte[] secret) => TimeCode.At(secret, TimeCode.StepAt(app.Clock.GetUtcNow()));

    /// <summary>The form of the code stands on the answer to the password, so it is filled in from there.</summary>
    private static Task<HttpResponseMessage> EnterCodeAsync(HttpClient browser, string page, string code)
    {
        var fields = HiddenField().Matches(page).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["Code"] = code;
        return browser.PostAsync("/sign-in", new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
    }

    private static byte[] Decode(string grouped)
    {
        var bits = string.Concat(Base32.Plain(grouped).Select(sign =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(sign, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }

    [GeneratedRegex("<code>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){7})</code>")]
    private static partial Regex Secret();

    [GeneratedRegex("<li><code>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})</code></li>")]
    private static partial Regex RecoveryCode();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
