using Facialis.Clinic.Measurements;
using Facialis.Platform.Database;
using Facialis.Platform.Identity.Lock;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.FollowUps.Diary;

/// <summary>Takes a recording that a patient made at home: the steps of /api/recordings, for the link's own patient and with nothing of the result.</summary>
internal sealed class DiaryRecordings(FacialisDb db, ReceiveRecording receive, CompleteRecording complete, TimeProvider clock)
{
    /// <summary>Recordings that a patient may send in a day; whoever holds the link cannot fill the disk.</summary>
    public const int MostADay = 6;

    public static void Map(RouteGroupBuilder api)
    {
        var recordings = api.MapGroup("/diary/{token}/recordings/{id:guid}").WithTags("Diary").AllowAnonymous()
            .WithMetadata(new OpenWhileLockedAttribute(), new OpenedByDiaryLinkAttribute());
        recordings.MapPut("", (Guid id, AnnouncedRecording body, HttpContext context, DiaryRecordings diary, CancellationToken cancellation) =>
                diary.Announce(id, body, context, cancellation))
            .WithSummary("Announces a recording of the link's patient").WithDescription("As for /api/recordings; the patient in the body counts for nothing. 410: the link is closed.");
        recordings.MapMethods("/content", [HttpMethods.Head], (Guid id, HttpContext context, DiaryRecordings diary, CancellationToken cancellation) =>
                diary.Offset(id, context, cancellation))
            .WithSummary("Says how many bytes the server has");
        recordings.MapPatch("/content", (Guid id, HttpContext context, DiaryRecordings diary, CancellationToken cancellation) =>
                diary.Append(id, context, cancellation))
            .Accepts<byte[]>("application/offset+octet-stream").WithMetadata(new RecordingEndpoints.PartLimit())
            .WithSummary("Adds a part of the recording's file");
        recordings.MapPost("/complete", (Guid id, HttpContext context, DiaryRecordings diary, CancellationToken cancellation) =>
                diary.Complete(id, context, cancellation))
            .WithSummary("Ends the upload and has it measured");
    }

    private async Task<IResult> Announce(Guid id, AnnouncedRecording body, HttpContext context, CancellationToken cancellation)
    {
        if (DiaryDoor.PatientOf(context.User) is not { } patient)
        {
            return Closed();
        }

        var since = clock.GetUtcNow().AddDays(-1);
        if (!await IsOwn(id, patient, cancellation)
            && await db.Set<Recording>().CountAsync(r => r.PatientId == patient && r.CreatedAt > since, cancellation) >= MostADay)
        {
            return TypedResults.Problem($"There are {MostADay} recordings of the last 24 hours already. Try again tomorrow.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        return Quietly(await receive.Announce(id, body with { PatientId = patient, Notes = "Recorded by the patient, by diary link" }, cancellation));
    }

    private async Task<IResult> Offset(Guid id, HttpContext context, CancellationToken cancellation) =>
        await Refusal(id, context, cancellation) ?? await receive.Offset(id, context, cancellation);

    private async Task<IResult> Append(Guid id, HttpContext context, CancellationToken cancellation) =>
        await Refusal(id, context, cancellation) ?? await receive.Append(id, context, cancellation);

    private async Task<IResult> Complete(Guid id, HttpContext context, CancellationToken cancellation) =>
        await Refusal(id, context, cancellation) ?? Quietly(await complete.Handle(id, context, cancellation));

    /// <summary>Why a request for a recording gets no further; null where it is the link's own.</summary>
    private async Task<IResult?> Refusal(Guid id, HttpContext context, CancellationToken cancellation) =>
        DiaryDoor.PatientOf(context.User) is not { } patient ? Closed()
        : await IsOwn(id, patient, cancellation) ? null
        : TypedResults.NotFound();

    private Task<bool> IsOwn(Guid id, Guid patient, CancellationToken cancellation) =>
        db.Set<Recording>().AnyAsync(r => r.Id == id && r.PatientId == patient, cancellation);

    /// <summary>The same answer without what it says of the recording: that is for the clinic.</summary>
    private static IResult Quietly(IResult answer) => answer is INestedHttpResult { Result: var inner } ? Quietly(inner)
        : answer is IStatusCodeHttpResult { StatusCode: >= 200 and < 300 } ? TypedResults.NoContent()
        : answer;

    internal static ProblemHttpResult Closed() => TypedResults.Problem("This link has run out or was taken back. Ask your clinic for a new one.", statusCode: StatusCodes.Status410Gone);
}
