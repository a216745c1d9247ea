using System.Globalization;
using System.Text;
using Facialis.Clinic.Charts;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Injections.Documents;
using Facialis.Clinic.Printing;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Clinic.Recalls;

/// <summary>What leaves the clinic when a lot is called back. After a recent proof of who asks.</summary>
internal static class RecallEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var recall = api.MapGroup("/recall").WithTags("Recall").RequireAuthorization(Permission.Export).RequireRecentSignIn();
        recall.MapGet("/lot.csv", Table).Produces<string>(contentType: "text/csv").ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("ExportLot").WithSummary("Downloads where a lot went as a CSV table")
            .WithDescription("A row for each injection with some of the lot, after all amendments, with the patient's name, phone and e-mail. dose_unit names the product of dose_units. "
                + "Sides are the patient's own. Asks for a recent proof of who you are, and is noted in the audit log.");
        recall.MapGet("/letters.pdf", Letters).Produces<byte[]>(contentType: "application/pdf").ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("PrintRecallLetters").WithSummary("One letter for each patient who was given some of a lot, in one PDF")
            .WithDescription("Erased patients get none. Asks for a recent proof of who you are, and is noted in the audit log.");
    }

    private static async Task<IResult> Table(
        RecallLot recall, PolicyFiles policy, AuditTrail audit, ClinicTime time, CancellationToken cancellation, string product = "", string lot = "")
    {
        if (await recall.Handle(product, lot, cancellation) is not { } found)
        {
            return TypedResults.NotFound();
        }

        await audit.NoteNowAsync(AuditAction.Export, "lot recall", null, null, Count(found), cancellation);
        var terms = SideEffectTerms.Read(policy);
        return TypedResults.Stream(
            async target =>
            {
                await using var text = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
                await RecallCsv.WriteAsync(text, found, terms, time);
            },
            "text/csv; charset=utf-8", "lot.csv");
    }

    private static async Task<IResult> Letters(
        RecallLot recall, PrintTreatment print, DocumentFonts fonts, AuditTrail audit, ClinicTime time, TimeProvider clock, CancellationToken cancellation,
        string product = "", string lot = "")
    {
        if (await recall.Handle(product, lot, cancellation) is not { } found || await print.Clinic(cancellation) is not { } clinic)
        {
            return TypedResults.NotFound();
        }

        if (!fonts.AreReady())
        {
            return DocumentFonts.Missing();
        }

        var now = clock.GetUtcNow();
        if (RecallLetters.Make(found, clinic, time.DayOf(now), time.Local(now).DateTime) is not { } pdf)
        {
            return TypedResults.Problem("Nobody who can be written to was given this lot.", statusCode: StatusCodes.Status404NotFound);
        }

        await audit.NoteNowAsync(AuditAction.Export, "letters about a lot", null, null, Count(found), cancellation);
        return TypedResults.File(pdf, "application/pdf", "letters.pdf");
    }

    private static string Count(LotRecall recall) => string.Create(CultureInfo.InvariantCulture, $"{recall.Patients.Count} patients");
}
