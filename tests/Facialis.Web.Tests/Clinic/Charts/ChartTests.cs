using System.Net;
using Facialis.Clinic.Intake;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Clinic.Charts;

/// <summary>The chart as a browser without script fills it in.</summary>
public sealed class ChartTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task From_a_new_patient_to_a_chart_where_nothing_stops(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("P-1", "Baker", "Ruth", "1961-04-02");
        var card = $"/clinic/patients/{id}";
        Assert.Contains("Condition and side not recorded", await owner.PageAsync(card), StringComparison.Ordinal);

        await SendAsync(owner, card + "/condition", "condition", new() { ["Form.Kind"] = "HemifacialSpasm", ["Form.Side"] = "PatientRight", ["Form.Form"] = "Typical", ["Form.OnsetYear"] = "2010", ["Form.Basis"] = "right eye" });
        var page = WebUtility.HtmlDecode(await owner.PageAsync(card));
        Assert.Contains("G51.31", page, StringComparison.Ordinal);
        Assert.Contains("at 49 years", page, StringComparison.Ordinal);

        await SendAsync(owner, card + "/checklist", "checklist", Facialis.Clinic.Charts.ChartFacts.Read(Facts()).Asked.ToDictionary(q => "q." + q.Id, q => q.Id == "facial-pain" ? "yes" : "no"));
        Assert.Contains("Stops the routine path", await owner.PageAsync(card + "/checklist"), StringComparison.Ordinal);
        var nameless = await owner.Browser.SendFormAsync(card + "/checklist", "acknowledge", new() { ["flag.facial-pain"] = "yes", ["AckName"] = " ", ["Reason"] = "MRI clear" });
        Assert.Contains("Give your name and a reason", await nameless.TextAsync(), StringComparison.Ordinal);
        await SendAsync(owner, card + "/checklist", "acknowledge", new() { ["flag.facial-pain"] = "yes", ["AckName"] = "Dr. Lee", ["Reason"] = "MRI clear" });
        Assert.Contains("acknowledged by Dr. Lee. Reason: MRI clear", await owner.PageAsync(card + "/checklist"), StringComparison.Ordinal);

        var answers = HealthQuestionWords.Asked.ToDictionary(q => "q." + q, _ => "no");
        await SendAsync(owner, card + "/questions", "questions", answers);
        await SignAsync(owner, card, "0,0 10,10 20,20");

        var status = await StatusAsync(app, id);
        Assert.Empty(status.Stops);
        app.Clock.Advance(TimeSpan.FromMinutes(1)); // the newest answers count
        Assert.Contains("1 stop", await WithUnknownAsync(owner, card, answers), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Questions_are_asked_anew_the_next_day_and_after_a_treatment_used_them(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("P-1", "Baker");
        await SendAsync(owner, $"/clinic/patients/{id}/questions", "questions", HealthQuestionWords.Asked.ToDictionary(q => "q." + q, _ => "no"));
        var status = await StatusAsync(app, id);
        Assert.NotNull(status.IntakeId);

        Assert.Equal(1, await app.InClinicAsync((FacialisDb db) => db.Set<IntakeAnswers>().Where(i => i.Id == status.IntakeId.Value).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.TreatmentId, Guid.CreateVersion7()), TestContext.Current.CancellationToken))); // as signing does
        app.GoOn(TimeSpan.FromDays(1));
        Assert.Contains((await StatusAsync(app, id)).Stops, f => f.RuleId == "INTAKE-NOT-ASKED");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_signed_consent_is_checked_again_and_cannot_be_changed(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("P-1", "Baker");
        var signed = await SignAsync(owner, $"/clinic/patients/{id}", "0,0 10,10 20,20");
        Assert.Contains(">Valid<", Tight(await owner.PageAsync(signed)), StringComparison.Ordinal);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => app.InClinicAsync((FacialisDb db) => db.Database.ExecuteSqlAsync(
            $"UPDATE clinic_consent SET \"TextVersion\" = '0'", TestContext.Current.CancellationToken)));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => app.InClinicAsync((FacialisDb db) => db.Database.ExecuteSqlAsync(
            $"DELETE FROM clinic_consent", TestContext.Current.CancellationToken)));

        if (database == Database.Sqlite)
        {
            // Someone with the file in hand takes the trigger away first; the hash still tells.
            await app.InClinicAsync((FacialisDb db) => db.Database.ExecuteSqlAsync(
                $"DROP TRIGGER clinic_consent_keeps; UPDATE clinic_consent SET \"TextVersion\" = '0'", TestContext.Current.CancellationToken));
            Assert.Contains("Not valid: it was changed", await owner.PageAsync(signed), StringComparison.Ordinal);
            Assert.Contains((await StatusAsync(app, id)).Stops, f => f.RuleId is "INTAKE-NOT-ASKED");
        }

        await SendAsync(owner, signed, "withdraw", []);
        Assert.Contains("Withdrawn on", await owner.PageAsync(signed), StringComparison.Ordinal);
        var stranger = await app.OtherClinicAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync(signed, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_consent_is_read_and_signed_in_a_language_that_the_clinic_added()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var card = $"/clinic/patients/{await owner.AddPersonAsync("P-1", "Baker")}";
        Assert.DoesNotContain("Language of the text", await owner.PageAsync(card + "/consent"), StringComparison.Ordinal);
        var folder = Directory.CreateDirectory(Path.Combine(app.DataFolder, "policy")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "consent.de.txt"),
            "version: 3\nlanguage: de\ntitle: Einwilligung\n\n# Worum es geht\n{condition} {product} {label} {offlabel} {cost} {contact}",
            TestContext.Current.CancellationToken);

        var read = await (await owner.Browser.SendFormAsync(card + "/consent", "fill", new() { ["language"] = "de" })).TextAsync();
        Assert.Contains("lang=\"de\"", read, StringComparison.Ordinal);
        var signed = await SignFormAsync(owner, card, new() { ["Signer"] = "Ruth Baker", ["Strokes"] = "0,0 10,10 20,20" }, "de");

        var kept = await owner.PageAsync(signed.Headers.Location!.ToString()); // a redirect says where
        Assert.Contains("Worum es geht", kept, StringComparison.Ordinal);
        Assert.Contains("de, version 3", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_says_the_label_status_of_the_product_where_nobody_typed_another()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var card = $"/clinic/patients/{await owner.AddPersonAsync("P-1", "Baker")}";
        await SendAsync(owner, card + "/condition", "condition", new() { ["Form.Kind"] = "HemifacialSpasm", ["Form.Side"] = "PatientRight" });
        await SendAsync(owner, "/clinic/products", "region", new() { ["Region"] = ((int)LabelRegions.UnitedStates).ToString(System.Globalization.CultureInfo.InvariantCulture) }, HttpStatusCode.OK);

        Task<string> ReadAsync(string label) => FillAsync(owner, card, new() { ["product"] = "XEOMIN (incobotulinumtoxinA)", ["label"] = label });
        Assert.Contains("Label status: Not named in the label for hemifacial spasm (US). Sites", await ReadAsync(""), StringComparison.Ordinal);
        Assert.Contains("Label status: as the owner says. Sites", await ReadAsync("as the owner says"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_licensed_wording_of_the_HFS_7_takes_the_place_of_its_topics()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var page = $"/clinic/patients/{await owner.AddPersonAsync("P-1", "Baker")}/scales?scale=hfs-7";
        Assert.Contains("Topic: driving", await owner.PageAsync(page), StringComparison.Ordinal);

        var folder = Directory.CreateDirectory(Path.Combine(app.DataFolder, "policy")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "hfs7.en.txt"), string.Join('\n', Enumerable.Range(1, 7).Select(n => $"Licensed words {n}.")), TestContext.Current.CancellationToken);

        var licensed = await owner.PageAsync(page);
        Assert.Contains("Licensed words 7.", licensed, StringComparison.Ordinal);
        Assert.DoesNotContain("Topic: driving", licensed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_without_drawing_or_tick_is_not_signed()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("P-1", "Baker");

        var refused = await SignFormAsync(owner, $"/clinic/patients/{id}", new() { ["Signer"] = "Ruth Baker" });
        Assert.Contains("Sign with a finger or pen", await refused.TextAsync(), StringComparison.Ordinal);
        var typed = await SignFormAsync(owner, $"/clinic/patients/{id}", new() { ["Signer"] = "Ruth Baker", ["Typed"] = "yes" });
        Assert.Equal(HttpStatusCode.Redirect, typed.StatusCode);
        Assert.Contains("by typed name", await owner.PageAsync(typed.Headers.Location!.ToString()), StringComparison.Ordinal); // a redirect says where
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Scales_and_past_treatments_show_on_the_chart(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var card = $"/clinic/patients/{await owner.AddPersonAsync("P-1", "Baker")}";
        Assert.Contains("not recorded", await owner.PageAsync(card), StringComparison.Ordinal);

        var half = await owner.Browser.SendFormAsync(card + "/scales?scale=jrs", "score", new() { ["i.severity"] = "3" });
        Assert.Contains("Every item needs an answer", await half.TextAsync(), StringComparison.Ordinal);
        await SendAsync(owner, card + "/scales?scale=jrs", "score", new() { ["i.severity"] = "3", ["i.frequency"] = "2" });
        Assert.Contains("score-plot", await owner.PageAsync(card + "/scales"), StringComparison.Ordinal);
        await SendAsync(owner, card + "/past-treatments", "past", new() { ["Form.Day"] = "2026-08-01", ["Form.ProductId"] = "onabotulinumtoxinA", ["Form.Units"] = "17.5", ["Form.BestPercent"] = "70", ["Form.WeeksOfEffect"] = "12", ["Form.HadSideEffects"] = "yes", ["Form.Remarks"] = "Drooping lid" });
        var wrong = await owner.Browser.SendFormAsync(card + "/past-treatments", "past", new() { ["Form.Day"] = "2026-08-01", ["Form.Units"] = "1.234,5" });
        Assert.Contains("role=\"alert\"", await wrong.TextAsync(), StringComparison.Ordinal);

        var page = WebUtility.HtmlDecode(await owner.PageAsync(card));
        Assert.Contains("70 % better at best, for 12 weeks (treated 1 Aug 2026)", page, StringComparison.Ordinal);
        Assert.Contains("Drooping lid", page, StringComparison.Ordinal);
        Assert.Contains("5 on 22 Nov 2026", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demonstration_has_thirty_marked_patients_and_a_list_for_today()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, new Dictionary<string, string> { ["Facialis:Charts:Demonstration"] = "true" });
        var owner = await app.OwnerAsync();

        var page = WebUtility.HtmlDecode(await owner.PageAsync("/clinic/patients"));

        Assert.Equal(30, (await owner.JsonAsync("/api/patients")).GetArrayLength());
        Assert.Equal(7, page.Split("today-time").Length - 1);
        Assert.Equal(25, page.Split("badge-demonstration\">Demonstration<").Length - 1); // the first page of them
        var ready = (await owner.PostJsonAsync("/api/patients/search", new { text = "abend" }))[0].GetProperty("id").GetGuid();
        Assert.Empty((await StatusAsync(app, ready)).Stops);
        var flagged = (await owner.PostJsonAsync("/api/patients/search", new { text = "farkas" }))[0].GetProperty("id").GetGuid();
        Assert.Contains((await StatusAsync(app, flagged)).Stops, f => f.RuleId == "RED-FLAG hearing-balance-cranial");
    }

    private static Task<IntakeStatus> StatusAsync(FacialisApp app, Guid patient) => app.InClinicAsync(
        (HealthIntake intake) => intake.For(patient, app.Clock.GetUtcNow(), TestContext.Current.CancellationToken, ToxinCatalogue.Current.Product("onabotulinumtoxinA")));

    private static async Task<string> WithUnknownAsync(SignedIn owner, string card, Dictionary<string, string> answers)
    {
        await SendAsync(owner, card + "/questions", "questions", new(answers) { ["q.Pregnant"] = "unknown" });
        return await owner.PageAsync(card);
    }

    private static async Task<string> FillAsync(SignedIn owner, string card, Dictionary<string, string> blanks) =>
        await (await owner.Browser.SendFormAsync(card + "/consent", "fill", blanks)).TextAsync();

    private static async Task SendAsync(
        SignedIn owner, string page, string form, Dictionary<string, string> fields, HttpStatusCode expected = HttpStatusCode.Redirect)
    {
        var answer = await owner.Browser.SendFormAsync(page, form, fields);
        Assert.True(answer.StatusCode == expected, $"{page} {form}: {answer.StatusCode}: {await answer.TextAsync()}");
    }

    private static async Task<string> SignAsync(SignedIn owner, string card, string strokes)
    {
        var signed = await SignFormAsync(owner, card, new() { ["Signer"] = "Ruth Baker", ["Strokes"] = strokes });
        Assert.True(signed.StatusCode == HttpStatusCode.Redirect, await signed.TextAsync());
        return signed.Headers.Location!.ToString(); // a redirect says where
    }

    /// <summary>Fills the blanks, reads the text, and sends the form that stands below it.</summary>
    private static async Task<HttpResponseMessage> SignFormAsync(SignedIn owner, string card, Dictionary<string, string> fields, string language = "en")
    {
        var read = await FillAsync(owner, card, new() { ["product"] = "BOTOX (onabotulinumtoxinA)", ["language"] = language });
        Assert.Contains("BOTOX (onabotulinumtoxinA)", read[read.IndexOf("consent-text", StringComparison.Ordinal)..], StringComparison.Ordinal);
        foreach (System.Text.RegularExpressions.Match hidden in System.Text.RegularExpressions.Regex.Matches(
            read[read.IndexOf("consent-text", StringComparison.Ordinal)..], "<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\""))
        {
            fields.TryAdd(hidden.Groups[1].Value, hidden.Groups[2].Value);
        }

        return await owner.Browser.PostAsync(card + "/consent", new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
    }

    private static string Facts()
    {
        using var reader = new StreamReader(typeof(Facialis.Clinic.Charts.ChartFacts).Assembly.GetManifestResourceStream("Facialis.Clinic.Policy.chart-facts.json")!); // the build has it
        return reader.ReadToEnd();
    }

    private static string Tight(string html) => System.Text.RegularExpressions.Regex.Replace(html, ">\\s+|\\s+<", m => m.Value.Trim());
}
