using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Facialis.Academy.Practice;
using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Toxin;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Scoring;
using Facialis.Web.Tests.Clinic;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Academy;

/// <summary>A case from meeting the virtual patient to the debrief, over pages and API.</summary>
public sealed class PracticeTests
{
    private static readonly string[] Sites = ["OO_UP_PT_LAT", "OO_LO_PT_LAT", "OO_ORB_LATCANTH", "OO_ORB_INFLAT"];

    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_case_is_met_measured_planned_injected_followed_twice_and_told(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var learner = await app.PersonAsync(Role.Learner);
        var charts = await ChartsAsync(app);
        var address = await StartAsync(learner, "winking");

        await FormAsync(learner, address, "ask", "Topic", "hearing");
        await FormAsync(learner, address, "ask", "Topic", "all");
        Assert.Contains("I have never had such injections.", WebUtility.HtmlDecode(await learner.PageAsync(address)), StringComparison.Ordinal);

        await FormAsync(learner, address + "/watch", "measure", "Verb", "measure");
        Assert.Contains("95\u00A0% interval", WebUtility.HtmlDecode(await learner.PageAsync(address + "/watch")), StringComparison.Ordinal);

        await PlanAsync(learner, address, "patientRight", 1.25m);
        Assert.EndsWith("/weeks", await FormAsync(learner, address + "/inject", "inject", "Verb", "inject"), StringComparison.Ordinal);
        var weeks = await learner.JsonAsync(Api(address) + "/weeks");
        Assert.Equal(17, weeks.GetArrayLength());
        Assert.Equal(1, weeks[0].GetProperty("severity").GetDouble(), 3);
        Assert.InRange(weeks[3].GetProperty("severity").GetDouble(), 0, 0.8);

        Assert.EndsWith("/plan", await FormAsync(learner, address + "/weeks", "second", "Week", "13"), StringComparison.Ordinal);
        await PlanAsync(learner, address, "patientRight", 2.5m);
        await FormAsync(learner, address + "/inject", "inject", "Verb", "inject");
        Assert.EndsWith("/debrief", await FormAsync(learner, address + "/weeks", "end", "Verb", "end"), StringComparison.Ordinal);

        var debrief = WebUtility.HtmlDecode(await learner.PageAsync(address + "/debrief"));
        Assert.Contains("Passed", debrief, StringComparison.Ordinal);
        Assert.Contains("Second treatment after 13 weeks: the interval was kept.", debrief, StringComparison.Ordinal);
        Assert.Contains("2.5 U more at point", debrief, StringComparison.Ordinal);
        Assert.Contains("seed 843", debrief, StringComparison.Ordinal);
        Assert.Equal(charts, await ChartsAsync(app)); // nothing of it went into a chart
    }

    [Fact]
    public async Task The_same_attempt_scores_the_same_and_another_dose_does_not()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var learner = await app.PersonAsync(Role.Learner);
        List<PlanScore> scores = [];
        foreach (var units in (decimal[])[1.25m, 1.25m, 2.5m])
        {
            var address = await StartAsync(learner, "winking");
            await PlanAsync(learner, address, "patientRight", units);
            await FormAsync(learner, address + "/inject", "inject", "Verb", "inject");
            await FormAsync(learner, address + "/weeks", "end", "Verb", "end");
            scores.Add((await ResultAsync(app, address)).Outcome!); // something was injected
        }

        Assert.Equal(scores[0].Skill, scores[1].Skill);
        Assert.Equal(scores[0].StandardError, scores[1].StandardError);
        Assert.NotEqual(scores[0].Skill, scores[2].Skill);
        Assert.All(scores, score => Assert.InRange(score.Skill, 1, 100));
    }

    [Fact]
    public async Task The_wrong_side_ends_the_case_with_what_would_have_happened()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var learner = await app.PersonAsync(Role.Learner);
        var address = await StartAsync(learner, "winking");
        await PlanAsync(learner, address, "patientLeft", 1.25m);

        Assert.EndsWith("/debrief", await FormAsync(learner, address + "/inject", "inject", "Verb", "inject"), StringComparison.Ordinal);

        var debrief = WebUtility.HtmlDecode(await learner.PageAsync(address + "/debrief"));
        Assert.Contains("Ended: not safe", debrief, StringComparison.Ordinal);
        Assert.Contains("Wrong side, point 1:", debrief, StringComparison.Ordinal);
        Assert.Contains("The healthy side would have been weak", debrief, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await learner.Browser.GetAsync(Api(address) + "/planning", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("weak", "Contraindicated", PracticeEnding.RightlyDeclined)]
    [InlineData("ringing", "RedFlag", PracticeEnding.RightlyDeclined)]
    [InlineData("winking", "Contraindicated", PracticeEnding.WronglyDeclined)]
    public async Task Not_to_inject_is_right_where_something_speaks_against_it(string caseId, string reason, object ending)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var learner = await app.PersonAsync(Role.Learner);
        var address = await StartAsync(learner, caseId);

        Assert.EndsWith("/debrief", await FormAsync(learner, address + "/plan", "decline", "Reason", reason), StringComparison.Ordinal);

        Assert.Equal(ending, (await AttemptAsync(app, address)).Ending);
        await learner.PageAsync(address + "/debrief");
    }

    [Fact]
    public async Task Somebody_elses_attempt_is_not_there_and_a_learner_sees_no_chart()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var learner = await app.PersonAsync(Role.Learner);
        var address = await StartAsync(learner, "choir");
        var other = await app.OwnerAsync();

        foreach (var page in (string[])["", "/watch", "/plan", "/inject", "/weeks", "/debrief"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.GetAsync(address + page, TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.GetAsync(Api(address) + "/planning", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await learner.CallAsync(HttpMethod.Get, "/api/patients")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await learner.CallAsync(HttpMethod.Get, "/api/face-map")).StatusCode);
    }

    [Fact]
    public async Task In_an_examination_the_rules_say_nothing()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var learner = await app.PersonAsync(Role.Learner);
        var body = Body(0, "patientRight", 60);

        var shown = await learner.CallAsync(HttpMethod.Post, Api(await StartAsync(learner, "winking")) + "/review", body);
        var hidden = await learner.CallAsync(HttpMethod.Post, Api(await StartAsync(learner, "winking", "hidden")) + "/review", Body(0, "patientRight", 60));

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.NotEqual(0, (await shown.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("findings").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task Two_windows_are_told_and_bad_plans_are_answered_in_words()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var learner = await app.PersonAsync(Role.Learner);
        var address = await StartAsync(learner, "winking");
        await PlanAsync(learner, address, "patientRight", 1.25m);

        var late = await learner.CallAsync(HttpMethod.Put, Api(address) + "/plan", Body(0, "patientRight", 2.5m));
        var other = await learner.CallAsync(HttpMethod.Put, Api(address) + "/plan", Body(1, "patientRight", 2.5m, product: "incobotulinumtoxinA"));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("only", await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_recording_of_a_week_is_a_recording_like_any_other()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var learner = await app.PersonAsync(Role.Learner);
        var address = Api(await StartAsync(learner, "winking")) + "/recording.facerec";

        var first = await learner.Browser.GetByteArrayAsync(address, TestContext.Current.CancellationToken);
        var again = await learner.Browser.GetByteArrayAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(first, again);
        using var reader = RecordingFiles.Open(new MemoryStream(first));
        Assert.Equal(478, reader.Header.LandmarkIndices.Count);
        Assert.Equal(HttpStatusCode.NotFound, (await learner.Browser.GetAsync(address + "?week=3", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public void Every_case_is_what_it_says()
    {
        var people = PracticeCases.All.ToDictionary(c => c.Id, c => VirtualPerson.FromSeed(c.Seed));

        Assert.Equal(PracticeCases.All.Count, people.Count);
        Assert.Equal(["not-today", "sore", "weak"], people.Where(p => p.Value.IsContraindicated).Select(p => p.Key).Order());
        Assert.Equal(["ringing"], people.Where(p => p.Value.RedFlags.Count > 0).Select(p => p.Key));
        Assert.Equal(Side.PatientRight, people["winking"].Side);
        Assert.Equal(Side.PatientLeft, people["choir"].Side);
        Assert.Equal(SpasmPattern.Tonic, people["holds"].Spasm.Pattern);
        Assert.Equal(Answer.Yes, people["thinner"].Answers[HealthQuestion.AnticoagulantOrBleeding]);
        Assert.True(people["delicate"].Frailty.SideEffects > 1);
        Assert.True(people["little"].Frailty.Dose > 1);
        Assert.NotEmpty(people["driver"].Past);
        Assert.All(people.Values, person => Assert.All(person.Spoken, said => Assert.Contains(said.Topic, PracticeWords.Questions.Keys)));
    }

    private static string Api(string address) => address.Replace("/academy/practice/", "/api/practice/attempts/", StringComparison.Ordinal);

    private static async Task<string> StartAsync(SignedIn learner, string caseId, string rules = "shown")
    {
        var answer = await learner.Browser.SendFormAsync("/academy/practice", "start-" + caseId, new() { ["Rules"] = rules });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return PathOf(answer);
    }

    /// <returns>Where it leads.</returns>
    private static async Task<string> FormAsync(SignedIn learner, string page, string form, string field, string value)
    {
        var answer = await learner.Browser.SendFormAsync(page, form, new() { [field] = value });
        Assert.True(answer.StatusCode == HttpStatusCode.Found, $"{page}: {answer.StatusCode}");
        return PathOf(answer);
    }

    private static string PathOf(HttpResponseMessage answer)
    {
        var to = answer.Headers.Location!.ToString(); // a redirect says where
        return (to.StartsWith('/') ? to : new Uri(to).PathAndQuery).Split('#')[0];
    }

    private static async Task PlanAsync(SignedIn learner, string address, string side, decimal units)
    {
        var revision = (await learner.JsonAsync(Api(address) + "/planning")).GetProperty("open").GetProperty("revision").GetInt32();
        var saved = await learner.CallAsync(HttpMethod.Put, Api(address) + "/plan", Body(revision, side, units));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
    }

    private static JsonContent Body(int revision, string side, decimal units, string product = "onabotulinumtoxinA") => JsonContent.Create(new
    {
        patientId = Guid.CreateVersion7(), // the map sends one; nothing reads it
        revision,
        changeId = Guid.CreateVersion7(),
        side,
        productId = product,
        vialUnits = 100,
        diluentMl = 4,
        points = Sites.Select(id => FaceAtlas.Current.FindSite(id)!).Select(site => new // sites of the atlas
        {
            id = Guid.CreateVersion7(),
            siteId = site.Id,
            side,
            lateralIpd = site.UsualPoint.LateralIpd,
            downIpd = site.UsualPoint.DownIpd,
            depth = JsonNamingPolicy.CamelCase.ConvertName(site.Depth.ToString()),
            units,
        }),
    });

    private static async Task<PracticeAttempt> AttemptAsync(FacialisApp app, string address)
    {
        var id = Guid.Parse(address.Split('/')[^1]);
        return await app.WithAsync((FacialisDb db) => db.Set<PracticeAttempt>().IgnoreQueryFilters().SingleAsync(a => a.Id == id, TestContext.Current.CancellationToken));
    }

    private static async Task<PracticeResult> ResultAsync(FacialisApp app, string address) => (await AttemptAsync(app, address)).Result!; // it ended

    private static Task<(int, int, int)> ChartsAsync(FacialisApp app) => app.WithAsync(async (FacialisDb db) => (
        await db.Set<Patient>().IgnoreQueryFilters().CountAsync(TestContext.Current.CancellationToken),
        await db.Set<PlanDraft>().IgnoreQueryFilters().CountAsync(TestContext.Current.CancellationToken),
        await db.Set<Treatment>().IgnoreQueryFilters().CountAsync(TestContext.Current.CancellationToken)));
}
