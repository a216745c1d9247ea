using Facialis.Platform.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Facialis.Clinic.Measurements;

/// <summary>Ends an upload and has the recording measured. Asking again gives the same answer.</summary>
internal sealed class CompleteRecording(FacialisDb db, RecordingContent content, MeasuringQueue queue, IOptions<RecordingSettings> settings, TimeProvider clock)
{
    /// <summary>POST /api/recordings/{id}/complete</summary>
    public async Task<Results<Ok<RecordingResource>, AcceptedAtRoute<RecordingResource>, NotFound, ProblemHttpResult>> Handle(
        Guid id, HttpContext context, CancellationToken cancellation)
    {
        var recording = await Find(id, cancellation);
        if (recording is null)
        {
            return TypedResults.NotFound();
        }

        if (recording.State == RecordingState.Uploading)
        {
            using var turn = await content.TurnAsync(id, cancellation);
            var durable = Math.Min(recording.ReceivedBytes, content.Length(id));
            if (durable == 0 || (recording.ContentLength is { } announced && durable != announced))
            {
                context.Response.Headers[ReceiveRecording.OffsetHeader] = durable.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return TypedResults.Problem(
                    $"The recording is not whole yet: the server has {durable} of {recording.ContentLength?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "its"} bytes.",
                    statusCode: StatusCodes.Status409Conflict);
            }

            await db.Set<Recording>().Where(r => r.Id == id && r.State == RecordingState.Uploading)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RecordingState.Measuring), cancellation);
        }

        if (recording.State is RecordingState.Uploading or RecordingState.Measuring)
        {
            var measured = queue.Add(new WaitingRecording(id, db.ClinicId));
            await Task.WhenAny(measured, Task.Delay(TimeSpan.FromSeconds(settings.Value.AnswerWithinSeconds), clock, cancellation));
            recording = await Find(id, cancellation);
        }

        return recording switch
        {
            null => TypedResults.NotFound(),
            { State: RecordingState.Complete } => TypedResults.Ok(recording),
            { State: RecordingState.Failed } => TypedResults.Problem(
                recording.Problem, title: "This is not a recording that can be measured.", statusCode: StatusCodes.Status422UnprocessableEntity),
            _ => TypedResults.AcceptedAtRoute(recording with { MeasuredSeconds = queue.MeasuredSeconds(id) }, "GetRecording", new { id }),
        };
    }

    private Task<RecordingResource?> Find(Guid id, CancellationToken cancellation) =>
        db.Set<Recording>().AsNoTracking().Where(r => r.Id == id).Select(RecordingResource.FromRow).SingleOrDefaultAsync(cancellation);
}
