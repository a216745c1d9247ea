using System.Net;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Web.Tests.Audit;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Identity;

public sealed class PeopleTests
{
    public static readonly TheoryData<Database> Databases = IdentityHouse.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_disabled_person_is_out_with_the_next_request_and_does_not_come_back(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var injector = await app.JoinAsync(owner, Role.Injector, "ada@example.org");
        Assert.Equal("opened", await injector.Browser.LeadsToAsync("/account"));

        await owner.Browser.SendFormAsync("/people", $"disable-{await app.IdOfAsync("ada@example.org")}", []);

        Assert.Equal("/sign-in", await injector.Browser.LeadsToAsync("/account"));
        Assert.Equal(HttpStatusCode.OK, (await app.SignInAsync("ada@example.org")).Answer.StatusCode);

        await owner.Browser.SendFormAsync("/people", $"enable-{await app.IdOfAsync("ada@example.org")}", []);
        Assert.Equal(HttpStatusCode.Found, (await app.SignInAsync("ada@example.org")).Answer.StatusCode);
    }

    [Fact]
    public async Task A_process_that_was_not_told_notices_within_a_minute()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var injector = await app.JoinAsync(await app.OwnerAsync(), Role.Injector, "ada@example.org");
        await app.WithAsync((FacialisDb db) => db.Users.Where(u => u.Email == "ada@example.org")
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "as another process leaves it"), TestContext.Current.CancellationToken));

        app.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("/sign-in", await injector.Browser.LeadsToAsync("/account"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_changed_role_holds_from_the_next_sign_in_and_ends_the_one_before(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var person = await app.JoinAsync(owner, Role.Assistant, "ada@example.org");

        await ChangeRoleAsync(app, owner, "ada@example.org", Role.Reader);

        Assert.Equal("/sign-in", await person.Browser.LeadsToAsync("/clinic/recordings/new"));
        var (browser, _) = await app.SignInAsync("ada@example.org");
        Assert.Equal("/not-allowed", await browser.LeadsToAsync("/clinic/recordings/new"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_last_owner_can_be_neither_demoted_nor_disabled(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var second = await app.JoinAsync(owner, Role.Owner, "ada@example.org");
        await owner.Browser.SendFormAsync("/people", $"disable-{await app.IdOfAsync("ada@example.org")}", []); // a disabled owner does not count

        var demoted = await ChangeRoleAsync(app, owner, IdentityHouse.OwnerEmail, Role.Injector);
        var disabled = await owner.Browser.SendFormAsync("/people", $"disable-{await app.IdOfAsync(IdentityHouse.OwnerEmail)}", []);

        Assert.Contains("no owner left", await demoted.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("no owner left", await disabled.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("opened", await owner.Browser.LeadsToAsync("/people"));
        Assert.Equal("/sign-in", await second.Browser.LeadsToAsync("/account"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_owners_who_demote_each_other_at_once_leave_one(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var second = await app.JoinAsync(owner, Role.Owner, "ada@example.org");

        var (hers, his) = (await RoleFormAsync(app, owner, "ada@example.org", Role.Reader), await RoleFormAsync(app, second, IdentityHouse.OwnerEmail, Role.Reader));

        await Task.WhenAll(SendAsync(owner, hers), SendAsync(second, his));

        Assert.Equal(1, await app.WithAsync((FacialisDb db) =>
            db.Users.CountAsync(u => u.Role == Role.Owner, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task People_of_another_clinic_are_neither_seen_nor_changed(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        await app.OwnerAsync();
        var stranger = await app.OtherClinicAsync();
        var owner = await app.IdOfAsync(IdentityHouse.OwnerEmail);

        var page = await stranger.PageAsync("/people");
        Assert.DoesNotContain(IdentityHouse.OwnerEmail, page, StringComparison.Ordinal);
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        foreach (var form in (string[])["disable", "end", "role", "link"])
        {
            await stranger.Browser.PostAsync("/people", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = token,
                ["_handler"] = $"{form}-{owner}",
                ["NewRole"] = Role.Reader,
            }), TestContext.Current.CancellationToken);
        }

        var left = await app.WithAsync((FacialisDb db) => db.Users.SingleAsync(u => u.Id == owner, TestContext.Current.CancellationToken));
        Assert.Equal((Role.Owner, null), (left.Role, left.DisabledAt));
        Assert.Equal(1, await app.WithAsync((FacialisDb db) => db.Set<SignInLink>().CountAsync(l => l.UserId == owner, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Someone_who_lost_every_key_comes_back_by_a_one_time_link_of_the_owner()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        await app.JoinAsync(owner, Role.Injector, "ada@example.org");

        var page = await (await owner.Browser.SendFormAsync("/people", $"link-{await app.IdOfAsync("ada@example.org")}", [])).TextAsync();
        var link = System.Text.RegularExpressions.Regex.Match(page, "http://localhost(/start/[A-Za-z0-9_-]{43})").Groups[1].Value;
        var browser = app.Visitor();
        await browser.SendFormAsync(link, "start", []);

        Assert.Contains("Ada Byron", await new SignedIn(browser).PageAsync("/account"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Signing_in_role_changes_and_refusals_are_in_the_audit_log(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var person = await app.JoinAsync(owner, Role.Assistant, "ada@example.org");
        await person.GetAsync("/people");
        await ChangeRoleAsync(app, owner, "ada@example.org", Role.Reader);

        var log = await app.LogAsync(await app.FirstClinicAsync());
        var (ownersId, personsId) = (await app.IdOfAsync(IdentityHouse.OwnerEmail), await app.IdOfAsync("ada@example.org"));
        Assert.Contains(log, e => e.Action == AuditAction.SignIn && e.ActorId == ownersId && e.Detail == "OneTimeLink");
        Assert.Contains(log, e => e.Action == AuditAction.SignIn && e.ActorId == personsId && e.Detail == "Invitation");
        Assert.Contains(log, e => e.Action == AuditAction.Refused && e.ActorId == personsId && e.Detail == "GET /people manage-clinic");
        Assert.Contains(log, e => e.Action == AuditAction.RoleChange && e.ActorId == ownersId && e.SubjectId == personsId && e.Detail == Role.Reader);
        AuditHouse.IsWhole(log, app.Key());
        Assert.All(log, e => Assert.DoesNotContain("@", e.Detail ?? "", StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> ChangeRoleAsync(FacialisApp app, SignedIn owner, string email, string role) =>
        await SendAsync(owner, await RoleFormAsync(app, owner, email, role));

    private static async Task<FormUrlEncodedContent> RoleFormAsync(FacialisApp app, SignedIn owner, string email, string role) =>
        await owner.Browser.FillFormAsync("/people", $"role-{await app.IdOfAsync(email)}", new() { ["NewRole"] = role });

    private static Task<HttpResponseMessage> SendAsync(SignedIn owner, FormUrlEncodedContent form) =>
        owner.Browser.PostAsync("/people", form, TestContext.Current.CancellationToken);
}
