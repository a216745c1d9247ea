using System.Globalization;
using System.Text;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Platform.Audit;

/// <summary>The audit log as a file: for programs under /api, for people beside the page, which leads them to prove who they are first.</summary>
public static class AuditEndpoints
{
    /// <summary>Where the page's link leads.</summary>
    internal const string Download = "/audit/log.csv";

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        app.MapGet(Download, Csv).RequireAuthorization(Permission.ManageClinic).RequireRecentSignIn().ExcludeFromDescription();
        app.MapGet("/api/audit.csv", Csv).RequireAuthorization(Permission.ManageClinic).RequireRecentSignIn()
            .WithTags("Audit")
            .Produces<string>(contentType: "text/csv")
            .WithName("DownloadAudit")
            .WithSummary("Downloads the clinic's audit log as a CSV table")
            .WithDescription("Owners only, after a recent proof of who they are. person and patient: ids. day: yyyy-mm-dd in the clinic's time. "
                + "action: number of an action. Oldest first; times are UTC.");
    }

    private static async Task<PushStreamHttpResult> Csv(
        ReadAudit read, AuditTrail audit, CancellationToken cancellation, Guid? person = null, Guid? patient = null, string? day = null, int? action = null)
    {
        var question = AuditQuestion.From(person, patient, day, action, null);
        await audit.NoteNowAsync(AuditAction.Export, "audit log", null, patient, null, cancellation);
        return TypedResults.Stream(
            async target =>
            {
                await using var text = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
                await text.WriteLineAsync("entry,at_utc,person_id,person,action,what,subject_id,patient_id,chart_code,detail,root");
                await foreach (var line in read.AllAsync(question, cancellation))
                {
                    await text.WriteLineAsync(Row(line));
                }
            },
            "text/csv; charset=utf-8", "audit-log.csv");
    }

    private static string Row(AuditLine line) => string.Join(',', ((string?[])
    [
        line.Entry.Sequence.ToString(CultureInfo.InvariantCulture),
        line.Entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        line.Entry.ActorId?.ToString(), line.Person, AuditLine.Words(line.Entry.Action), line.Entry.What, line.Entry.SubjectId?.ToString(),
        line.Entry.PatientId?.ToString(), line.PatientCode, line.Entry.Detail, Convert.ToHexStringLower(line.Entry.Root),
    ]).Select(Cell));

    /// <summary>Quoted where needed; a text that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    private static string Cell(string? text)
    {
        var safe = text is ['=' or '+' or '-' or '@', ..] ? "'" + text : text ?? "";
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
