using System.Linq.Expressions;

namespace Facialis.Clinic.Measurements;

/// <summary>A recording as the API shows it, without its report.</summary>
/// <param name="Id">UUIDv7 that the caller made.</param>
/// <param name="PatientId">Whose recording it is.</param>
/// <param name="PatientCode">That patient's chart code.</param>
/// <param name="State">uploading: its content is arriving. measuring: wait. complete: it has a report. failed: see problem.</param>
/// <param name="CreatedAt">When it was announced, UTC.</param>
/// <param name="StartedAt">When recording began, UTC; null where unknown.</param>
/// <param name="ReceivedBytes">Bytes that are on the server's disk for certain.</param>
/// <param name="ContentLength">Bytes announced; null where not announced.</param>
/// <param name="MeasuredSeconds">While measuring: seconds of the recording measured so far; else null.</param>
/// <param name="Problem">Why it failed, for a person to read; else null.</param>
/// <param name="IsDemonstration">True: made by a generator.</param>
/// <param name="Notes">Remark for colleagues; may be empty.</param>
/// <param name="Digest">A few figures of the report; null until complete.</param>
public sealed record RecordingResource(
    Guid Id, Guid PatientId, string PatientCode, RecordingState State, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt,
    long ReceivedBytes, long? ContentLength, double? MeasuredSeconds, string? Problem, bool IsDemonstration, string Notes, RecordingDigest? Digest)
{
    /// <summary>Reads what the API shows and nothing more: not the report, which is large.</summary>
    internal static readonly Expression<Func<Recording, RecordingResource>> FromRow = r => new RecordingResource(
        r.Id, r.PatientId, r.Patient!.Code, r.State, r.CreatedAt, r.StartedAt, // every recording has a patient
        r.ReceivedBytes, r.AnnouncedBytes, null, r.Problem, r.IsDemonstration, r.Notes, r.Digest);
}

/// <summary>One page of recordings, newest first.</summary>
/// <param name="Items">The recordings.</param>
/// <param name="Page">Number of this page, from 1.</param>
/// <param name="PageSize">Recordings per page.</param>
/// <param name="Total">Recordings in all pages.</param>
internal sealed record RecordingPage(IReadOnlyList<RecordingResource> Items, int Page, int PageSize, int Total);

/// <summary>What a caller says of a recording before it sends its content.</summary>
/// <param name="PatientId">A patient of this clinic.</param>
/// <param name="StartedAt">When recording began; null where unknown.</param>
/// <param name="ContentLength">Bytes the file will have; null where not yet known.</param>
/// <param name="Notes">Remark for colleagues, at most 2,000 signs. Never a name.</param>
internal sealed record AnnouncedRecording(Guid PatientId, DateTimeOffset? StartedAt, long? ContentLength, string? Notes);
