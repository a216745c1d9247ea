using System.Globalization;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Printing;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Injections.Documents;

/// <summary>Prints signed treatments for the chart, and the form for hours without power.</summary>
internal sealed class PrintTreatment(
    FacialisDb db, CurrentClinic clinic, ReadTreatments read, FindPatients find, DocumentFonts fonts, AuditTrail audit, ClinicTime time, TimeProvider clock)
{
    private const string Pdf = "application/pdf";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/treatments/{id:guid}/page.pdf", (Guid id, HttpContext request, PrintTreatment print, CancellationToken cancellation, int? version = null) =>
                print.Page(id, version, request.Request, cancellation))
            .WithTags("Treatments").RequireAuthorization(Permission.ReadCharts).Produces<byte[]>(contentType: Pdf)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("PrintTreatment").WithSummary("The A4 page of a signed version, for the chart")
            .WithDescription("version: the newest unless told. The page is noted in the audit log as an export. 409: what was signed does not open or does not hold, so nothing is printed.");
        api.MapGet("/treatments/blank.pdf", (PrintTreatment print, CancellationToken cancellation) => print.Blank(cancellation))
            .WithTags("Treatments").RequireAuthorization(Permission.ReadCharts).Produces<byte[]>(contentType: Pdf)
            .WithName("PrintBlankForm").WithSummary("An empty page of a treatment, to be filled in by hand while there is no power");
    }

    /// <summary>Name of the clinic that is worked for.</summary>
    public async Task<ClinicAccount?> Clinic(CancellationToken cancellation) =>
        await db.Set<ClinicAccount>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == clinic.Id, cancellation);

    private async Task<IResult> Page(Guid id, int? version, HttpRequest request, CancellationToken cancellation)
    {
        var versions = await read.Versions(id, cancellation);
        var found = version is { } asked ? versions.FirstOrDefault(v => v.Row.Version == asked) : versions is [.., var newest] ? newest : null;
        if (found is null || await find.Find(found.Row.PatientId, cancellation) is not { } patient)
        {
            return TypedResults.NotFound();
        }

        if (Refusal(found) is { } sentence)
        {
            return TypedResults.Problem(sentence, title: "No page is printed.", statusCode: StatusCodes.Status409Conflict);
        }

        if (!fonts.AreReady())
        {
            return DocumentFonts.Missing();
        }

        var account = await Clinic(cancellation);
        var record = found.Record!; // or it was refused
        var head = new TreatmentHead(
            account?.Name ?? "", "Record of a treatment", patient.Title, BornOf(patient), patient.Code, time.Day(record.GivenAt),
            found.Row.IsDemonstration || patient.IsDemonstration || account?.IsDemonstration == true);
        var pdf = TreatmentPagePdf.Make(new TreatmentPrint(record, found.HashText, versions.Count, head, Address(request, found), clock.GetUtcNow()), time);
        await audit.NoteNowAsync(AuditAction.Export, "treatment page", found.Row.Id, patient.Id, $"version {record.Version}", cancellation);
        return TypedResults.File(pdf, Pdf, string.Create(CultureInfo.InvariantCulture, $"treatment-{time.DayOf(record.GivenAt):yyyy-MM-dd}-{id.ToString("N")[^8..]}-v{record.Version}.pdf"));
    }

    private async Task<IResult> Blank(CancellationToken cancellation) => fonts.AreReady()
        ? TypedResults.File(BlankFormPdf.Make((await Clinic(cancellation))?.Name ?? "", time.Local(clock.GetUtcNow()).DateTime), Pdf, "treatment-blank-form.pdf")
        : DocumentFonts.Missing();

    /// <summary>Where the version stands on this server, and its hash behind the sign that browsers keep to themselves.</summary>
    internal static string Address(HttpRequest request, CheckedTreatment treatment) =>
        $"{request.Scheme}://{request.Host}{request.PathBase}/clinic/treatments/{treatment.Row.TreatmentId}?version={treatment.Row.Version}#sha256={treatment.HashText}";

    internal static string BornOf(PatientLine patient) =>
        patient.Person.BirthDate is { } born ? born.InWords() : "not recorded";

    /// <summary>Why a version is not printed; null where it may be.</summary>
    internal static string? Refusal(CheckedTreatment treatment) => treatment switch
    {
        { IsErased: true } => "The patient was erased: what was signed cannot be read any more.",
        { Record: null } => "What was signed does not open: it was changed outside this program, or comes from another database. Tell whoever runs the server.",
        { IsValid: false } => "What is kept is not what was signed. Tell whoever runs the server.",
        _ => null,
    };
}
