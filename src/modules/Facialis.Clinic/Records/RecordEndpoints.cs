using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Clinic.Injections.Documents;
using Facialis.Clinic.Printing;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Clinic.Records;

/// <summary>What leaves the clinic as a whole: a patient's record, and the treatments of all. After a recent proof of who asks.</summary>
internal static class RecordEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, never part of a page; names stay readable
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Map(RouteGroupBuilder api)
    {
        var exports = api.MapGroup("").WithTags("Exports").RequireAuthorization(Permission.Export).RequireRecentSignIn();
        exports.MapGet("/patients/{id:guid}/record.json", Whole).Produces<PatientRecord>()
            .WithName("ExportPatientAsJson").WithSummary("Downloads everything that is kept of a patient as JSON")
            .WithDescription("Every version of everything, with the text that was signed and its SHA-256. Sides are the patient's own; every dose names its product. "
                + "Asks for a recent proof of who you are, and is noted in the audit log.");
        exports.MapGet("/patients/{id:guid}/record.pdf", Printed).Produces<byte[]>(contentType: "application/pdf")
            .WithName("ExportPatientAsPdf").WithSummary("Downloads everything that is kept of a patient as PDF, with a page for each signed treatment");
        exports.MapGet("/treatments.csv", Treatments).Produces<string>(contentType: "text/csv").ProducesProblem(StatusCodes.Status400BadRequest)
            .WithName("ExportTreatments").WithSummary("Downloads the clinic's treatments as a CSV table")
            .WithDescription("A row for each injection of the newest versions, with chart codes and no names. from, to: days of the clinic, yyyy-mm-dd, both included. "
                + "dose_unit, planned_unit, treatment_total_unit and vial_unit name the product of the units before them. Times carry their offset.");
    }

    private static async Task<IResult> Whole(Guid id, ReadPatientRecord read, AuditTrail audit, CancellationToken cancellation)
    {
        if (await read.Handle(id, cancellation) is not { } found)
        {
            return TypedResults.NotFound();
        }

        await audit.NoteNowAsync(AuditAction.Export, "whole record", id, id, "JSON", cancellation);
        return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(found.Record, Json), "application/json", FileName(found.Record, "json"));
    }

    private static async Task<IResult> Printed(
        Guid id, HttpContext context, ReadPatientRecord read, DocumentFonts fonts, AuditTrail audit, ClinicTime time, CancellationToken cancellation)
    {
        if (await read.Handle(id, cancellation) is not { } found)
        {
            return TypedResults.NotFound();
        }

        if (!fonts.AreReady())
        {
            return DocumentFonts.Missing();
        }

        var (record, patient) = (found.Record, found.Patient);
        List<TreatmentPrint> pages =
        [
            .. found.Treatments.Where(t => t is { IsValid: true, Record: not null }).Select(t => new TreatmentPrint(
                t.Record!, t.HashText, found.Treatments.Count(v => v.Row.TreatmentId == t.Row.TreatmentId), // asked for before
                new TreatmentHead(
                    record.Clinic, "Record of a treatment", patient.Title, PrintTreatment.BornOf(patient), patient.Code, time.Day(t.Row.GivenAt), record.IsDemonstration || t.Row.IsDemonstration),
                PrintTreatment.Address(context.Request, t), record.MadeAt)),
        ];
        var pdf = PatientRecordPdf.Make(found, pages, time);
        await audit.NoteNowAsync(AuditAction.Export, "whole record", id, id, "PDF", cancellation);
        return TypedResults.File(pdf, "application/pdf", FileName(record, "pdf"));
    }

    private static async Task<IResult> Treatments(TreatmentsCsv csv, AuditTrail audit, CancellationToken cancellation, string? from = null, string? to = null)
    {
        if (!TryDay(from, out var first) || !TryDay(to, out var last) || first > last)
        {
            return TypedResults.Problem("from and to are days written 2026-11-22, and from is not after to.", statusCode: StatusCodes.Status400BadRequest);
        }

        await audit.NoteNowAsync(AuditAction.Export, "treatments of the clinic", null, null, $"from {first?.Iso() ?? "the beginning"} to {last?.Iso() ?? "now"}", cancellation);
        return TypedResults.Stream(
            async target =>
            {
                await using var text = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
                await csv.WriteAsync(text, first, last, cancellation);
            },
            "text/csv; charset=utf-8", $"treatments{(first is null ? "" : $"-from-{first?.Iso()}")}{(last is null ? "" : $"-to-{last?.Iso()}")}.csv");
    }

    /// <summary>Empty is no limit.</summary>
    private static bool TryDay(string? typed, out DateOnly? day)
    {
        day = DayText.ReadIso(typed) is { Year: > 1900 and < 9000 } read ? read : null;
        return string.IsNullOrEmpty(typed) || day is not null;
    }

    /// <summary>Tells files apart without saying whose they are.</summary>
    private static string FileName(PatientRecord record, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"record-{record.MadeAt:yyyy-MM-dd}-{record.Patient.Id.ToString("N")[^8..]}.{kind}");
}
