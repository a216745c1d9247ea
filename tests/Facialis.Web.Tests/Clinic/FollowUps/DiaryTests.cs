using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.FollowUps.Diary;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Injections;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.FollowUps;

/// <summary>The patient's diary: without an account, by a link that is good for one patient and nothing else.</summary>
public sealed partial class DiaryTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_the_patient_sends_is_kept_once_and_stands_in_the_chart(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, ready, link) = await OpenAsync(app);
        var given = clinic.Today;
        app.GoOn(TimeSpan.FromDays(20));
        var patient = app.Visitor();
        Assert.Contains("Your diary", await TextAsync(patient, link), StringComparison.Ordinal);

        var fields = new Dictionary<string, string>
        {
            ["FirstEffectOn"] = given.AddDays(5).Iso(),
            ["BestOn"] = given.AddDays(14).Iso(),
            ["BestPercent"] = "75",
            ["Holds"] = "yes",
            ["e.eyelid-ptosis"] = "yes",
            ["e.eyelid-ptosis.first"] = given.AddDays(6).Iso(),
            ["e.eyelid-ptosis.last"] = given.AddDays(12).Iso(),
            ["e.eyelid-ptosis.strength"] = "Mild",
            ["Words"] = "Better than last time",
        };
        var filled = await (await patient.FillFormAsync(link, "diary", fields)).ReadAsStringAsync(Token);
        for (var time = 0; time < 3; time++)
        {
            using var again = new StringContent(filled, null, "application/x-www-form-urlencoded");
            Assert.Equal(HttpStatusCode.Found, (await patient.PostAsync(link, again, Token)).StatusCode);
        }

        var told = (await clinic.RowsAsync<FollowUp>()).Single();
        Assert.Equal((FollowUpWay.Diary, 75, (Guid?)null, ready.Patient), (told.Way, told.BestPercent, told.RecordedBy, told.PatientId));
        var effect = (await clinic.RowsAsync<SideEffect>()).Single();
        Assert.Equal(("eyelid-ptosis", given.AddDays(12)), (effect.TermId, effect.LastOn));
        await clinic.SignInAgainAsync();
        var card = WebUtility.HtmlDecode(await clinic.Owner.PageAsync($"/clinic/patients/{ready.Patient}"));
        Assert.Contains("75 % better at best", card, StringComparison.Ordinal);
        Assert.Contains("Eyelid ptosis, mild", card, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_link_is_good_for_one_patient_until_it_runs_out_or_is_taken_back_and_for_nothing_else(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, ready, link) = await OpenAsync(app);
        var stranger = await app.OtherClinicAsync();
        var patient = app.Visitor();

        // Nothing of the clinic is open to whoever has the link, and the address holds no name or id.
        await TextAsync(patient, link);
        Assert.Equal(HttpStatusCode.Found, (await patient.GetAsync($"/clinic/patients/{ready.Patient}", Token)).StatusCode); // to sign in
        Assert.Equal(HttpStatusCode.Unauthorized, (await patient.GetAsync($"/api/patients/{ready.Patient}/planning", Token)).StatusCode);
        Assert.Matches("^/diary/[A-Za-z0-9_-]{43}$", link);
        Assert.DoesNotContain("Baker", await TextAsync(patient, link), StringComparison.Ordinal);

        // Whoever is signed in on the device counts for nothing: another clinic's owner sees the diary as the patient does.
        Assert.Contains("Your diary", await TextAsync(stranger.Browser, link), StringComparison.Ordinal);
        var unknown = await patient.GetAsync("/diary/" + SignInLink.NewToken(), Token);
        Assert.Equal(HttpStatusCode.Gone, unknown.StatusCode);
        Assert.Contains("does not work any more", await unknown.TextAsync(), StringComparison.Ordinal);

        var row = (await clinic.RowsAsync<DiaryLink>()).Single();
        Assert.DoesNotContain(link["/diary/".Length..], row.TokenHash, StringComparison.OrdinalIgnoreCase);
        await SendAsync(clinic, $"/clinic/patients/{ready.Patient}/diary", $"revoke-{row.Id:N}", new() { ["Link"] = row.Id.ToString() });
        Assert.Equal(HttpStatusCode.Gone, (await patient.GetAsync(link, Token)).StatusCode);

        var second = await MakeAsync(clinic, ready.Patient, "es", days: 10);
        Assert.Contains("Su diario", await TextAsync(patient, second), StringComparison.Ordinal);
        Assert.Contains("lang=\"es\"", await TextAsync(patient, second), StringComparison.Ordinal);
        app.GoOn(TimeSpan.FromDays(11));
        Assert.Equal(HttpStatusCode.Gone, (await patient.GetAsync(second, Token)).StatusCode);
        Assert.DoesNotContain(app.Log.Lines, l => l.Contains(link["/diary/".Length..], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_emergency_is_shown_in_red_to_the_patient_and_to_the_clinic(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, ready, link) = await OpenAsync(app);
        await SendAsync(clinic, "/settings", "settings", new() { ["ClinicName"] = "Rose Street", ["Phone"] = "+44 20 7946 0000", ["Minutes"] = "5" });
        var patient = app.Visitor();
        Assert.Contains("href=\"tel:+442079460000\"", WebUtility.HtmlDecode(await TextAsync(patient, link)), StringComparison.Ordinal);

        await patient.SendFormAsync(link + "?lang=de", "diary", new() { ["e.dyspnoea"] = "yes", ["Words"] = "Ich verschlucke mich" });

        Assert.Contains("Rufen Sie jetzt den Notruf", WebUtility.HtmlDecode(await TextAsync(patient, link + "?lang=de")), StringComparison.Ordinal);
        Assert.Equal(["dysphagia", "dyspnoea"], (await clinic.RowsAsync<UrgentReport>()).SelectMany(u => u.Terms.Split(' ')).Order());
        Assert.Contains("Urgent:", await clinic.Owner.PageAsync($"/clinic/patients/{ready.Patient}"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_cannot_be_comes_back_in_plain_words_with_everything_typed_and_nothing_kept(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, _, link) = await OpenAsync(app);
        var patient = app.Visitor();
        foreach (var (fields, words) in new (Dictionary<string, string>, string)[]
        {
            (new() { ["FirstEffectOn"] = clinic.Today.AddDays(1).Iso() }, "look at the days again"),
            (new() { ["BestPercent"] = "seventy" }, "whole number from 0 to 100"),
            (new() { ["e.headache"] = "yes", ["e.headache.first"] = clinic.Today.AddDays(-2).Iso() }, "look at the days again"),
        })
        {
            fields["Words"] = "typed before";
            var answer = WebUtility.HtmlDecode(await (await patient.SendFormAsync(link, "diary", fields)).TextAsync());
            Assert.Contains(words, answer, StringComparison.Ordinal);
            Assert.Contains("typed before", answer, StringComparison.Ordinal);
        }

        Assert.Empty(await clinic.RowsAsync<FollowUp>());
        Assert.Empty(await clinic.RowsAsync<SideEffect>());
    }

    [Fact]
    public async Task Whoever_asks_too_often_waits()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, new Dictionary<string, string> { [DiaryDoor.Setting] = "60" });
        var visitor = app.Visitor();
        HttpStatusCode[] codes = [];
        for (var n = 0; n <= 60; n++)
        {
            codes = [.. codes, (await visitor.GetAsync("/diary/" + n.ToString(CultureInfo.InvariantCulture), Token)).StatusCode];
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, codes[^1]);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/sign-in", Token)).StatusCode); // only the diary
    }

    [Fact]
    public void Every_language_has_every_text_and_says_it_in_its_own_words()
    {
        var english = Texts("");
        Assert.All(SideEffectTerms.AlwaysUrgent.Concat(RecordDiary.Offered), term => Assert.Contains("term." + term, english.Keys));
        foreach (var language in DiaryTexts.Languages.Skip(1))
        {
            var texts = Texts("." + language.Tag);
            Assert.Equal(english.Keys.Order(), texts.Keys.Order());
            Assert.All(texts, t => Assert.Equal(Blanks(english[t.Key]), Blanks(t.Value)));
            Assert.True(texts.Count(t => t.Value == english[t.Key]) <= 2, $"{language.Name} is not translated."); // "No" is the same word in two languages
            Assert.All(texts, t => Assert.Equal(t.Value, DiaryTexts.Of(language.Tag)[t.Key])); // the build carries them
        }
    }

    private static IEnumerable<string> Blanks(string text) => Blank().Matches(text).Select(m => m.Value).Order();

    private static Dictionary<string, string> Texts(string suffix)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Facialis.slnx")))
        {
            folder = folder.Parent!; // the tests run inside the repository
        }

        return XDocument.Load(Path.Combine(folder.FullName, "src", "modules", "Facialis.Clinic", "FollowUps", "Diary", $"DiaryTexts{suffix}.resx"))
            .Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value); // a resource file has them
    }

    private static async Task<(Signing Clinic, ReadyPatient Ready, string Link)> OpenAsync(FacialisApp app)
    {
        var (clinic, ready) = await Signing.TreatedAsync(app);
        return (clinic, ready, await MakeAsync(clinic, ready.Patient, "en", 120));
    }

    private static async Task<string> MakeAsync(Signing clinic, Guid patient, string language, int days)
    {
        var page = await (await clinic.Owner.Browser.SendFormAsync($"/clinic/patients/{patient}/diary", "make", new()
        {
            ["Language"] = language,
            ["Days"] = days.ToString(CultureInfo.InvariantCulture),
        })).TextAsync();
        return Link().Match(page) is { Success: true } found ? found.Value : throw new InvalidOperationException(page);
    }

    private static async Task SendAsync(Signing clinic, string page, string form, Dictionary<string, string> fields)
    {
        var answer = await clinic.Owner.Browser.SendFormAsync(page, form, fields);
        Assert.True(answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.OK, await answer.TextAsync());
    }

    private static async Task<string> TextAsync(HttpClient browser, string address)
    {
        var answer = await browser.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.TextAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [GeneratedRegex("/diary/[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Blank();
}
