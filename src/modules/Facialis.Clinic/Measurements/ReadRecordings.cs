using System.Text;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Platform.Database;
using Facialis.Spasm;
using Facialis.Spasm.Report;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Measurements;

/// <summary>Everything that can be asked of recordings that are there.</summary>
internal sealed class ReadRecordings(FacialisDb db, RecordingContent content, MeasuringQueue queue)
{
    public const int MaxPageSize = 100;

    /// <summary>A page of recordings, newest first.</summary>
    /// <param name="patientId">Only this patient's; null for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to <see cref="MaxPageSize"/>.</param>
    /// <param name="cancellation">Ends the question.</param>
    public async Task<RecordingPage> Page(Guid? patientId, int page, int pageSize, CancellationToken cancellation)
    {
        var all = db.Set<Recording>().AsNoTracking().Where(r => patientId == null || r.PatientId == patientId);
        var total = await all.CountAsync(cancellation);
        // UUIDv7 grows with time, so it settles the order of rows made in one moment.
        var rows = await all.OrderByDescending(r => r.StartedAt ?? r.CreatedAt).ThenByDescending(r => r.Id)
            .Skip((page - 1) * pageSize).Take(pageSize).Select(RecordingResource.FromRow).ToListAsync(cancellation);
        return new RecordingPage([.. rows.Select(WithProgress)], page, pageSize, total);
    }

    public async Task<RecordingResource?> Find(Guid id, CancellationToken cancellation)
    {
        var row = await db.Set<Recording>().AsNoTracking().Where(r => r.Id == id).Select(RecordingResource.FromRow).SingleOrDefaultAsync(cancellation);
        return row is null ? null : WithProgress(row);
    }

    /// <summary>The report of a measured recording; null where there is no such recording or it is not measured.</summary>
    public async Task<SpasmReport?> Report(Guid id, CancellationToken cancellation) =>
        await db.Set<Recording>().AsNoTracking().Where(r => r.Id == id).Select(r => r.ReportJson).SingleOrDefaultAsync(cancellation) is { } json
            ? ReportJson.Read(json)
            : null;

    /// <summary>The signals of a measured recording: from the cache, or measured again where the cache is gone.</summary>
    public SignalTrack Signals(Guid id)
    {
        using (var cached = content.OpenSignals(id))
        {
            if (cached is not null && SignalFile.Read(cached) is { } kept)
            {
                return kept;
            }
        }

        using var reader = OpenFrames(id);
        var signals = SpasmAnalysis.Run(reader, keepSignals: true).Signals!; // asked for
        content.WriteSignals(id, target => SignalFile.Write(target, signals));
        return signals;
    }

    /// <summary>The face between two moments of a recording.</summary>
    public FaceClip Clip(Guid id, double from, double to, bool mirrored)
    {
        using var reader = OpenFrames(id);
        return FaceClip.Read(reader, from, to, mirrored);
    }

    public FaceRecordingReader OpenFrames(Guid id) => new FacerecReader(content.Open(id));

    /// <summary>GET /api/recordings/{id}/{report}</summary>
    public async Task<Results<ContentHttpResult, NotFound, ProblemHttpResult>> ReportText(Guid id, CancellationToken cancellation)
    {
        var found = await db.Set<Recording>().AsNoTracking().Where(r => r.Id == id).Select(r => new { r.ReportJson, r.State, r.Problem }).SingleOrDefaultAsync(cancellation);
        return found switch
        {
            null => TypedResults.NotFound(),
            { ReportJson: { } json } => TypedResults.Text(json, "application/json", Encoding.UTF8),
            _ => NotMeasured(found.State, found.Problem),
        };
    }

    public static ProblemHttpResult NotMeasured(RecordingState state, string? problem) => TypedResults.Problem(
        state switch
        {
            RecordingState.Failed => problem,
            RecordingState.Measuring => "This recording is still being measured. Ask again in a moment.",
            _ => "This recording is not whole yet: its upload has not ended.",
        },
        statusCode: StatusCodes.Status409Conflict);

    private RecordingResource WithProgress(RecordingResource row) =>
        row.State == RecordingState.Measuring ? row with { MeasuredSeconds = queue.MeasuredSeconds(row.Id) } : row;
}
