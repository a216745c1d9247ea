using System.Net;
using System.Net.Http.Json;
using Facialis.Clinic.Charts;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Toxin;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Injections;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.FollowUps;

/// <summary>What is urgent wherever it is typed, what was measured before and after, and the series that forecasts begin with.</summary>
public sealed class OutcomeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task What_is_urgent_is_raised_from_every_form_that_takes_words_of_a_patient(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");

        await clinic.Stock.DoAsync(async services =>
        {
            var chart = services.GetRequiredService<Chart>();
            Assert.True(await services.GetRequiredService<HealthIntake>().Record(Guid.CreateVersion7(), ready.Patient, HealthQuestionWords.Asked.ToDictionary(q => q, _ => Answer.No), "She cannot swallow bread", Token));
            Assert.Null(await chart.Record(Guid.CreateVersion7(), ready.Patient, new ConditionTyped { Side = ConditionSide.PatientLeft, Form = ConditionForm.Typical, Basis = "Trouble breathing at night" }, Token));
            Assert.Null(await chart.RecordEarlier(Guid.CreateVersion7(), ready.Patient, new PastTyped { Day = clinic.Today.AddDays(-200), Remarks = "Konnte danach nicht schlucken" }, null, Token));
            return true;
        });
        await RaisedAsync("health answers, condition, earlier treatment", 3);
        var body = clinic.Body(ready);
        body["remarks"] = "Choking on water since Monday";
        var signed = await clinic.SendAsync(Guid.CreateVersion7(), body);
        Assert.True(signed.StatusCode == HttpStatusCode.OK, await signed.TextAsync());
        await RaisedAsync("signature", 4);
        var announced = await clinic.Owner.CallAsync(HttpMethod.Put, $"/api/recordings/{Guid.CreateVersion7()}", JsonContent.Create(new { patientId = ready.Patient, notes = "Suddenly blind on one eye" }));
        Assert.Equal(HttpStatusCode.Created, announced.StatusCode);
        await RaisedAsync("recording", 5);
        var edit = $"/clinic/patients/{ready.Patient}/edit";
        foreach (var _ in (int[])[1, 2]) // the same notes once more are no new alarm
        {
            var sent = await clinic.Owner.Browser.SendFormAsync(edit, "edit-patient", new() { ["Form.FamilyName"] = "Baker", ["Form.Notes"] = "Phoned: swallowing is hard" });
            Assert.True(sent.StatusCode == HttpStatusCode.Found, await sent.TextAsync());
        }

        await RaisedAsync("notes", 6);
        Assert.Contains("Urgent:", await clinic.Owner.PageAsync($"/clinic/patients/{ready.Patient}"), StringComparison.Ordinal);
        Assert.All(await clinic.RowsAsync<UrgentReport>(), report => Assert.Equal(ready.Patient, report.PatientId));

        async Task RaisedAsync(string where, int all)
        {
            var now = (await clinic.RowsAsync<UrgentReport>()).Count;
            Assert.True(now == all, $"After {where}: {now} urgent reports, not {all}.");
        }
    }

    [Fact]
    public async Task A_follow_up_shows_what_was_measured_before_and_after_the_treatment()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        var before = await clinic.Owner.UploadAsync(ready.Patient, RecordingBytes.OfManySpasms);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await clinic.SignAsync(ready);
        var page = $"/clinic/patients/{ready.Patient}/follow-up";
        Assert.Contains("no pair of recordings", await clinic.Owner.PageAsync(page), StringComparison.Ordinal);

        app.GoOn(TimeSpan.FromDays(15));
        await clinic.SignInAgainAsync();
        var after = await clinic.Owner.UploadAsync(ready.Patient, RecordingBytes.OfFewSpasms);

        var shown = WebUtility.HtmlDecode(await clinic.Owner.PageAsync(page));
        Assert.Contains("day 15 after the treatment", shown, StringComparison.Ordinal);
        Assert.Contains($"before={before}&after={after}", shown, StringComparison.Ordinal);
        var compared = WebUtility.HtmlDecode(await clinic.Owner.PageAsync($"/clinic/recordings/compare?before={before}&after={after}"));
        var sentence = shown.Split("Left</span>: ")[^1].Split('<')[0].Trim();
        Assert.True(sentence.Length > 20 && compared.Contains(sentence, StringComparison.Ordinal), $"\"{sentence}\" is not what comparing says.");
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task An_owner_chooses_the_series_that_forecasts_begin_with(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, _) = await Signing.TreatedAsync(app);
        Assert.Equal(WearOffPopulation.BentivoglioOna, await SourceAsync(clinic));

        var refused = await clinic.Owner.Browser.SendFormAsync("/clinic/due/forecast", "choose-population", new() { ["Population"] = "my-own" });
        Assert.Contains("Choose one of these series", await refused.TextAsync(), StringComparison.Ordinal);
        var chosen = await clinic.Owner.Browser.SendFormAsync("/clinic/due/forecast", "choose-population", new() { ["Population"] = WearOffPopulation.Kollewe.Id });
        Assert.Equal(HttpStatusCode.Found, chosen.StatusCode);
        Assert.Equal(WearOffPopulation.Kollewe, await SourceAsync(clinic));

        var injector = await app.PersonAsync(Role.Injector);
        var asInjector = await injector.Browser.SendFormAsync("/clinic/due/forecast", "choose-population", new() { ["Population"] = "" });
        Assert.Contains("Only an owner", await asInjector.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(WearOffPopulation.Kollewe, await SourceAsync(clinic));
        await clinic.Owner.Browser.SendFormAsync("/clinic/due/forecast", "choose-population", new() { ["Population"] = "" });
        Assert.Equal(WearOffPopulation.BentivoglioOna, await SourceAsync(clinic));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_visit_later_on_the_day_of_the_treatment_is_not_the_next_one(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, ready) = await Signing.TreatedAsync(app);
        await PlanAsync(app.Clock.GetUtcNow().AddMinutes(1)); // whoever came early was treated before the hour
        Assert.Null(await PlannedAsync());

        var next = app.Clock.GetUtcNow().AddDays(100);
        await PlanAsync(next);
        Assert.Equal(next, await PlannedAsync());

        Task<DateTimeOffset?> PlannedAsync() => clinic.Stock.DoAsync(async s => (await s.GetRequiredService<DueDates>().OfClinic(Token)).Single().PlannedFor);

        Task<int> PlanAsync(DateTimeOffset at) => app.InClinicAsync((FacialisDb db) =>
        {
            db.Add(new Visit { Id = Guid.CreateVersion7(), PatientId = ready.Patient, At = at, Purpose = VisitPurpose.Treatment });
            return db.SaveChangesAsync(Token);
        });
    }

    private static Task<WearOffPopulation?> SourceAsync(Signing clinic) => clinic.Stock.DoAsync(async s =>
        (await s.GetRequiredService<DueDates>().OfClinic(Token)).Single().Due.Forecast?.Source);
}
