using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Vials;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Facialis.Web.Tests.Clinic.Charts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Injections;

/// <summary>A signed treatment is never changed; a later version says what was really done.</summary>
public sealed class AmendingTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_amendment_is_a_new_version_and_the_old_one_stays_valid(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var treatment = await clinic.SignAsync(ready);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var (version, body) = (Guid.CreateVersion7(), Body(clinic, ready, 2.5m));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(clinic, treatment, version, body)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        var versions = await clinic.VersionsAsync(treatment);
        Assert.Equal([1, 2], versions.Select(v => v.Row.Version));
        Assert.All(versions, v => Assert.True(v.IsValid));
        Assert.Equal([2.5m, 3.75m], versions.Select(v => v.Record!.TotalUnits));
        Assert.Equal((versions[0].HashText, "Typed wrong."), (versions[1].Record!.PreviousHash, versions[1].Record!.AmendReason));
        Assert.Equal(375, (await clinic.Stock.FindAsync(clinic.Vial)).DrawnHundredths);
        Assert.Equal(3, (await clinic.Stock.MovementsAsync(clinic.Vial)).Count);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(clinic, treatment, Guid.CreateVersion7(), body)).StatusCode); // it amends version 1, and there is a version 2
        Assert.Contains("stays valid for what it said", await clinic.Owner.PageAsync($"/clinic/treatments/{treatment}?version=1"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_books_of_a_closed_vial_still_balance(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var treatment = await clinic.SignAsync(ready);
        Assert.Null(await clinic.Stock.DoAsync(s => s.GetRequiredService<HandleVial>().Close(clinic.Vial, "Nurse", Token)));

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(clinic, treatment, Guid.CreateVersion7(), Body(clinic, ready, 0.5m))).StatusCode);
        var body = Body(clinic, ready, 5m);
        body["version"] = 2;
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(clinic, treatment, Guid.CreateVersion7(), body)).StatusCode);

        var vial = await clinic.Stock.FindAsync(clinic.Vial);
        Assert.Equal((625L, 9375L), (vial.DrawnHundredths, vial.DiscardedHundredths));
        var moved = (await clinic.Stock.MovementsAsync(clinic.Vial)).GroupBy(m => m.Kind).ToDictionary(g => g.Key, g => g.Sum(m => m.Hundredths));
        Assert.Equal(625, moved[VialMovementKind.Drawn] - moved[VialMovementKind.Returned]);
        Assert.Equal(9375, moved[VialMovementKind.Discarded] - moved[VialMovementKind.LessDiscarded]);
    }

    [Fact]
    public async Task Another_vial_gives_back_and_takes()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var treatment = await clinic.SignAsync(ready);
        var other = await clinic.Stock.MixedAsync();
        var body = Body(clinic, ready, 1.25m);
        body["vialId"] = other;

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(clinic, treatment, Guid.CreateVersion7(), body)).StatusCode);

        Assert.Equal((0L, 250L), ((await clinic.Stock.FindAsync(clinic.Vial)).DrawnHundredths, (await clinic.Stock.FindAsync(other)).DrawnHundredths));
        body["version"] = 2;
        body["vialId"] = await clinic.Stock.MixedAsync(product: "incobotulinumtoxinA");
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(clinic, treatment, Guid.CreateVersion7(), body)).StatusCode);
    }

    [Fact]
    public async Task Without_a_reason_or_with_a_site_that_is_none_nothing_is_amended()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var treatment = await clinic.SignAsync(ready);
        var (silent, strange) = (Body(clinic, ready, 2.5m), Body(clinic, ready, 2.5m));
        silent["reason"] = " ";
        strange["points"]![0]!["siteId"] = "NOSE_TIP";

        Assert.Contains("reason", await (await SendAsync(clinic, treatment, Guid.CreateVersion7(), silent)).TextAsync(), StringComparison.Ordinal);
        Assert.Contains("site of the face map", await (await SendAsync(clinic, treatment, Guid.CreateVersion7(), strange)).TextAsync(), StringComparison.Ordinal);
        Assert.Single(await clinic.VersionsAsync(treatment));
    }

    [Fact]
    public async Task Without_script_the_form_amends()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var treatment = await clinic.SignAsync(ready);
        var forgotten = new Dictionary<string, string>
        {
            ["VialId"] = clinic.Vial.ToString(),
            ["Reason"] = "One point was forgotten.",
            ["site.1"] = "OO_UP_PT_MED",
            ["side.1"] = "PatientLeft",
            ["units.1"] = "1,25",
            ["site.2"] = "OO_UP_PT_LAT",
            ["side.2"] = "PatientLeft",
            ["units.2"] = "1.25",
            ["site.3"] = "OO_LO_PT_LAT",
            ["side.3"] = "PatientLeft",
            ["units.3"] = "2.5",
        };

        var answer = await clinic.Owner.Browser.SendFormAsync($"/clinic/treatments/{treatment}/amend", "amend", forgotten);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var newest = (await clinic.VersionsAsync(treatment))[^1];
        Assert.Equal((3, 5m, true), (newest.Record!.Points.Count, newest.Record.TotalUnits, newest.IsValid));
        Assert.Equal(500, (await clinic.Stock.FindAsync(clinic.Vial)).DrawnHundredths);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_database_refuses_to_change_what_was_signed_and_a_change_past_it_shows(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        var treatment = await clinic.SignAsync(await clinic.PatientAsync("P-1"));
        foreach (var sql in new[] { "UPDATE clinic_treatment SET \"Lot\" = 'X'", "DELETE FROM clinic_treatment" })
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => clinic.Stock.DoAsync(
                s => s.GetRequiredService<FacialisDb>().Database.ExecuteSqlRawAsync(sql, Token)));
        }

        await app.AsDatabaseOwnerAsync(database == Database.Sqlite ? "DROP TRIGGER clinic_treatment_keeps" : "ALTER TABLE clinic_treatment DISABLE TRIGGER ALL; ALTER TABLE clinic_treatment NO FORCE ROW LEVEL SECURITY");
        await app.AsDatabaseOwnerAsync("UPDATE clinic_treatment SET \"Lot\" = 'X'");

        Assert.False(Assert.Single(await clinic.VersionsAsync(treatment)).IsValid);
        Assert.Contains("This does not hold", await clinic.Owner.PageAsync($"/clinic/treatments/{treatment}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_treatment_is_repeated_as_it_was_given_and_a_silent_copy_is_not_signed()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var body = clinic.Body(ready);
        body["given"] = new JsonArray(new JsonObject { ["pointId"] = ready.Points[1], ["units"] = 1 });
        body["deviation"] = "Less was enough.";
        Assert.Equal(HttpStatusCode.OK, (await clinic.SendAsync(Guid.CreateVersion7(), body)).StatusCode);
        app.GoOn(TimeSpan.FromDays(100));
        await clinic.SignInAgainAsync();
        await clinic.AskAsync(ready.Patient, pregnant: Answer.Yes);
        var copy = Guid.CreateVersion7();

        Assert.Equal(HttpStatusCode.OK, (await clinic.Owner.CallAsync(HttpMethod.Post, $"/api/patients/{ready.Patient}/plans/repeat", JsonContent.Create(new { id = copy }))).StatusCode);

        var open = await clinic.Owner.JsonAsync($"/api/plans/{copy}");
        Assert.Equal([1.25m, 1m], open.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("units").GetDecimal()));
        Assert.Contains(open.GetProperty("differences").EnumerateArray(), d => d.GetProperty("key").GetString() == "alerts:POLICY-PREGNANCY");
        var next = new JsonObject { ["patientId"] = ready.Patient, ["planId"] = copy, ["planRevision"] = 1, ["vialId"] = await clinic.Stock.MixedAsync() };
        var held = await (await clinic.SendAsync(Guid.CreateVersion7(), next)).HeldByAsync();
        Assert.Contains("COPY-UNCONFIRMED", held);
        Assert.Contains("COPY-DIFFERS alerts:POLICY-PREGNANCY", held);
    }

    private static JsonObject Body(Signing clinic, ReadyPatient ready, decimal second) => new()
    {
        ["version"] = 1,
        ["reason"] = "Typed wrong.",
        ["vialId"] = clinic.Vial,
        ["points"] = new JsonArray(
            new JsonObject { ["id"] = ready.Points[0], ["siteId"] = "OO_UP_PT_MED", ["side"] = "patientLeft", ["units"] = 1.25m },
            new JsonObject { ["id"] = ready.Points[1], ["siteId"] = "OO_UP_PT_LAT", ["side"] = "patientLeft", ["units"] = second }),
    };

    private static Task<HttpResponseMessage> SendAsync(Signing clinic, Guid treatment, Guid version, JsonObject body) =>
        clinic.Owner.CallAsync(HttpMethod.Put, $"/api/treatments/{treatment}/versions/{version}", JsonContent.Create(body));
}
