using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Vials;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Toxin;
using Facialis.Web.Tests.Clinic.Charts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using IdentityHouse = Facialis.Web.Tests.Identity.IdentityHouse;

namespace Facialis.Web.Tests.Clinic.Injections;

/// <summary>Signing what was done: all of it or nothing, once, and only what the chart and the rules let through.</summary>
public sealed class SigningTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_signature_keeps_treatment_draws_plan_answers_and_log_together(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");

        var treatment = await clinic.SignAsync(ready);

        var signed = Assert.Single(await clinic.VersionsAsync(treatment));
        Assert.True(signed.IsValid);
        var record = signed.Record!; // it is valid
        Assert.Equal((2.5m, "BOTOX (onabotulinumtoxinA)", "Left", "password or code"), (record.TotalUnits, record.ProductName, record.Condition.Side, record.Signer.ProvedBy));
        Assert.Equal([(1, "OO_UP_PT_MED", 1.25m, 0.05m), (2, "OO_UP_PT_LAT", 1.25m, 0.05m)], record.Points.Select(p => (p.Number, p.Site, p.Units, p.VolumeMl)));
        Assert.Equal(("C7654C3", 100m, 4m), (record.Vial.Lot, record.Vial.Units, record.Vial.DiluentMl));
        var movements = await clinic.Stock.MovementsAsync(clinic.Vial);
        Assert.Equal(ready.Points.Order(), movements.Select(m => m.PointId!.Value).Order());
        Assert.All(movements, m => Assert.Equal((treatment, ready.Patient, 125L), (m.TreatmentId!.Value, m.PatientId!.Value, m.Hundredths)));
        Assert.Equal(new Dose(Vials.Stock.Ona, 97.5m), (await clinic.Stock.FindAsync(clinic.Vial)).Left);
        await clinic.Stock.DoAsync(async services =>
        {
            var db = services.GetRequiredService<FacialisDb>();
            Assert.Equal(PlanState.Closed, (await db.Set<PlanDraft>().SingleAsync(Token)).State);
            Assert.Equal(treatment, (await db.Set<IntakeAnswers>().SingleAsync(Token)).TreatmentId);
            var entry = await db.Set<AuditEntry>().SingleAsync(e => e.Action == AuditAction.Sign, Token);
            Assert.Equal((treatment, ready.Patient), (entry.SubjectId!.Value, entry.PatientId!.Value));
            Assert.Contains(signed.HashText, entry.Detail, StringComparison.Ordinal);
            return true;
        });
        Assert.Contains("made again: the same", await clinic.Owner.PageAsync($"/clinic/treatments/{treatment}"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_same_request_many_times_is_one_treatment(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var (treatment, body) = (Guid.CreateVersion7(), clinic.Body(ready));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => clinic.SendAsync(treatment, body)));
        var again = await clinic.SendAsync(treatment, body);

        Assert.All([.. answers, again], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Append(again).Select(a => a.Content.ReadFromJsonAsync<JsonElement>(Token)))).Select(a => a.GetProperty("sha256").GetString()).Distinct());
        Assert.Equal((1, 2), (await clinic.CountAsync<Treatment>(), await clinic.CountAsync<VialMovement>()));
        var other = await clinic.PatientAsync("P-2");
        Assert.Equal(HttpStatusCode.Conflict, (await clinic.SendAsync(treatment, clinic.Body(other))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_tablets_that_sign_one_plan_make_one_treatment(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(ready))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.True(a.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound, a.StatusCode.ToString()));
        Assert.Equal((1, 2, 250L), (await clinic.CountAsync<Treatment>(), await clinic.CountAsync<VialMovement>(), (await clinic.Stock.FindAsync(clinic.Vial)).DrawnHundredths));
    }

    [Fact]
    public async Task What_nobody_asked_holds_the_signature_up_and_nothing_is_kept()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1", asked: false);

        var held = await (await clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(ready))).HeldByAsync();

        Assert.Equal(["INTAKE-NOT-ASKED"], held);
        Assert.Equal((0, 0), (await clinic.CountAsync<Treatment>(), await clinic.CountAsync<VialMovement>()));
        Assert.Contains("Ask the health questions", await clinic.Owner.PageAsync($"/clinic/patients/{ready.Patient}/sign"), StringComparison.Ordinal);
        await clinic.AskAsync(ready.Patient);
        var first = await clinic.SignAsync(ready);

        // The answers served one treatment; the next asks anew.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await clinic.PlanAsync(ready.Patient, Guid.CreateVersion7(), 0);
        Assert.Contains("INTAKE-NOT-ASKED", await (await clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(next))).HeldByAsync());
        Assert.Single(await clinic.VersionsAsync(first));
    }

    [Fact]
    public async Task A_treatment_within_the_interval_needs_a_reason_which_is_kept()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        await clinic.SignAsync(ready);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await clinic.AskAsync(ready.Patient);
        var next = await clinic.PlanAsync(ready.Patient, Guid.CreateVersion7(), 0);

        var held = await (await clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(next))).HeldByAsync();
        Assert.Contains(held, rule => rule.Contains("INT", StringComparison.Ordinal));
        var body = clinic.Body(next);
        body["reasons"] = new JsonArray([.. held.Select(rule => new JsonObject { ["key"] = rule, ["reason"] = "Wore off early." })]);
        var treatment = Guid.CreateVersion7();
        var answer = await clinic.SendAsync(treatment, body);

        Assert.True(answer.IsSuccessStatusCode, await answer.TextAsync());
        Assert.Contains(Assert.Single(await clinic.VersionsAsync(treatment)).Record!.Findings, f => f.Reason == "Wore off early.");
    }

    [Fact]
    public async Task A_link_or_an_old_proof_is_no_signature()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var byLink = await app.PersonAsync(Role.Injector);

        Assert.Equal(HttpStatusCode.Forbidden, (await clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(ready), byLink)).StatusCode);
        Assert.Contains("that is no signature", await byLink.PageAsync($"/clinic/patients/{ready.Patient}/sign"), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(4));
        await clinic.Owner.PageAsync("/");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(ready))).StatusCode);
        Assert.Equal(0, await clinic.CountAsync<Treatment>());
    }

    [Fact]
    public async Task Who_may_not_sign_does_not_and_another_clinic_sees_nothing()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        foreach (var role in new[] { Role.Assistant, Role.Reader, Role.SecondSigner })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(ready), await app.WithPasswordAsync(role))).StatusCode);
        }

        var other = await app.OtherClinicAsync();
        await IdentityHouse.SetPasswordAsync(other);
        await other.ProveAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(ready), other)).StatusCode);
        var treatment = await clinic.SignAsync(ready);
        foreach (var address in new[] { $"/api/treatments/{treatment}", $"/clinic/treatments/{treatment}", $"/clinic/treatments/{treatment}/amend", $"/clinic/patients/{ready.Patient}/sign" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.GetAsync(address, Token)).StatusCode);
        }
    }

    [Fact]
    public async Task What_was_not_done_as_planned_is_said_and_only_what_went_in_is_drawn()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var body = clinic.Body(ready);
        body["given"] = new JsonArray(
            new JsonObject { ["pointId"] = ready.Points[0], ["units"] = 0 }, new JsonObject { ["pointId"] = ready.Points[1], ["units"] = 1 });

        Assert.Contains("say why", await (await clinic.SendAsync(Guid.CreateVersion7(), body)).TextAsync(), StringComparison.Ordinal);
        body["deviation"] = "The patient had enough.";
        var treatment = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.OK, (await clinic.SendAsync(treatment, body)).StatusCode);

        var record = Assert.Single(await clinic.VersionsAsync(treatment)).Record!;
        Assert.Equal(("The patient had enough.", 1m), (record.Deviation, record.TotalUnits));
        Assert.Equal((ready.Points[1], 1m, 1.25m), Assert.Single(record.Points.Select(p => (p.Id, p.Units, p.PlannedUnits))));
        Assert.Equal(ready.Points[0], Assert.Single(record.NotGiven).Id);
        Assert.Equal((ready.Points[1], 100L), Assert.Single((await clinic.Stock.MovementsAsync(clinic.Vial)).Select(m => (m.PointId!.Value, m.Hundredths))));
        body["given"] = new JsonArray(new JsonObject { ["pointId"] = ready.Points[1], ["units"] = 1.1 });
        Assert.Contains("steps of 0.25", await (await clinic.SendAsync(Guid.CreateVersion7(), body)).TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_vial_that_holds_too_little_gives_to_one_of_two(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        await clinic.Stock.DrawAsync(clinic.Vial, 96);
        var (one, two) = (await clinic.PatientAsync("P-1"), await clinic.PatientAsync("P-2"));
        var answers = await Task.WhenAll(new[] { one, two }.Select(ready => clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(ready))));

        Assert.Equal([HttpStatusCode.OK], answers.Where(a => a.IsSuccessStatusCode).Select(a => a.StatusCode));
        Assert.Equal((1, 98_50L), (await clinic.CountAsync<Treatment>(), (await clinic.Stock.FindAsync(clinic.Vial)).DrawnHundredths));
        Assert.Equal(1, await clinic.Stock.DoAsync(s => s.GetRequiredService<FacialisDb>().Set<PlanDraft>().CountAsync(p => p.State == PlanState.Open, Token)));
    }

    [Fact]
    public async Task A_plan_changed_meanwhile_is_not_signed()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        await clinic.PlanAsync(ready.Patient, ready.Plan, ready.Revision, 2.5m);

        var answer = await clinic.SendAsync(Guid.CreateVersion7(), clinic.Body(ready));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("changed since", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Above_a_ceiling_a_second_person_agrees_first_and_only_to_that_very_plan()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1", pregnant: Answer.Yes);
        var body = clinic.Body(ready);
        body["reasons"] = new JsonArray(new JsonObject { ["key"] = "POLICY-PREGNANCY", ["reason"] = "Sight at risk." });
        Assert.Equal(["POLICY-PREGNANCY"], await (await clinic.SendAsync(Guid.CreateVersion7(), body)).HeldByAsync());

        var page = $"/clinic/patients/{ready.Patient}/countersign";
        var agree = new Dictionary<string, string> { ["Reason"] = "Agreed with her obstetrician." };
        Assert.Equal(HttpStatusCode.Redirect, (await clinic.Owner.Browser.SendFormAsync(page, "countersign", agree)).StatusCode);
        Assert.Contains("cannot sign", await (await clinic.SendAsync(Guid.CreateVersion7(), body)).TextAsync(), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await app.WithPasswordAsync(Role.SecondSigner);
        Assert.Contains("Planned, in units of BOTOX", await second.PageAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await second.Browser.SendFormAsync(page, "countersign", agree)).StatusCode);

        var changed = await clinic.PlanAsync(ready.Patient, ready.Plan, ready.Revision, 2.5m);
        body["planRevision"] = changed.Revision;
        Assert.Equal(["POLICY-PREGNANCY"], await (await clinic.SendAsync(Guid.CreateVersion7(), body)).HeldByAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await second.Browser.SendFormAsync(page, "countersign", agree)).StatusCode);
        var treatment = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.OK, (await clinic.SendAsync(treatment, body)).StatusCode);
        var record = Assert.Single(await clinic.VersionsAsync(treatment)).Record!;
        Assert.Equal(("Some second-signer", "Agreed with her obstetrician."), (record.SecondSigner!.Name, record.SecondSigner.Reason));
    }

    [Fact]
    public async Task Without_script_the_form_signs_with_a_password()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        app.Clock.Advance(TimeSpan.FromMinutes(4));
        await clinic.Owner.PageAsync("/");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var page = $"/clinic/patients/{ready.Patient}/sign";

        var wrong = await clinic.Owner.Browser.SendFormAsync(page, "sign", new() { ["Proof"] = "not this" });
        Assert.Contains("That did not work", await wrong.TextAsync(), StringComparison.Ordinal);
        var none = await clinic.Owner.Browser.SendFormAsync(page, "sign", []);
        Assert.Contains("Prove with this signature", await none.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await clinic.CountAsync<Treatment>());
        var right = await clinic.Owner.Browser.SendFormAsync(page, "sign", new() { ["Proof"] = IdentityHouse.Password });

        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        var html = await clinic.Owner.PageAsync(right.Headers.Location!.ToString()); // a redirect says where
        Assert.Contains("Signed.", html, StringComparison.Ordinal);
        Assert.Contains(">Right</span>", html, StringComparison.Ordinal);
        Assert.Contains("2.5 U BOTOX (onabotulinumtoxinA)", html, StringComparison.Ordinal);
    }
}
