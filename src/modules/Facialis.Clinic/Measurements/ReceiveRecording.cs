using System.Buffers;
using System.Globalization;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Facialis.Clinic.Measurements;

/// <summary>Takes a recording in parts. Whatever breaks, the caller asks how much is here and goes on from there.</summary>
/// <remarks>
/// A part counts when it is on the disk and the row says so, in this order; a crash between the two leaves bytes that the next
/// part overwrites. Two parts at once cannot mix: one writer at a time holds the file, and the row moves only from the offset
/// that the part was written at.
/// </remarks>
internal sealed class ReceiveRecording(FacialisDb db, UrgentWatch urgent, AuditTrail audit, RecordingContent content, IOptions<RecordingSettings> settings, TimeProvider clock)
{
    public const string OffsetHeader = "Upload-Offset";

    /// <summary>PUT /api/recordings/{id}</summary>
    public async Task<Results<Ok<RecordingResource>, CreatedAtRoute<RecordingResource>, ProblemHttpResult>> Announce(
        Guid id, AnnouncedRecording body, CancellationToken cancellation)
    {
        if (id.Version != 7)
        {
            return Problem(400, "The id must be a UUID of version 7 made by the caller.");
        }

        if (body.ContentLength is <= 0)
        {
            return Problem(400, "A recording has at least one byte: contentLength must be above 0, or left out.");
        }

        if (body.ContentLength > settings.Value.MaxBytes)
        {
            return TooLarge();
        }

        if (body.Notes?.Length > 2000)
        {
            return Problem(400, "The notes are too long: at most 2,000 signs.");
        }

        if (!await db.Set<Patient>().AnyAsync(p => p.Id == body.PatientId && p.ErasedAt == null, cancellation))
        {
            return Problem(400, "There is no such patient in this clinic.");
        }

        if (await Known(id, cancellation) is { } known)
        {
            return Same(known, body);
        }

        db.Add(new Recording
        {
            Id = id,
            PatientId = body.PatientId,
            CreatedAt = clock.GetUtcNow(),
            StartedAt = body.StartedAt?.ToUniversalTime(),
            AnnouncedBytes = body.ContentLength,
            Notes = body.Notes ?? "",
        });
        urgent.LookAt(body.PatientId, null, id, body.Notes);
        audit.Note(AuditAction.Write, "recording", id, body.PatientId);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            // The same request twice at once; or an id of another clinic or of a removed recording, which stay unseen.
            return await Known(id, cancellation) is { } winner ? Same(winner, body) : Problem(422, "This id is taken. Make a new one.");
        }

        var created = await Known(id, cancellation) ?? throw new InvalidOperationException($"Recording {id} was saved and is not there.");
        return TypedResults.CreatedAtRoute(created, "GetRecording", new { id });
    }

    /// <summary>HEAD /api/recordings/{id}/content</summary>
    public async Task<IResult> Offset(Guid id, HttpContext context, CancellationToken cancellation)
    {
        if (await Progress(id, cancellation) is not { } progress)
        {
            return TypedResults.NotFound();
        }

        Tell(context, progress.Durable);
        return TypedResults.NoContent();
    }

    /// <summary>PATCH /api/recordings/{id}/content</summary>
    public async Task<IResult> Append(Guid id, HttpContext context, CancellationToken cancellation)
    {
        if (!long.TryParse(context.Request.Headers[OffsetHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return Problem(400, $"The header {OffsetHeader} is missing: it says at which byte of the file this part begins.");
        }

        if (context.Request.ContentLength > RecordingSettings.MaxChunkBytes)
        {
            return PartTooLarge();
        }

        var buffer = ArrayPool<byte>.Shared.Rent(RecordingSettings.MaxChunkBytes + 1);
        try
        {
            var length = await context.Request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, RecordingSettings.MaxChunkBytes + 1), RecordingSettings.MaxChunkBytes + 1, throwOnEndOfStream: false, cancellation);
            return length > RecordingSettings.MaxChunkBytes
                ? PartTooLarge()
                : await Append(id, offset, buffer.AsMemory(0, length), context, cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<IResult> Append(Guid id, long offset, ReadOnlyMemory<byte> part, HttpContext context, CancellationToken cancellation)
    {
        using var turn = await content.TurnAsync(id, cancellation);
        if (await Progress(id, cancellation) is not { } progress)
        {
            return TypedResults.NotFound();
        }

        var end = offset + part.Length;
        Tell(context, progress.Durable);
        if (end <= progress.Durable && await content.HoldsAsync(id, offset, part, cancellation))
        {
            return TypedResults.NoContent(); // the same part again: its first answer was lost on the way
        }

        if (progress.State != RecordingState.Uploading)
        {
            return Problem(422, "This recording is complete; nothing can be added to it.");
        }

        if (offset != progress.Durable)
        {
            return Problem(409, $"The server has {progress.Durable} bytes of this recording; go on from there.");
        }

        if (end > settings.Value.MaxBytes)
        {
            return TooLarge();
        }

        if (end > progress.Announced)
        {
            return Problem(422, $"This is more than the {progress.Announced} bytes that were announced.");
        }

        try
        {
            await content.WriteAsync(id, offset, part, cancellation);
        }
        catch (IOException) when (content.IsHeldElsewhere(id))
        {
            context.Response.Headers.RetryAfter = "1";
            return Problem(503, "Another part of this recording is being written. Try again in a moment.");
        }

        var moved = await db.Set<Recording>()
            .Where(r => r.Id == id && r.State == RecordingState.Uploading && r.ReceivedBytes == progress.Recorded)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ReceivedBytes, end), cancellation);
        if (moved == 0)
        {
            return Problem(409, "Another part of this recording came first; ask for the offset and go on from there.");
        }

        Tell(context, end);
        return TypedResults.NoContent();
    }

    private ProblemHttpResult TooLarge() =>
        Problem(413, $"This recording is too large: this server takes up to {settings.Value.MaxBytesInWords}. Record for a shorter time, or store the compact set of landmarks.");

    private static ProblemHttpResult PartTooLarge() =>
        Problem(413, $"A part may have up to {RecordingSettings.MaxChunkBytes} bytes. Send the recording in smaller parts.");

    private static ProblemHttpResult Problem(int status, string sentence) => TypedResults.Problem(sentence, statusCode: status);

    private static void Tell(HttpContext context, long offset) =>
        context.Response.Headers[OffsetHeader] = offset.ToString(CultureInfo.InvariantCulture);

    private static Results<Ok<RecordingResource>, CreatedAtRoute<RecordingResource>, ProblemHttpResult> Same(RecordingResource known, AnnouncedRecording body) =>
        known.PatientId == body.PatientId && known.ContentLength == body.ContentLength
            ? TypedResults.Ok(known)
            : Problem(422, "This id belongs to a recording that was announced differently. Make a new one.");

    private Task<RecordingResource?> Known(Guid id, CancellationToken cancellation) =>
        db.Set<Recording>().AsNoTracking().Where(r => r.Id == id).Select(RecordingResource.FromRow).SingleOrDefaultAsync(cancellation);

    private async Task<UploadProgress?> Progress(Guid id, CancellationToken cancellation)
    {
        var row = await db.Set<Recording>().AsNoTracking().Where(r => r.Id == id)
            .Select(r => new { r.State, r.ReceivedBytes, r.AnnouncedBytes }).SingleOrDefaultAsync(cancellation);
        // The shorter of the two is certain: a restored database may be ahead of the file, a crash leaves the file ahead.
        return row is null ? null : new UploadProgress(row.State, row.ReceivedBytes, Math.Min(row.ReceivedBytes, content.Length(id)), row.AnnouncedBytes);
    }

    /// <param name="State">Where the recording stands.</param>
    /// <param name="Recorded">What the row says.</param>
    /// <param name="Durable">What is certain.</param>
    /// <param name="Announced">What the file will have; null where not announced.</param>
    private sealed record UploadProgress(RecordingState State, long Recorded, long Durable, long? Announced);
}
