using System.Globalization;
using System.Net;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Injections;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.FollowUps;

/// <summary>From a signed treatment to what was told of it, what was urgent in it, and the day that is due.</summary>
public sealed class FollowUpTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_follow_up_says_how_it_went_and_moves_the_day_that_is_due(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, ready) = await Signing.TreatedAsync(app);
        var given = clinic.Today;
        var card = $"/clinic/patients/{ready.Patient}";
        // Published figures alone: median 77 days, and the rule of three months lies after it.
        Assert.Equal(given.AddMonths(3).InWords(), (await DueAsync(clinic, ready.Patient)).Day);

        app.GoOn(TimeSpan.FromDays(21));
        await clinic.SignInAgainAsync();
        await SendAsync(clinic, card + "/follow-up", "follow-up", new()
        {
            ["Form.Way"] = "Call",
            ["Form.FirstEffectOn"] = given.AddDays(4).Iso(),
            ["Form.BestOn"] = given.AddDays(14).Iso(),
            ["Form.BestPercent"] = "80",
            ["Form.Holds"] = "yes",
            ["Form.HadSideEffects"] = "no",
            ["Form.Remarks"] = "Content",
        });
        var page = WebUtility.HtmlDecode(await clinic.Owner.PageAsync(card));
        Assert.Contains($"80 % better at best, still held on {given.AddDays(21).InWords()} (treated {given.InWords()})", page, StringComparison.Ordinal);
        Assert.Contains($"none (treated {given.InWords()})", page, StringComparison.Ordinal);

        app.GoOn(TimeSpan.FromDays(109));
        await clinic.SignInAgainAsync();
        await SendAsync(clinic, card + "/follow-up", "follow-up", new() { ["Form.WoreOffOn"] = given.AddDays(126).Iso() });
        page = WebUtility.HtmlDecode(await clinic.Owner.PageAsync(card));
        Assert.Contains("80 % better at best, for 18 weeks", page, StringComparison.Ordinal);
        var due = await DueAsync(clinic, ready.Patient);
        Assert.Equal((given.AddDays(126).InWords(), true), (due.Day, due.IsOverdue));
        Assert.Contains("Overdue", page, StringComparison.Ordinal);
        Assert.Contains($"The effect wore off on {given.AddDays(126).InWords()}.", page, StringComparison.Ordinal);

        var record = await clinic.Owner.JsonAsync($"/api/patients/{ready.Patient}/planning"); // still answers with follow-ups there
        Assert.Equal(System.Text.Json.JsonValueKind.Object, record.ValueKind);
        Assert.Contains("Dose, effect, side effects", await clinic.Owner.PageAsync(card + "/history"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Trouble_swallowing_is_urgent_wherever_it_is_typed_until_somebody_answers_for_it(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, ready) = await Signing.TreatedAsync(app);
        var card = $"/clinic/patients/{ready.Patient}";

        await SendAsync(clinic, card + "/follow-up", "follow-up", new() { ["Form.Remarks"] = "Some days I choke on water" });
        Assert.Contains("Urgent:", await clinic.Owner.PageAsync(card), StringComparison.Ordinal);
        Assert.Contains("Urgent reports that nobody answered for", await clinic.Owner.PageAsync("/clinic/due"), StringComparison.Ordinal);

        var report = (await clinic.RowsAsync<UrgentReport>()).Single();
        Assert.Equal("dysphagia", report.Terms);
        var nameless = await clinic.Owner.Browser.SendFormAsync(card + "/follow-up", $"answer-{report.Id:N}", new() { ["Report"] = report.Id.ToString(), ["AnswerName"] = " ", ["Answer"] = "called" });
        Assert.Contains("Give your name and what was done", await nameless.TextAsync(), StringComparison.Ordinal);
        await SendAsync(clinic, card + "/follow-up", $"answer-{report.Id:N}", new() { ["Report"] = report.Id.ToString(), ["AnswerName"] = "Dr. Lee", ["Answer"] = "Sent to the hospital" });
        Assert.DoesNotContain("Urgent:", await clinic.Owner.PageAsync(card), StringComparison.Ordinal);

        await AddEffectAsync(clinic, ready, "dysphagia", new() { ["Effect.Points"] = ready.Points[0].ToString() });
        Assert.Contains("Urgent:", await clinic.Owner.PageAsync(card), StringComparison.Ordinal);
        var effect = (await clinic.RowsAsync<SideEffect>()).Single();
        Assert.Equal((3, ready.Points[0].ToString()), (effect.Grade, effect.Points)); // always at least 3
        var page = WebUtility.HtmlDecode(await clinic.Owner.PageAsync(card));
        Assert.Contains("Dysphagia, mild", page, StringComparison.Ordinal);

        await SendAsync(clinic, card + "/follow-up", $"over-{effect.EffectId:N}", new() { ["Effect"] = effect.EffectId.ToString(), ["LastOn"] = clinic.Today.Iso() });
        var rows = await clinic.RowsAsync<SideEffect>();
        Assert.Equal((2, 1), (rows.Count, rows.Select(r => r.EffectId).Distinct().Count()));
        Assert.Contains("recovered", await clinic.Owner.PageAsync(card + "/follow-up"), StringComparison.Ordinal);
        Assert.Equal(2, (await clinic.RowsAsync<UrgentReport>()).Count); // that it ended is no new alarm
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_cannot_be_is_refused_in_words_and_nothing_is_kept(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, ready) = await Signing.TreatedAsync(app);
        app.GoOn(TimeSpan.FromDays(10));
        await clinic.SignInAgainAsync();
        var (page, today) = ($"/clinic/patients/{ready.Patient}/follow-up", clinic.Today);
        foreach (var (fields, message) in new (Dictionary<string, string>, string)[]
        {
            (new() { ["Form.SeenOn"] = today.AddDays(1).Iso() }, "between the treatment and today"),
            (new() { ["Form.FirstEffectOn"] = today.AddDays(-11).Iso() }, "lie between the treatment and the day of the follow-up"),
            (new() { ["Form.FirstEffectOn"] = today.Iso(), ["Form.BestOn"] = today.AddDays(-1).Iso() }, "in this order"),
            (new() { ["Form.BestPercent"] = "101" }, "0 to 100 percent"),
            (new() { ["Form.WoreOffOn"] = today.Iso(), ["Form.Holds"] = "yes" }, "either holds or has worn off"),
            (new() { ["Form.WoreOffOn"] = today.AddDays(-10).Iso() }, "never was"),
        })
        {
            var answer = await clinic.Owner.Browser.SendFormAsync(page, "follow-up", Fields(today, fields));
            Assert.Contains(message, await answer.TextAsync(), StringComparison.Ordinal);
        }

        var unknown = await clinic.Owner.Browser.SendFormAsync(page, "side-effect", new() { ["Effect.Term"] = "spots", ["Effect.FirstOn"] = today.Iso() });

        Assert.Contains("Choose what it was", await unknown.TextAsync(), StringComparison.Ordinal);
        var low = await clinic.Owner.Browser.SendFormAsync(page, "side-effect", new() { ["Effect.Term"] = "dyspnoea", ["Effect.FirstOn"] = today.Iso(), ["Effect.Grade"] = "1" });
        Assert.Contains("at least grade 3", WebUtility.HtmlDecode(await low.TextAsync()), StringComparison.Ordinal);
        Assert.Empty(await clinic.RowsAsync<FollowUp>());
        Assert.Empty(await clinic.RowsAsync<SideEffect>());
        Assert.Empty(await clinic.RowsAsync<UrgentReport>());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_visit_is_planned_from_the_due_list_but_never_before_the_rules_allow(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, ready) = await Signing.TreatedAsync(app);
        var earliest = clinic.Today.AddMonths(3);
        var form = $"plan-{ready.Patient:N}";

        var early = await clinic.Owner.Browser.SendFormAsync("/clinic/due?list=later", form, Visit(ready.Patient, earliest.AddDays(-1)));
        Assert.Contains($"allow no treatment before {earliest.InWords()}", WebUtility.HtmlDecode(await early.TextAsync()), StringComparison.Ordinal);
        Assert.Empty(await clinic.RowsAsync<Visit>());

        await SendAsync(clinic, "/clinic/due?list=later", form, Visit(ready.Patient, earliest));
        var visit = (await clinic.RowsAsync<Visit>()).Single();
        Assert.Equal(VisitPurpose.Treatment, visit.Purpose);
        Assert.Contains("Baker", await clinic.Owner.PageAsync("/clinic/due?list=planned"), StringComparison.Ordinal);
        Assert.DoesNotContain("Baker", await clinic.Owner.PageAsync("/clinic/due?list=later"), StringComparison.Ordinal);

        var stranger = await app.OtherClinicAsync();
        Assert.DoesNotContain("Baker", await stranger.PageAsync("/clinic/due?list=planned"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/clinic/patients/{ready.Patient}/follow-up", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static Task AddEffectAsync(Signing clinic, ReadyPatient ready, string term, Dictionary<string, string> more) => SendAsync(
        clinic, $"/clinic/patients/{ready.Patient}/follow-up", "side-effect",
        new(more) { ["Effect.Term"] = term, ["Effect.FirstOn"] = clinic.Today.Iso(), ["Effect.Severity"] = "Mild" });

    private static Dictionary<string, string> Visit(Guid patient, DateOnly day) => new()
    {
        ["Patient"] = patient.ToString(),
        ["Visit"] = Guid.CreateVersion7().ToString(),
        ["At"] = day.Iso() + "T10:30",
    };

    private static Dictionary<string, string> Fields(DateOnly today, Dictionary<string, string> fields) => new(fields) { ["Form.SeenOn"] = fields.GetValueOrDefault("Form.SeenOn", today.Iso()) };

    private static async Task SendAsync(Signing clinic, string page, string form, Dictionary<string, string> fields)
    {
        var answer = await clinic.Owner.Browser.SendFormAsync(page, form, form == "follow-up" ? Fields(clinic.Today, fields) : fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Found, $"{answer.StatusCode}: {await answer.TextAsync()}");
    }

    private static async Task<(string Day, bool IsOverdue)> DueAsync(Signing clinic, Guid patient) => await clinic.Stock.DoAsync(async s =>
    {
        var due = (await s.GetRequiredService<DueDates>().OfClinic(TestContext.Current.CancellationToken)).Single(d => d.PatientId == patient);
        return (due.Due.Day.InWords(), due.IsOverdue);
    });
}
