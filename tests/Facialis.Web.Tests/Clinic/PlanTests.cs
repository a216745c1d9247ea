using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Plans;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic;

/// <summary>Drafting a plan: over the API as the map does, and by the plain form.</summary>
public sealed class PlanTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_plan_comes_back_as_it_was_saved(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var plan = Guid.CreateVersion7();
        var body = Body(patient, 0, Point("OO_UP_PT_LAT", "patientLeft", 0.6612m, -0.0701m, 1.25m), Point("ZMAJ_UP", "patientRight", 0.75m, 0.53m, 0.25m));

        Assert.Equal(HttpStatusCode.OK, (await PutAsync(owner, plan, body)).StatusCode);

        var read = (await owner.JsonAsync($"/api/patients/{patient}/planning")).GetProperty("open");
        Assert.Equal(plan, read.GetProperty("id").GetGuid());
        Assert.Equal(1, read.GetProperty("revision").GetInt32());
        Assert.Equal("patientLeft", read.GetProperty("side").GetString());
        Assert.Equal(100m, read.GetProperty("vialUnits").GetDecimal());
        var points = read.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(["OO_UP_PT_LAT patientLeft 0.6612 -0.0701 1.25", "ZMAJ_UP patientRight 0.75 0.53 0.25"], points.Select(Words));
        Assert.Equal(read.GetRawText(), (await owner.JsonAsync($"/api/plans/{plan}")).GetRawText());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_same_change_sent_again_is_saved_once(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var plan = Guid.CreateVersion7();
        var body = Body(patient, 0, Point("MENT", "patientLeft", 0.175m, 1.585m, 1m));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PutAsync(owner, plan, body)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var read = await owner.JsonAsync($"/api/plans/{plan}");
        Assert.Equal(1, read.GetProperty("revision").GetInt32());
        Assert.Equal(1, read.GetProperty("points").GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Of_two_who_edit_at_once_one_is_told_and_gets_the_plan_as_it_is(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var plan = Guid.CreateVersion7();
        await PutAsync(owner, plan, Body(patient, 0));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n =>
            PutAsync(owner, plan, Body(patient, 1, Point("DAO", "patientLeft", 0.52m, 1.3m, 0.25m * (n + 1))))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        var now = await owner.JsonAsync($"/api/plans/{plan}");
        Assert.Equal(2, now.GetProperty("revision").GetInt32());
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            Assert.Equal(now.GetRawText(), problem.GetProperty("plan").GetRawText());
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_tablets_that_begin_at_once_make_one_plan(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PutAsync(owner, Guid.CreateVersion7(), Body(patient, 0))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
    }

    [Fact]
    public async Task What_is_no_plan_is_refused_with_sentences()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var twice = Point("MENT", "patientLeft", 0.175m, 1.585m, 1m);
        (JsonObject Body, string Sentence)[] cases =
        [
            (Body(patient, 0, Point("ZMAJ", "patientLeft", 0.5m, 0.5m, 1m)), "no such site"),
            (Body(patient, 0, Point("MENT", "patientLeft", 0.175m, 1.585m, 1.3m)), "steps of 0.25 U"),
            (Body(patient, 0, Point("MENT", "patientLeft", 0.175m, 1.585m, -1m)), "steps of 0.25 U"),
            (Body(patient, 0, Point("MENT", "patientLeft", -0.1m, 1.585m, 1m)), "not on the face"),
            (Body(patient, 0, Point("MENT", "patientLeft", 0.17501m, 1.585m, 1m)), "not on the face"),
            (Body(patient, 0, twice, twice.DeepClone().AsObject()), "twice"),
            (With(Body(patient, 0), "productId", "saline"), "not in the catalogue"),
            (With(Body(patient, 0), "diluentMl", 0), "diluent"),
        ];
        foreach (var (body, sentence) in cases)
        {
            Assert.Contains(sentence, await (await PutAsync(owner, Guid.CreateVersion7(), body)).SentenceAsync(HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        }

        Assert.Equal(JsonValueKind.Null, (await owner.JsonAsync($"/api/patients/{patient}/planning")).GetProperty("open").ValueKind);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(owner, Guid.NewGuid(), Body(patient, 0))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Another_clinics_patient_and_plan_are_not_there(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var other = await app.OtherClinicAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var plan = Guid.CreateVersion7();
        await PutAsync(owner, plan, Body(patient, 0));

        foreach (var address in new[] { $"/api/plans/{plan}", $"/api/patients/{patient}/planning", $"/clinic/patients/{patient}/plan" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Browser.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(other, Guid.CreateVersion7(), Body(patient, 0))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(other, plan, Body(patient, 1))).StatusCode);
        var theirs = await other.AddPatientAsync("P-1");
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(other, plan, Body(theirs, 0))).StatusCode);
        Assert.Equal(1, (await owner.JsonAsync($"/api/plans/{plan}")).GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task A_plan_sent_for_another_patient_is_refused()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var (first, second) = (await owner.AddPatientAsync("P-1"), await owner.AddPatientAsync("P-2"));
        var plan = Guid.CreateVersion7();
        await PutAsync(owner, plan, Body(first, 0));

        Assert.Contains("another patient", await (await PutAsync(owner, plan, Body(second, 1))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_may_look_and_not_draft()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var reader = await app.PersonAsync(Role.Reader);

        Assert.Equal(HttpStatusCode.OK, (await reader.Browser.GetAsync($"/api/patients/{patient}/planning", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(reader, Guid.CreateVersion7(), Body(patient, 0))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_last_plan_is_repeated_with_every_point_to_be_confirmed(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        Assert.Equal(HttpStatusCode.NotFound, (await RepeatAsync(owner, patient, Guid.CreateVersion7())).StatusCode);
        await GiveAsync(app, owner, patient);

        var copy = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RepeatAsync(owner, patient, copy)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var planning = await owner.JsonAsync($"/api/patients/{patient}/planning");
        var (open, last) = (planning.GetProperty("open"), planning.GetProperty("last"));
        Assert.Equal(copy, open.GetProperty("id").GetGuid());
        Assert.Equal(last.GetProperty("points").EnumerateArray().Select(Words), open.GetProperty("points").EnumerateArray().Select(Words));
        Assert.All(open.GetProperty("points").EnumerateArray(), point =>
        {
            Assert.True(point.GetProperty("unconfirmed").GetBoolean());
            Assert.Equal(point.GetProperty("units").GetDecimal(), point.GetProperty("copiedUnits").GetDecimal());
        });
        var ids = open.GetProperty("points").EnumerateArray().Concat(last.GetProperty("points").EnumerateArray()).Select(p => p.GetProperty("id").GetGuid()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(open.GetProperty("differences").EnumerateArray());
        Assert.Equal(HttpStatusCode.Conflict, (await RepeatAsync(owner, patient, Guid.CreateVersion7())).StatusCode);
    }

    [Fact]
    public async Task A_copy_says_what_is_not_as_it_was_until_somebody_has_looked()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        await GiveAsync(app, owner, patient, rules: "older");
        var copy = Guid.CreateVersion7();
        await RepeatAsync(owner, patient, copy);
        var body = With(With(Body(patient, 1), "side", "patientRight"), "productId", "incobotulinumtoxinA");

        await PutAsync(owner, copy, body);

        var open = await owner.JsonAsync($"/api/plans/{copy}");
        var keys = open.GetProperty("differences").EnumerateArray().Select(d => d.GetProperty("key").GetString()!).ToList();
        Assert.Equal(["product", "side", "rules"], keys.Select(key => key.Split(':')[0]));
        await PutAsync(owner, copy, With(With(body, "lookedAt", JsonSerializer.SerializeToNode(keys)), "revision", 2, fresh: true));
        Assert.Equal(keys, (await owner.JsonAsync($"/api/plans/{copy}")).GetProperty("lookedAt").EnumerateArray().Select(key => key.GetString()!));
    }

    [Fact]
    public async Task A_plan_that_was_given_stays_as_it_was()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var given = await GiveAsync(app, owner, patient);

        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(owner, given, Body(patient, 1))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Without_script_the_form_saves_the_same_draft(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var page = $"/clinic/patients/{patient}/plan";

        var answer = await owner.Browser.SendFormAsync(page, "plan", new()
        {
            ["Form.Side"] = "PatientLeft",
            ["Form.ProductId"] = "onabotulinumtoxinA",
            ["Form.VialUnits"] = "100",
            ["Form.DiluentMl"] = "4",
            ["Form.Rows[0].SiteId"] = "OO_UP_PT_LAT",
            ["Form.Rows[0].Side"] = "PatientLeft",
            ["Form.Rows[0].Units"] = "2,5",
            ["Form.Rows[1].SiteId"] = "ZMAJ_UP",
            ["Form.Rows[1].Side"] = "PatientLeft",
            ["Form.Rows[1].Units"] = "1.25",
        });

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var html = WebUtility.HtmlDecode(await owner.PageAsync(answer.Headers.Location!.ToString())); // a redirect says where
        Assert.Contains("Saved as a draft", html, StringComparison.Ordinal);
        Assert.Contains("3.75 U BOTOX (onabotulinumtoxinA)", html, StringComparison.Ordinal);
        Assert.Contains("0.15 mL", html, StringComparison.Ordinal);
        Assert.Equal(
            ["OO_UP_PT_LAT patientLeft 0.66 -0.07 2.5", "ZMAJ_UP patientLeft 0.75 0.53 1.25"],
            (await owner.JsonAsync($"/api/patients/{patient}/planning")).GetProperty("open").GetProperty("points").EnumerateArray().Select(Words));
        Assert.Contains("translate(0.66 -0.07)", html, StringComparison.Ordinal); // the patient's left is on the viewer's right
    }

    [Theory]
    [InlineData("2.50", "zero at the end")]
    [InlineData("1.000", "thousands")]
    [InlineData(".5", "zero before the point")]
    [InlineData("two", "without letters")]
    [InlineData("1.3", "steps of 0.25 U")]
    public async Task A_dose_that_could_be_read_in_two_ways_is_not_saved(string typed, string sentence)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");

        var answer = await owner.Browser.SendFormAsync($"/clinic/patients/{patient}/plan", "plan", new()
        {
            ["Form.Rows[0].SiteId"] = "MENT",
            ["Form.Rows[0].Side"] = "PatientLeft",
            ["Form.Rows[0].Units"] = typed,
        });

        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(sentence, html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", html, StringComparison.Ordinal); // what was typed is still there
        Assert.Equal(JsonValueKind.Null, (await owner.JsonAsync($"/api/patients/{patient}/planning")).GetProperty("open").ValueKind);
    }

    [Fact]
    public async Task The_page_names_both_sides_and_repeats_by_a_plain_button()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        await GiveAsync(app, owner, patient);
        var page = $"/clinic/patients/{patient}/plan";
        var html = await owner.PageAsync(page);
        Assert.Contains(">Right</span>", html, StringComparison.Ordinal);
        Assert.Contains(">Left</span>", html, StringComparison.Ordinal);
        Assert.Contains("Effect not measured", html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await owner.Browser.SendFormAsync(page, "repeat-plan", [])).StatusCode);

        Assert.Contains("Confirm (copied: 1.25 U)", WebUtility.HtmlDecode(await owner.PageAsync(page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_speak_of_the_points_concerned_in_the_api_and_on_the_page()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        await owner.Browser.SendFormAsync($"/clinic/patients/{patient}/condition", "condition", new() { ["Form.Side"] = "PatientLeft" });
        var overLevator = Point("OO_UP_PT_MED", "patientLeft", 0.5m, -0.15m, 1.25m);
        var otherSide = Point("ZMAJ_UP", "patientRight", 0.75m, 0.53m, 1.25m);
        var body = Body(patient, 0, overLevator, otherSide);

        var answer = await owner.CallAsync(HttpMethod.Post, "/api/plans/review", JsonContent.Create(body));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var review = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var levator = review.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("ruleId").GetString() == "ZONE-LEV");
        Assert.Equal("stop", levator.GetProperty("severity").GetString());
        Assert.Equal([overLevator["id"]!.GetValue<Guid>()], levator.GetProperty("pointIds").EnumerateArray().Select(id => id.GetGuid())); // made above
        Assert.Contains(review.GetProperty("findings").EnumerateArray(), f =>
            f.GetProperty("pointIds").EnumerateArray().Any(id => id.GetGuid() == otherSide["id"]!.GetValue<Guid>()) // made above
            && f.GetProperty("message").GetString()!.Contains("side", StringComparison.OrdinalIgnoreCase));
        Assert.True(review.GetProperty("needsMending").GetBoolean()); // nobody has asked the patient anything
        Assert.Equal(JsonValueKind.Null, (await owner.JsonAsync($"/api/patients/{patient}/planning")).GetProperty("open").ValueKind); // nothing was saved

        await PutAsync(owner, Guid.CreateVersion7(), body);
        Assert.Contains("ZONE-LEV", await owner.PageAsync($"/clinic/patients/{patient}/plan"), StringComparison.Ordinal);
        var none = With(body, "productId", null);
        Assert.Contains("Choose the product", await (await owner.CallAsync(HttpMethod.Post, "/api/plans/review", JsonContent.Create(none))).SentenceAsync(HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_face_map_gives_the_atlas_whole()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var map = await owner.JsonAsync("/api/face-map");
        Assert.Equal(FaceAtlas.Current.Version, map.GetProperty("version").GetString());
        Assert.Equal(FaceAtlas.Current.Sites.Select(s => s.Id), map.GetProperty("sites").EnumerateArray().Select(s => s.GetProperty("id").GetString()!));
        Assert.Equal(FaceAtlas.Current.Zones.Count, map.GetProperty("zones").GetArrayLength());
        Assert.All(map.GetProperty("strokes").EnumerateArray(), s => Assert.Equal(2, s.GetProperty("curve").GetArrayLength() % 6));
    }

    /// <summary>A plan that was given ninety days ago, as signing will leave it.</summary>
    private static async Task<Guid> GiveAsync(FacialisApp app, SignedIn owner, Guid patient, string? rules = null)
    {
        var plan = Guid.CreateVersion7();
        await PutAsync(owner, plan, Body(patient, 0, Point("OO_UP_PT_LAT", "patientLeft", 0.66m, -0.07m, 1.25m), Point("ZMAJ_UP", "patientLeft", 0.74m, 0.52m, 2.5m)));
        await app.WithAsync<IServiceProvider, int>(async services =>
        {
            var db = services.GetRequiredService<FacialisDb>();
            services.GetRequiredService<CurrentClinic>().Enter((await db.Set<ClinicAccount>().SingleAsync()).Id);
            var row = await db.Set<PlanDraft>().SingleAsync(p => p.Id == plan);
            (row.State, row.ClosedAt, row.RulesVersion) = (PlanState.Closed, app.Clock.GetUtcNow().AddDays(-90), rules ?? row.RulesVersion);
            return await db.SaveChangesAsync();
        });
        return plan;
    }

    private static Task<HttpResponseMessage> PutAsync(SignedIn person, Guid plan, JsonObject body) =>
        person.CallAsync(HttpMethod.Put, $"/api/plans/{plan}", JsonContent.Create(body));

    private static Task<HttpResponseMessage> RepeatAsync(SignedIn person, Guid patient, Guid plan) =>
        person.CallAsync(HttpMethod.Post, $"/api/patients/{patient}/plans/repeat", JsonContent.Create(new { id = plan }));

    private static JsonObject Body(Guid patient, int revision, params JsonObject[] points) => new()
    {
        ["patientId"] = patient,
        ["revision"] = revision,
        ["changeId"] = Guid.CreateVersion7(),
        ["side"] = "patientLeft",
        ["productId"] = "onabotulinumtoxinA",
        ["vialUnits"] = 100,
        ["diluentMl"] = 4,
        ["points"] = new JsonArray([.. points]),
    };

    private static JsonObject Point(string site, string side, decimal lateral, decimal down, decimal units) => new()
    {
        ["id"] = Guid.CreateVersion7(),
        ["siteId"] = site,
        ["side"] = side,
        ["lateralIpd"] = lateral,
        ["downIpd"] = down,
        ["depth"] = "subcutaneous",
        ["units"] = units,
    };

    private static JsonObject With(JsonObject body, string name, JsonNode? value, bool fresh = false)
    {
        var changed = body.DeepClone().AsObject();
        changed[name] = value;
        changed["changeId"] = fresh ? Guid.CreateVersion7() : changed["changeId"]!.GetValue<Guid>();
        return changed;
    }

    private static string Words(JsonElement point) => FormattableString.Invariant(
        $"{point.GetProperty("siteId").GetString()} {point.GetProperty("side").GetString()} {point.GetProperty("lateralIpd").GetDecimal():0.####} {point.GetProperty("downIpd").GetDecimal():0.####} {point.GetProperty("units").GetDecimal():0.##}");
}
