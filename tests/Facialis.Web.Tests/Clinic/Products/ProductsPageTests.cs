using System.Net;
using System.Text.Json;
using Facialis.Clinic.Products;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Products;

public sealed class ProductsPageTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Fact]
    public async Task The_page_shows_every_rule_with_its_source_and_what_waits_for_the_owner()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var page = WebUtility.HtmlDecode(await (await app.OwnerAsync()).PageAsync("/clinic/products"));

        Assert.All(ToxinCatalogue.Current.Rules, rule =>
        {
            Assert.Contains(rule.Id, page, StringComparison.Ordinal);
            Assert.Contains(rule.Source, page, StringComparison.Ordinal);
            Assert.Contains(rule.Says, page, StringComparison.Ordinal);
        });
        Assert.Contains("clinic policy: confirm", page, StringComparison.Ordinal);
        Assert.Contains("Not set: the limits of every region hold", page, StringComparison.Ordinal);
        Assert.All(ToxinCatalogue.Current.Products, product => Assert.Contains(product.Name, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_owner_confirms_a_rule_by_name_and_the_rule_book_knows_it(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var before = await BookAsync(app);

        var page = await (await owner.Browser.SendFormAsync("/clinic/products", "confirm", new() { ["rule"] = "ONA-SIDE-RED@1", ["ByName"] = "Dr Owner of Rules" }))
            .Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var after = await BookAsync(app);

        Assert.Contains("Confirmed as clinic policy by Dr Owner of Rules: 1.", page, StringComparison.Ordinal);
        Assert.Contains("confirmed by Dr Owner of Rules, 22 Nov 2026", page, StringComparison.Ordinal);
        Assert.True(Finding(before).AwaitsConfirmation);
        Assert.Equal("Dr Owner of Rules", Finding(after).ConfirmedBy);
        Assert.Same(after, await BookAsync(app));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_waiting_rule_can_be_confirmed_at_once_and_twice_is_once(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        await SendAsync(owner, "confirm", new() { ["EveryRule"] = "true", ["ByName"] = "Dr Owner" });
        var again = await SendAsync(owner, "confirm", new() { ["EveryRule"] = "true", ["ByName"] = "Dr Owner" });

        Assert.Contains("No rule was chosen that still waits.", again, StringComparison.Ordinal);
        Assert.DoesNotContain("clinic policy: confirm</span>", again, StringComparison.Ordinal);
        var rows = await CountAsync(app);
        Assert.Equal(ToxinCatalogue.Current.Rules.Count(r => r.NeedsConfirmation), rows);
        Assert.DoesNotContain(
            PlanReview.Of(new InjectionPlan(Ona, []), new PatientFacts(), null, await BookAsync(app), app.Clock.GetUtcNow()).Findings, f => f.RuleId == "RULES-UNCONFIRMED");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_owners_who_confirm_at_once_confirm_each_rule_once(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        _ = await app.OwnerAsync();
        var wanted = ToxinCatalogue.Current.Rules.Where(r => r.NeedsConfirmation).Select(r => new ReadRule(r.Id, r.Revision)).ToList();
        var counts = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => InClinicAsync(app, services =>
            services.GetRequiredService<ChangePolicy>().Confirm(wanted, new Owner(Guid.CreateVersion7(), $"Owner {n}"), TestContext.Current.CancellationToken))));

        Assert.Equal(wanted.Count, counts.Sum());
        Assert.Equal(wanted.Count, await CountAsync(app));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_clinics_own_limit_needs_a_source_stays_under_a_hard_ceiling_and_can_be_withdrawn(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();

        Assert.Contains("A limit needs a source and a name.", await SendAsync(owner, "limit", Limit("ONA-SIDE-RED", "30", "")), StringComparison.Ordinal);
        Assert.Contains("A hard ceiling is not raised: 50 U per side stays.", await SendAsync(owner, "limit", Limit("ONA-SIDE-RED", "60", "A meeting")), StringComparison.Ordinal);
        Assert.Contains("too easily read as 300", WebUtility.HtmlDecode(await SendAsync(owner, "limit", Limit("ONA-SIDE-RED", "30.0", "A meeting"))), StringComparison.Ordinal);
        Assert.Contains("own limit holds: ONA-SIDE-RED, 30 U per side", WebUtility.HtmlDecode(await SendAsync(owner, "limit", Limit("ONA-SIDE-RED", "30", "Meeting of 12 May"))), StringComparison.Ordinal);
        Assert.Equal("ONA-SIDE-RED", Assert.Single((await ReviewAsync(app, 31)).Findings, f => f.RuleId == "ONA-SIDE-RED").RuleId);
        await SendAsync(owner, "limit", Limit("ONA-SIDE-RED", "27,5", "Meeting of 13 May"));
        Assert.Contains((await ReviewAsync(app, 28)).Findings, f => f.RuleId == "ONA-SIDE-RED" && f.Source.Contains("Meeting of 13 May", StringComparison.Ordinal));
        var withdrawn = await SendAsync(owner, "limit", Limit("ONA-SIDE-RED", "", ""));

        Assert.Contains("Withdrawn: ONA-SIDE-RED.", withdrawn, StringComparison.Ordinal);
        Assert.Contains("withdrawn by", withdrawn, StringComparison.Ordinal);
        Assert.DoesNotContain((await ReviewAsync(app, 31)).Findings, f => f.RuleId == "ONA-SIDE-RED");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_region_is_the_clinics_own_and_no_other_clinic_sees_its_confirmations(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        await SendAsync(owner, "region", new() { ["Region"] = ((int)LabelRegions.UnitedStates).ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await SendAsync(owner, "confirm", new() { ["rule"] = "ONA-SIDE-RED@1", ["ByName"] = "Dr Owner of Rules" });

        Assert.Equal(LabelRegions.UnitedStates, (await BookAsync(app)).Region);
        var other = await (await app.OtherClinicAsync()).PageAsync("/clinic/products");
        Assert.Contains("Not set: the limits of every region hold", other, StringComparison.Ordinal);
        Assert.DoesNotContain("Dr Owner of Rules", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_the_owner_reads_and_changes_nothing()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var reader = await app.PersonAsync(Role.Reader);
        var page = await reader.PageAsync("/clinic/products");
        Assert.DoesNotContain("value=\"confirm\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"checkbox\"", page, StringComparison.Ordinal);

        // The owner's form, sent with the reader's cookie.
        var hidden = new Dictionary<string, string> { ["_handler"] = "confirm", ["EveryRule"] = "true", ["ByName"] = "Somebody" };
        await reader.Browser.PostAsync("/clinic/products", new FormUrlEncodedContent(hidden), TestContext.Current.CancellationToken);
        Assert.Equal(0, await CountAsync(app));
        Assert.NotNull(owner);
    }

    [Fact]
    public async Task A_confirmation_without_a_name_is_refused()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var answer = await SendAsync(await app.OwnerAsync(), "confirm", new() { ["EveryRule"] = "true", ["ByName"] = "  " });

        Assert.Contains("A confirmation needs the name of the owner.", answer, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(app));
    }

    [Fact]
    public async Task The_API_gives_products_and_rules()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        using var products = JsonDocument.Parse(await (await owner.CallAsync(HttpMethod.Get, "/api/products")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var rules = JsonDocument.Parse(await (await owner.CallAsync(HttpMethod.Get, "/api/products/rules")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ToxinCatalogue.Current.Products.Count, products.RootElement.GetArrayLength());
        Assert.Equal(2.5m, products.RootElement[0].GetProperty("mixes").EnumerateArray().Single(m => m.GetProperty("diluentMl").GetDecimal() == 4).GetProperty("unitsPerTenthMl").GetDecimal());
        Assert.Equal(ToxinCatalogue.Current.Rules.Count, rules.RootElement.GetProperty("rules").GetArrayLength());
        Assert.Equal(ToxinCatalogue.Current.Version, rules.RootElement.GetProperty("version").GetString());
    }

    private static ToxinProduct Ona => ToxinCatalogue.Current.Product("onabotulinumtoxinA");

    private static Dictionary<string, string> Limit(string rule, string limit, string source) => new() { ["RuleId"] = rule, ["Limit"] = limit, ["Source"] = source };

    private static async Task<string> SendAsync(SignedIn person, string form, Dictionary<string, string> typed) =>
        await (await person.Browser.SendFormAsync("/clinic/products", form, typed)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static Task<RuleBook> BookAsync(FacialisApp app) =>
        InClinicAsync(app, services => services.GetRequiredService<ClinicRules>().BookAsync(TestContext.Current.CancellationToken));

    private static Task<int> CountAsync(FacialisApp app) =>
        InClinicAsync(app, services => services.GetRequiredService<FacialisDb>().Set<ConfirmedRule>().CountAsync(TestContext.Current.CancellationToken));

    private static async Task<PlanReview> ReviewAsync(FacialisApp app, decimal units) => PlanReview.Of(
        new InjectionPlan(Ona, [new PlannedPoint(new Anatomy.PlacedPoint(Guid.CreateVersion7(), "ZMAJ_UP", Anatomy.Side.PatientRight, new(0.75m, 0.53m)), new Units(units), Anatomy.Sites.NeedleDepth.Mid)]),
        new PatientFacts { Side = ConditionSide.PatientRight }, null, await BookAsync(app), app.Clock.GetUtcNow());

    private static Finding Finding(RuleBook book) => PlanReview.Of(
        new InjectionPlan(Ona, [new PlannedPoint(new Anatomy.PlacedPoint(Guid.CreateVersion7(), "ZMAJ_UP", Anatomy.Side.PatientRight, new(0.75m, 0.53m)), new Units(51), Anatomy.Sites.NeedleDepth.Mid)]),
        new PatientFacts { Side = ConditionSide.PatientRight }, null, book, new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)).Findings.Single(f => f.RuleId == "ONA-SIDE-RED");

    /// <summary>Works inside the first owner's clinic, as a request of that clinic would.</summary>
    private static async Task<T> InClinicAsync<T>(FacialisApp app, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var clinic = await scope.ServiceProvider.GetRequiredService<FacialisDb>().Users.Where(u => u.IsFirstOwner).Select(u => u.ClinicId).SingleAsync();
        scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(clinic);
        return await work(scope.ServiceProvider);
    }
}
