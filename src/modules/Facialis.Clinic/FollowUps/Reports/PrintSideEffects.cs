using System.Globalization;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Injections.Documents;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Printing;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Identity;
using Facialis.Platform.Identity.Lock;
using Facialis.Toxin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Clinic.FollowUps.Reports;

/// <summary>Prints the side effects of one treatment for an authority or the manufacturer. It sends nothing.</summary>
internal sealed class PrintSideEffects(
    ReadTreatments read, ReadFollowUps followUps, Chart chart, FindPatients find, PrintTreatment print, PolicyFiles policy, DocumentFonts fonts, AuditTrail audit,
    ClinicTime time, TimeProvider clock)
{
    /// <summary>How far back other treatments with a toxin are told, in days: 12 weeks.</summary>
    public const int LookBackDays = 84;

    private const string Pdf = "application/pdf";

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/treatments/{id:guid}/side-effect-report.pdf", (Guid id, HttpContext request, PrintSideEffects report, CancellationToken cancellation) =>
                report.Report(id, request, cancellation))
            .WithTags("Treatments").RequireAuthorization(Permission.ReadCharts).Produces<byte[]>(contentType: Pdf)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("PrintSideEffects").WithSummary("The side effects of a treatment as a report form for the authority")
            .WithDescription("Initials instead of the name; lines to write on where something is not known. It is noted in the audit log as an export. "
                + "409: no side effect is recorded, or what was signed does not open or does not hold.");

    private async Task<IResult> Report(Guid id, HttpContext request, CancellationToken cancellation)
    {
        if (await read.Versions(id, cancellation) is not [.., var newest] || await find.Find(newest.Row.PatientId, cancellation) is not { } patient)
        {
            return TypedResults.NotFound();
        }

        var cycles = await followUps.CyclesOf(patient.Id, cancellation);
        var cycle = cycles.FirstOrDefault(c => c.Treatment.TreatmentId == id);
        if (PrintTreatment.Refusal(newest) is { } sentence)
        {
            return Nothing(sentence);
        }

        if (cycle is not { SideEffects.Count: > 0 })
        {
            return Nothing("No side effect of this treatment is recorded. Record it under follow-up first.");
        }

        if (!fonts.AreReady())
        {
            return DocumentFonts.Missing();
        }

        var account = await print.Clinic(cancellation);
        var terms = SideEffectTerms.Read(policy);
        var words = await followUps.WordsOf(patient.Id, [cycle], cancellation);
        var pdf = SideEffectReportPdf.Make(
            new SideEffectReport(
                account?.Name ?? "", account?.Phone, PersonProof.NameOf(request.User), patient.Person.Initials(), patient.Code,
                patient.Person.AgeOn(cycle.Given), newest.Record!, // or it was refused
                [.. cycle.SideEffects.Select(effect => new ReportedEffect(effect, terms.NameOf(effect.TermId), words.GetValueOrDefault(effect.Id) ?? "", Numbers(effect, newest.Record!)))],
                [.. Others(cycles, await chart.EarlierOf(patient.Id, cancellation), cycle)], clock.GetUtcNow(),
                newest.Row.IsDemonstration || patient.IsDemonstration || account?.IsDemonstration == true),
            time);
        await audit.NoteNowAsync(AuditAction.Export, "side effect report", newest.Row.TreatmentId, patient.Id, null, cancellation);
        return TypedResults.File(pdf, Pdf, string.Create(CultureInfo.InvariantCulture, $"side-effects-{cycle.Given:yyyy-MM-dd}-{id.ToString("N")[^8..]}.pdf"));

        static IResult Nothing(string sentence) => TypedResults.Problem(sentence, title: "No report is printed.", statusCode: StatusCodes.Status409Conflict);
    }

    private static string Numbers(SideEffect effect, TreatmentRecord record) => string.Join(
        ", ", record.Points.Where(p => effect.Points.Contains(p.Id.ToString(), StringComparison.Ordinal)).Select(p => TreatmentPagePdf.Plain(p.Number)));

    /// <summary>Every other toxin from 12 weeks before this treatment on, here or elsewhere, oldest first.</summary>
    private static IEnumerable<OtherTreatment> Others(
        IReadOnlyList<Cycle> cycles, IReadOnlyList<(PastTreatment Row, string Remarks)> elsewhere, Cycle cycle)
    {
        var from = cycle.Given.AddDays(-LookBackDays);
        return cycles.Where(c => c.Treatment.TreatmentId != cycle.Treatment.TreatmentId && c.Given >= from)
            .Select(c => new OtherTreatment(c.Given, new Dose(ToxinCatalogue.Current.Product(c.Treatment.ProductId), c.Treatment.TotalHundredths / 100m).ToString(), $"here, lot {c.Treatment.Lot}"))
            .Concat(elsewhere.Where(e => e.Row.Day >= from).Select(e => new OtherTreatment(e.Row.Day, Elsewhere(e.Row), "elsewhere")))
            .OrderBy(o => o.On);
    }

    private static string Elsewhere(PastTreatment past) => (ToxinCatalogue.Current.FindProduct(past.ProductId), past.Units) switch
    {
        ({ } product, { } units) => new Dose(product, units).ToString(),
        ({ } product, null) => $"{product.Name}, units not known",
        _ => "product not known",
    };
}

/// <summary>A further treatment with a botulinum toxin.</summary>
/// <param name="On">Its day.</param>
/// <param name="What">Dose and product, as far as known.</param>
/// <param name="Where">Here or elsewhere.</param>
internal sealed record OtherTreatment(DateOnly On, string What, string Where);

/// <summary>A side effect in words.</summary>
/// <param name="Effect">As recorded.</param>
/// <param name="Name">Name of its term.</param>
/// <param name="Words">As it was told.</param>
/// <param name="Points">Numbers of the points that may explain it.</param>
internal sealed record ReportedEffect(SideEffect Effect, string Name, string Words, string Points);

/// <summary>What the form says.</summary>
/// <param name="Clinic">Name of the clinic.</param>
/// <param name="Phone">Its telephone; null where not set.</param>
/// <param name="Reporter">Who prints it.</param>
/// <param name="Initials">Of the patient; empty where no name is known.</param>
/// <param name="Chart">Chart code.</param>
/// <param name="Age">Years at the treatment; null where not known.</param>
/// <param name="Record">The newest version of the treatment.</param>
/// <param name="Effects">What happened.</param>
/// <param name="Others">Other toxin treatments.</param>
/// <param name="Printed">When.</param>
/// <param name="IsDemonstration">No such patient exists.</param>
internal sealed record SideEffectReport(
    string Clinic, string? Phone, string? Reporter, string Initials, string Chart, int? Age, TreatmentRecord Record, IReadOnlyList<ReportedEffect> Effects,
    IReadOnlyList<OtherTreatment> Others, DateTimeOffset Printed, bool IsDemonstration);
