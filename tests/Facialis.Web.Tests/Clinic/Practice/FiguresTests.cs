using System.Globalization;
using System.Net;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Practice;
using Facialis.Clinic.Vials;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Web.Tests.Audit;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Injections;
using Facialis.Web.Tests.Clinic.Vials;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Practice;

/// <summary>The practice's figures are the vials', to the hundredth of a unit and to the cent.</summary>
public sealed class FiguresTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_figures_of_all_months_are_the_vials_and_a_planted_fault_is_seen(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var stock = new Stock(app);
        var practice = new RandomPractice(stock.DoAsync, app.GoOn, 11);
        await practice.LiveAsync(220);

        Assert.Empty(await practice.DifferencesAsync());
        Assert.True(practice is { Vials: > 10, Treatments: > 10, Amended: > 3, CostCents: > 0, FeeCents: > 0 });
        await stock.DoAsync(s => s.GetRequiredService<FacialisDb>().Set<Vial>().Where(v => v.DrawnHundredths > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.DrawnHundredths, v => v.DrawnHundredths - 1), Token));
        Assert.Contains(await practice.DifferencesAsync(), d => d.EndsWith("ties: True expected, False found", StringComparison.Ordinal));
        Assert.Contains("The books do not tie", await (await app.OwnerAsync()).PageAsync("/clinic/practice"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_owner_sees_what_was_used_and_what_it_cost_and_notes_what_it_brought_in(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var vial = await clinic.Stock.DoAsync(async s =>
        {
            var id = Guid.CreateVersion7();
            Assert.Null(await s.GetRequiredService<ReceiveVial>().Handle(id, new NewVial("onabotulinumtoxinA", new Toxin.Units(100), "X1", new DateOnly(2027, 5, 31), Cost: 180.05m), "Nurse", Token));
            Assert.Null(await s.GetRequiredService<HandleVial>().Mix(id, new Toxin.Millilitres(4), null, "Nurse", Token));
            Assert.Null(await s.GetRequiredService<HandleVial>().Waste(id, Guid.CreateVersion7(), new Toxin.Units(2.5m), "spilled", "Nurse", Token));
            return id;
        });
        var body = clinic.Body(ready);
        body["vialId"] = vial;
        var treatment = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.OK, (await clinic.SendAsync(treatment, body)).StatusCode);
        Assert.Null(await clinic.Stock.DoAsync(s => s.GetRequiredService<HandleVial>().Close(vial, "Nurse", Token)));
        await clinic.Stock.DoAsync(async s =>
        {
            var (db, yesterday) = (s.GetRequiredService<FacialisDb>(), app.Clock.GetUtcNow().AddDays(-1));
            db.Add(new Visit { Id = Guid.CreateVersion7(), PatientId = ready.Patient, At = yesterday, Purpose = VisitPurpose.Treatment });
            db.Add(new Visit { Id = Guid.CreateVersion7(), PatientId = ready.Patient, At = yesterday, Purpose = VisitPurpose.Treatment, ArrivedAt = yesterday });
            db.Add(new Visit { Id = Guid.CreateVersion7(), PatientId = ready.Patient, At = yesterday, Purpose = VisitPurpose.Treatment, CancelledAt = yesterday.AddDays(-1) });
            db.Add(new Visit { Id = Guid.CreateVersion7(), PatientId = ready.Patient, At = app.Clock.GetUtcNow().AddHours(-1), Purpose = VisitPurpose.Treatment }); // today is not over
            return await db.SaveChangesAsync(Token);
        });
        var fees = $"/clinic/practice/fees?month={MonthRange.Text(clinic.Today)}";

        var wrong = await clinic.Owner.Browser.SendFormAsync(fees, "fees", new() { [$"fee-{treatment:N}"] = "1,234" });
        Assert.Contains("Nothing was kept yet", await wrong.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await clinic.Owner.Browser.SendFormAsync(fees, "fees", new() { [$"fee-{treatment:N}"] = "95,50" })).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await clinic.Owner.Browser.SendFormAsync(fees, "fees", new() { [$"fee-{treatment:N}"] = "99.50" })).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await clinic.Owner.Browser.SendFormAsync("/clinic/practice", "currency", new() { ["Currency"] = "gbp" })).StatusCode);

        // 2.5 U of 100 U are 2.5 % of 180.05.
        var page = WebUtility.HtmlDecode(await clinic.Owner.PageAsync("/clinic/practice"));
        Assert.Contains("200 U (onabotulinumtoxinA) received = 2.5 given + 2.5 wasted + 95 thrown away + 100 left", page, StringComparison.Ordinal);
        Assert.Contains("180.05 GBP, is shared to the cent. 1 vial without a cost", page, StringComparison.Ordinal);
        Assert.Contains("1 of 2 visits of past days (50 %, 95 % interval", page, StringComparison.Ordinal);
        Assert.Contains("0 of 1 patients who were treated here", page, StringComparison.Ordinal);
        Assert.Contains("99.50 (of 1)", page, StringComparison.Ordinal);
        Assert.Contains("95.00 (of 1)", page, StringComparison.Ordinal); // 99.50 less 4.50
        var units = await clinic.Owner.Browser.GetStringAsync("/api/practice/units.csv", Token);
        Assert.Equal(string.Join(',', PracticeEndpoints.UnitColumns), units.Split("\r\n")[0]);
        Assert.Contains(",U (onabotulinumtoxinA),2,2.5,2.5,95,GBP,4.50,4.50,171.05,0", units, StringComparison.Ordinal);
        var months = await clinic.Owner.Browser.GetStringAsync("/api/practice/months.csv", Token);
        Assert.Equal(string.Join(',', PracticeEndpoints.MonthColumns), months.Split("\r\n")[0]);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{MonthRange.Text(clinic.Today)},1,GBP,99.50,1,4.50,1,95.00,1,2,1"), months, StringComparison.Ordinal);
        Assert.Equal(["noted", "corrected"], (await app.LogAsync(await app.FirstClinicAsync())).Where(e => e is { Action: AuditAction.Write, What: "treatment fee" }).Select(e => e.Detail!));
        Assert.Equal(HttpStatusCode.BadRequest, (await clinic.Owner.Browser.GetAsync("/api/practice/units.csv?from=2026-12&to=2026-01", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.PersonAsync("assistant")).Browser.GetAsync("/api/practice/units.csv", Token)).StatusCode);
    }

    [Fact]
    public async Task An_empty_clinic_says_so()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var page = await (await app.OwnerAsync()).PageAsync("/clinic/practice?from=spring");

        Assert.Contains("No vial yet", page, StringComparison.Ordinal);
        Assert.Contains("No treatment in these months.", page, StringComparison.Ordinal);
        Assert.Contains("Choose months like 2026-11", page, StringComparison.Ordinal);
    }
}
