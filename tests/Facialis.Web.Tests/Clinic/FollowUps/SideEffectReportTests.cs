using System.Net;
using Facialis.Clinic.Charts;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Injections;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Web.Tests.Audit;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Injections;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.FollowUps;

/// <summary>The report of side effects, read back from the PDF by a program that knows nothing of how it was made.</summary>
public sealed class SideEffectReportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_what_an_authority_asks_for_with_initials_instead_of_the_name_and_is_noted()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (clinic, ready) = await Signing.TreatedAsync(app);
        var treatment = (await clinic.RowsAsync<Treatment>()).Single();
        var address = $"/api/treatments/{treatment.TreatmentId}/side-effect-report.pdf";
        var none = await clinic.Owner.Browser.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.Conflict, none.StatusCode);
        Assert.Contains("No side effect of this treatment is recorded", await none.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("side-effect-report", await clinic.Owner.PageAsync($"/clinic/patients/{ready.Patient}/history"), StringComparison.Ordinal);

        var given = clinic.Today;
        app.GoOn(TimeSpan.FromDays(5));
        await clinic.SignInAgainAsync();
        await clinic.Stock.DoAsync(async s =>
        {
            Assert.Null(await s.GetRequiredService<RecordFollowUp>().RecordSideEffect(Guid.CreateVersion7(), null, treatment, new SideEffectTyped
            {
                Term = "eyelid-ptosis",
                FirstOn = given.AddDays(3),
                Severity = SideEffectSeverity.Moderate,
                Seriousness = [Seriousness.Hospital],
                Causality = Causality.Related,
                Outcome = SideEffectOutcome.Recovering,
                Grade = 2,
                Points = [ready.Points[0]],
                Words = "The lid hangs",
            }, Token));
            Assert.Null(await s.GetRequiredService<Chart>().RecordEarlier(Guid.CreateVersion7(), ready.Patient, new PastTyped { Day = given.AddDays(-40), ProductId = "incobotulinumtoxinA" }, 15, Token));
            Assert.Null(await s.GetRequiredService<Chart>().RecordEarlier(Guid.CreateVersion7(), ready.Patient, new PastTyped { Day = given.AddDays(-85), ProductId = "abobotulinumtoxinA" }, 90, Token));
            return true;
        });

        var answer = await clinic.Owner.Browser.GetAsync(address, Token);
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var pdf = await answer.Content.ReadAsByteArrayAsync(Token);
        await KeptPdf.KeepAsync(pdf);
        var text = (await PdfText.ReadAsync(pdf)).Text;

        foreach (var said in new[]
        {
            "P-1", "Lot", treatment.Lot, "BOTOX (onabotulinumtoxinA)", "2.5 U", given.InWords(), "Left", "ptosis", $"{given.AddDays(3).InWords()}, day 3", "still there",
            "moderate", "serious: hospital", "related", "recovering", "The lid hangs", given.AddDays(-40).InWords(), "15 U", "elsewhere", "Sex", "Weight", "Signature", "MedWatch", "Yellow Card",
            "EudraVigilance", "Health Canada", "TGA", "Medsafe", "manufacturer",
        })
        {
            Assert.Contains(said, text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("Baker", text, StringComparison.Ordinal);
        Assert.Contains("B.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(given.AddDays(-85).InWords(), text, StringComparison.Ordinal);
        var entry = (await app.LogAsync(await app.FirstClinicAsync()))[^1];
        Assert.Equal((AuditAction.Export, (Guid?)ready.Patient, "side effect report"), (entry.Action, entry.PatientId, entry.What));

        foreach (var page in new[] { "history", "follow-up" })
        {
            Assert.Contains(address, await clinic.Owner.PageAsync($"/clinic/patients/{ready.Patient}/{page}"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await (await app.OtherClinicAsync()).Browser.GetAsync(address, Token)).StatusCode);
    }
}
