using Facialis.Anatomy.Recordings.Import;
using Facialis.Platform.Audit;
using Facialis.Platform.Identity;
using Facialis.Spasm.Comparison;
using Facialis.Spasm.Report;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Clinic.Measurements;

/// <summary>Recordings under /api. The pages' own islands use the same addresses as any outside program.</summary>
internal static class RecordingEndpoints
{
    private const string Recording = "/{id:guid}";

    public static void Map(RouteGroupBuilder api)
    {
        var recordings = api.MapGroup("/recordings").WithTags("Recordings");
        MapUpload(recordings.MapGroup("").RequireAuthorization(Permission.WriteCharts));
        MapReading(recordings.MapGroup("").RequireAuthorization(Permission.ReadCharts));
        MapDownloads(recordings.MapGroup("").RequireAuthorization(Permission.Export).RequireRecentSignIn());
        MapRemoval(recordings.MapGroup("").RequireAuthorization(Permission.ManageClinic));
        api.MapGet("/comparisons", Compare).WithTags("Comparisons").RequireAuthorization(Permission.ReadCharts).WithName("CompareRecordings")
            .Produces<RecordingComparison>()
            .WithSummary("Compares two recordings of one patient")
            .WithDescription("Give the ids as before and after. The answer holds, for each side, the ratio of rates with its 95 % interval and whether "
                + "the change exceeds what repeating the recording would give. Where isComparable is false, reasons says why and nothing else is filled. "
                + "422: not two measured recordings of one patient.")
            .WithAnswerExample("""
            { "isComparable": true, "reasons": [], "sides": [{ "side": "patientLeft", "rate": { "ratio": 0.19, "low": 0.04, "high": 0.96, "dispersion": 3.4 },
              "inSpasmChange": -0.06, "mouthIodChange": -0.04, "lidClosureChange": -0.21, "answer": "fewer", "sentence": "Left side: 38 events in 3.0 min, then 7 in 3.0 min ..." }] }
            """);
    }

    private static void MapUpload(RouteGroupBuilder recordings)
    {
        recordings.MapPut(Recording, (Guid id, AnnouncedRecording body, ReceiveRecording receive, CancellationToken cancellation) =>
                receive.Announce(id, body, cancellation))
            .WithName("AnnounceRecording")
            .WithSummary("Announces a recording")
            .WithDescription("First step of an upload. The id is a UUIDv7 made by the caller; the same request again is the same recording. "
                + "Then: HEAD content for the offset, PATCH content until all bytes are there, POST complete.")
            .WithRequestExample("""{ "patientId": "01a03053-09f8-7934-bea9-aa9b46e29e01", "startedAt": "2026-11-22T18:00:41Z", "contentLength": 2539992, "notes": "Before treatment" }""");
        recordings.MapMethods($"{Recording}/content", [HttpMethods.Head], (Guid id, HttpContext context, ReceiveRecording receive, CancellationToken cancellation) =>
                receive.Offset(id, context, cancellation))
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status404NotFound)
            .WithName("GetUploadOffset")
            .WithSummary("Says how many bytes of a recording the server has")
            .WithDescription("The header Upload-Offset of the answer holds the bytes that are on the server's disk for certain.");
        recordings.MapPatch($"{Recording}/content", (Guid id, HttpContext context, ReceiveRecording receive, CancellationToken cancellation) =>
                receive.Append(id, context, cancellation))
            .Accepts<byte[]>("application/offset+octet-stream")
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .WithMetadata(new PartLimit())
            .WithName("AppendToRecording")
            .WithSummary("Adds a part of a recording's file")
            .WithDescription("The header Upload-Offset says at which byte the part begins; a part has up to 1 MiB. 204: the part is on the disk, and Upload-Offset "
                + "holds the new offset. 409: it begins elsewhere; Upload-Offset says where to go on. Sending the same part twice is the same as sending it once.");
        recordings.MapPost($"{Recording}/complete", (Guid id, HttpContext context, CompleteRecording complete, CancellationToken cancellation) =>
                complete.Handle(id, context, cancellation))
            .WithName("CompleteRecording")
            .WithSummary("Ends an upload and measures the recording")
            .WithDescription("200: it is measured; fetch its report. 202: measuring goes on; ask the address in Location until state is complete or failed. "
                + "409: bytes are missing; Upload-Offset says how many are there. 422: the file is damaged or no recording; the detail says why. "
                + "Asking again gives the same answer.");
    }

    private static void MapReading(RouteGroupBuilder recordings)
    {
        recordings.MapGet("", List).WithName("ListRecordings")
            .WithSummary("Lists recordings, newest first")
            .WithDescription("patientId: only this patient's. page: from 1. pageSize: 1 to 100, 25 unless told.");
        recordings.MapGet(Recording, Get).AuditedRead("recording").WithName("GetRecording")
            .WithSummary("Shows where a recording stands")
            .WithDescription("While state is measuring, measuredSeconds says how far that has come.")
            .WithAnswerExample("""
            { "id": "01a03053-09f8-7934-bea9-b09b46e29ebc", "patientId": "01a03053-09f8-7934-bea9-aa9b46e29e01", "patientCode": "P-0012", "state": "complete",
              "createdAt": "2026-11-22T18:05:00+00:00", "startedAt": "2026-11-22T18:00:41+00:00", "receivedBytes": 2539992, "contentLength": 2539992,
              "measuredSeconds": null, "problem": null, "isDemonstration": false, "notes": "",
              "digest": { "verdict": "measured", "quality": "good", "affected": "left", "sideConfirmed": true, "durationSeconds": 216,
                "usableSeconds": 180, "rightEvents": 0, "leftEvents": 38 } }
            """);
        recordings.MapGet($"{Recording}/report", (Guid id, ReadRecordings read, CancellationToken cancellation) => read.ReportText(id, cancellation))
            .Produces<SpasmReport>()
            .AuditedRead("recording report").WithName("GetReport")
            .WithSummary("Gives the report of a recording")
            .WithDescription("Sides are the patient's own. Every rate carries its count, its minutes and, where the recording is long enough, its 95 % interval. 409: not measured.");
        recordings.MapGet($"{Recording}/signals", Signals).AuditedRead("recording signals").WithName("GetSignals")
            .WithSummary("Gives the signals behind a report, reduced for a plot")
            .WithDescription("from, to: seconds on the recording's clock, the whole recording unless told. points: 10 to 4,000 spans of time, 1,000 unless told; "
                + "each gives the lowest and highest value in it, so that a twitch of one frame never disappears.")
            .WithAnswerExample("""
            { "fromSeconds": 60, "toSeconds": 60.2, "times": [60.05, 60.15],
              "right": { "lid": { "low": [0.01, 0.02], "high": [0.03, 0.02] }, "mouth": { "low": [0, 0.001], "high": [0.002, 0.002] }, "brow": { "low": [0, 0], "high": [0.001, 0.001] } },
              "left": { "lid": { "low": [0.02, 0.61], "high": [0.44, 0.83] }, "mouth": { "low": [0.001, 0.06], "high": [0.05, 0.09] }, "brow": { "low": [0, 0.01], "high": [0.01, 0.02] } } }
            """);
        recordings.MapGet($"{Recording}/frames", Frames).AuditedRead("recording face").WithName("GetFrames")
            .WithSummary("Gives the landmark face between two moments")
            .WithDescription("from, to: seconds on the recording's clock, at most 15 s apart. Points are in thousandths of the interocular distance, upright, "
                + "the eyes' middle at the origin, x towards the patient's left. No picture is stored; this is all there is of the face.")
            .WithAnswerExample("""
            { "fromSeconds": 60.0, "toSeconds": 60.0333, "times": [60.0, 60.0333], "points": [[-501, -54, -504, 52], [-501, -54, -504, 51]],
              "outlines": [{ "name": "rightLids", "closed": true, "points": [0, 1] }] }
            """);
    }

    private static void MapDownloads(RouteGroupBuilder recordings)
    {
        recordings.MapGet($"{Recording}/content", Content).Produces<byte[]>(contentType: "application/octet-stream")
            .AuditedExport("recording file").WithName("DownloadRecording").WithSummary("Downloads the landmark file (.facerec)");
        recordings.MapGet($"{Recording}/report.json", ReportFile).Produces<SpasmReport>()
            .AuditedExport("recording report").WithName("DownloadReport").WithSummary("Downloads the report as a JSON file");
        recordings.MapGet($"{Recording}/events.csv", EventsFile).Produces<string>(contentType: "text/csv")
            .AuditedExport("recording events").WithName("DownloadEvents").WithSummary("Downloads the events as a CSV table");
        recordings.MapGet($"{Recording}/landmarks.csv", LandmarksFile).Produces<string>(contentType: "text/csv")
            .AuditedExport("recording landmarks").WithName("DownloadLandmarks").WithSummary("Downloads the landmarks of every frame as a CSV table");
    }

    private static void MapRemoval(RouteGroupBuilder recordings)
    {
        recordings.MapDelete(Recording, Remove).WithName("RemoveRecording")
            .WithSummary("Takes a recording out of sight")
            .WithDescription("Owners only. Nothing is destroyed: POST restore brings it back.");
        recordings.MapPost($"{Recording}/restore", Restore).WithName("RestoreRecording")
            .WithSummary("Brings a removed recording back").WithDescription("Owners only.");
    }

    private static async Task<Results<Ok<RecordingPage>, ProblemHttpResult>> List(
        ReadRecordings read, AuditTrail audit, CancellationToken cancellation, Guid? patientId = null, int page = 1, int pageSize = 25)
    {
        if (page is < 1 or > 1_000_000 || pageSize is < 1 or > ReadRecordings.MaxPageSize)
        {
            return TypedResults.Problem("page begins at 1, and pageSize is 1 to 100.", statusCode: StatusCodes.Status400BadRequest);
        }

        var found = await read.Page(patientId, page, pageSize, cancellation);
        await audit.NoteReadAsync("recordings", null, patientId, cancellation);
        return TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<RecordingResource>, NotFound>> Get(Guid id, ReadRecordings read, CancellationToken cancellation) =>
        await read.Find(id, cancellation) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    private static async Task<Results<Ok<SignalBands>, NotFound, ProblemHttpResult>> Signals(
        Guid id, ReadRecordings read, CancellationToken cancellation, double? from = null, double? to = null, int points = 1000)
    {
        if (points is < 10 or > 4000)
        {
            return TypedResults.Problem("points is 10 to 4,000.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (await Unmeasured(id, read, cancellation) is { } answer)
        {
            return answer.State is null ? TypedResults.NotFound() : ReadRecordings.NotMeasured(answer.State.Value, answer.Problem);
        }

        var track = read.Signals(id);
        var (first, last) = (from ?? 0, to ?? (track.Times.Length > 0 ? track.Times[^1] + 0.001 : 0.001));
        return double.IsFinite(first) && double.IsFinite(last) && first < last
            ? TypedResults.Ok(SignalBands.Of(track, first, last, points))
            : TypedResults.Problem("from must lie before to.", statusCode: StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<FaceClip>, NotFound, ProblemHttpResult>> Frames(
        Guid id, ReadRecordings read, double from, double to, CancellationToken cancellation)
    {
        if (!(from < to) || !(to - from <= FaceClip.MaxSeconds))
        {
            return TypedResults.Problem("from must lie before to, by at most 15 seconds.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (await Unmeasured(id, read, cancellation) is { } answer)
        {
            return answer.State is null ? TypedResults.NotFound() : ReadRecordings.NotMeasured(answer.State.Value, answer.Problem);
        }

        var report = await read.Report(id, cancellation);
        return TypedResults.Ok(read.Clip(id, from, to, report?.Recording.SidesSwapped == true));
    }

    /// <summary>Null where the recording is measured; else where it stands, or no state where it does not exist.</summary>
    private static async Task<NotMeasuredYet?> Unmeasured(Guid id, ReadRecordings read, CancellationToken cancellation)
    {
        var found = await read.Find(id, cancellation);
        return found?.State == RecordingState.Complete ? null : new NotMeasuredYet(found?.State, found?.Problem);
    }

    private static async Task<IResult> Content(Guid id, ReadRecordings read, RecordingContent content, CancellationToken cancellation) =>
        await read.Find(id, cancellation) switch
        {
            null => TypedResults.NotFound(),
            { State: RecordingState.Uploading } found => ReadRecordings.NotMeasured(found.State, null),
            var found => TypedResults.File(content.Open(id), "application/octet-stream", FileName(found, "facerec")),
        };

    private static async Task<IResult> ReportFile(Guid id, ReadRecordings read, CancellationToken cancellation) =>
        await Measured(id, read, (found, report) => TypedResults.File(
            System.Text.Encoding.UTF8.GetBytes(ReportJson.Write(report)), "application/json", FileName(found, "report.json")), cancellation);

    private static async Task<IResult> EventsFile(Guid id, ReadRecordings read, CancellationToken cancellation) =>
        await Measured(id, read, (found, report) => TypedResults.File(
            System.Text.Encoding.UTF8.GetBytes(EventsCsv.Write(report)), "text/csv; charset=utf-8", FileName(found, "events.csv")), cancellation);

    private static async Task<IResult> LandmarksFile(Guid id, HttpContext context, ReadRecordings read, CancellationToken cancellation) =>
        await Measured(id, read, (found, _) => TypedResults.Stream(
            target =>
            {
                // The engine writes as it reads, any length in little memory, and knows no waiting.
                context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
                using var frames = read.OpenFrames(id);
                WideCsvWriter.Write(frames, target);
                return Task.CompletedTask;
            }, "text/csv; charset=utf-8", FileName(found, "landmarks.csv")), cancellation);

    private static async Task<IResult> Measured(
        Guid id, ReadRecordings read, Func<RecordingResource, SpasmReport, IResult> answer, CancellationToken cancellation)
    {
        var found = await read.Find(id, cancellation);
        if (found is null)
        {
            return TypedResults.NotFound();
        }

        return await read.Report(id, cancellation) is { } report ? answer(found, report) : ReadRecordings.NotMeasured(found.State, found.Problem);
    }

    private static async Task<Results<NoContent, NotFound>> Remove(
        Guid id, RemoveRecording remove, CancellationToken cancellation) =>
        await remove.Remove(id, cancellation) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> Restore(
        Guid id, RemoveRecording remove, CancellationToken cancellation) =>
        await remove.Restore(id, cancellation) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<IResult> Compare(Guid before, Guid after, CompareRecordings compare, AuditTrail audit, CancellationToken cancellation)
    {
        var answer = await compare.Handle(before, after, cancellation);
        if (answer.Outcome == CompareOutcome.Compared)
        {
            await audit.NoteReadAsync("comparison, before", before, answer.PatientId, cancellation);
            await audit.NoteReadAsync("comparison, after", after, answer.PatientId, cancellation);
        }

        return answer.Outcome switch
        {
            CompareOutcome.NotFound => TypedResults.NotFound(),
            CompareOutcome.Refused => TypedResults.Problem(answer.Reason, statusCode: StatusCodes.Status422UnprocessableEntity),
            _ => TypedResults.Ok(answer.Comparison),
        };
    }

    /// <summary>"recording-2026-11-22-1a2b3c4d.facerec": tells files apart without saying whose they are.</summary>
    private static string FileName(RecordingResource recording, string kind) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"recording-{recording.StartedAt ?? recording.CreatedAt:yyyy-MM-dd}-{recording.Id.ToString("N")[^8..]}.{kind}");

    private sealed record NotMeasuredYet(RecordingState? State, string? Problem);

    /// <summary>The server itself stops reading a part that is too large; a little more is let through, to be refused with a sentence.</summary>
    internal sealed class PartLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => RecordingSettings.MaxChunkBytes + 4096;
    }
}
