using System.Net;
using Facialis.Platform.Identity;
using Facialis.Platform.Identity.People;

namespace Facialis.Web.Tests.Identity;

public sealed class InvitationTests
{
    public static readonly TheoryData<Database> Databases = IdentityHouse.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_invited_person_joins_in_the_role_that_was_given_and_signs_in_again(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();

        var assistant = await app.JoinAsync(owner, Role.Assistant, "ada@example.org");

        Assert.Contains("Assistant", await assistant.PageAsync("/account"), StringComparison.Ordinal);
        Assert.Equal("opened", await assistant.Browser.LeadsToAsync("/clinic/recordings/new"));
        Assert.Equal("/not-allowed", await assistant.Browser.LeadsToAsync("/people"));
        Assert.Equal(HttpStatusCode.Found, (await app.SignInAsync("ada@example.org")).Answer.StatusCode);
        Assert.Contains("Ada Byron", await owner.PageAsync("/people"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Of_many_who_follow_an_invitation_at_once_one_joins(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var link = await (await app.OwnerAsync()).InviteAsync(Role.Reader);

        var forms = await Task.WhenAll(Enumerable.Range(0, 6).Select(async n =>
        {
            var visitor = app.Visitor();
            return (Visitor: visitor, Form: await visitor.FillFormAsync(link, "join", new() { ["Name"] = "Someone", ["Email"] = $"someone{n}@example.org" }));
        }));

        var answers = await Task.WhenAll(forms.Select(f => f.Visitor.PostAsync(link, f.Form, TestContext.Current.CancellationToken)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Found);
        Assert.Contains("no longer good", await app.Visitor().GetStringAsync(link, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_invitation_ends_after_seven_days(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var link = await (await app.OwnerAsync()).InviteAsync(Role.Reader);

        app.GoOn(Invitation.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Contains("Your name", await app.Visitor().GetStringAsync(link, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("no longer good", await app.Visitor().GetStringAsync(link, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_invitation_that_was_taken_back_lets_nobody_in_and_another_clinic_cannot_take_it_back(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var stranger = await app.OtherClinicAsync();
        var link = await owner.InviteAsync(Role.Injector);
        var form = System.Text.RegularExpressions.Regex.Match(await owner.PageAsync("/people"), "value=\"(revoke-[0-9a-f-]{36})\"").Groups[1].Value;
        Assert.DoesNotContain("revoke-", await stranger.PageAsync("/people"), StringComparison.Ordinal);

        await owner.Browser.SendFormAsync("/people", form, []);

        Assert.Contains("no longer good", await app.Visitor().GetStringAsync(link, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("revoke-", await owner.PageAsync("/people"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_or_an_address_that_is_taken_does_not_use_the_invitation_up()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var link = await (await app.OwnerAsync()).InviteAsync(Role.Reader);
        var browser = app.Visitor();

        var taken = await browser.SendFormAsync(link, "join", new() { ["Name"] = "Ada", ["Email"] = IdentityHouse.OwnerEmail });
        Assert.Contains("use another", await taken.TextAsync(), StringComparison.Ordinal);
        var weak = await browser.SendFormAsync(link, "join", new() { ["Name"] = "Ada", ["Email"] = "ada@example.org", ["Password"] = "short" });
        Assert.Contains("at least 12", await weak.TextAsync(), StringComparison.Ordinal);
        var right = await browser.SendFormAsync(link, "join", new() { ["Name"] = "Ada", ["Email"] = "ada@example.org" });
        Assert.Equal(HttpStatusCode.Found, right.StatusCode);
        Assert.Contains("You cannot sign in again yet", await new SignedIn(browser).PageAsync("/account/passkeys"), StringComparison.Ordinal);
    }
}
