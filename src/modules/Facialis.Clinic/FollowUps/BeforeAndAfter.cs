using Facialis.Clinic.Injections;
using Facialis.Clinic.Measurements;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Spasm.Comparison;
using Facialis.Spasm.Report;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.FollowUps;

/// <summary>What was measured before a treatment beside what was measured after it.</summary>
internal sealed class BeforeAndAfter(FacialisDb db, CompareRecordings comparing, ClinicTime time)
{
    /// <summary>Days before a treatment in which a recording still stands for it.</summary>
    public const int MostDaysBefore = 60;

    /// <summary>The last recording up to the treatment, and the newest from then to the next treatment, compared; null where one of the two is missing.</summary>
    public async Task<MeasuredChange?> Of(Treatment treatment, CancellationToken cancellation)
    {
        var next = await db.Set<Treatment>().AsNoTracking().Where(t => t.PatientId == treatment.PatientId && t.GivenAt > treatment.GivenAt && t.TreatmentId != treatment.TreatmentId)
            .OrderBy(t => t.GivenAt).Select(t => (DateTimeOffset?)t.GivenAt).FirstOrDefaultAsync(cancellation);
        var earliest = treatment.GivenAt.AddDays(-MostDaysBefore);
        var recordings = (await db.Set<Recording>().AsNoTracking()
            .Where(r => r.PatientId == treatment.PatientId && r.ReportJson != null && (r.StartedAt ?? r.CreatedAt) >= earliest)
            .Select(r => new { r.Id, At = r.StartedAt ?? r.CreatedAt, r.Digest }).ToListAsync(cancellation))
            .Where(r => r.Digest is { Verdict: not Verdict.Refused }).OrderBy(r => r.At).ToList();
        var before = recordings.LastOrDefault(r => r.At <= treatment.GivenAt);
        var after = recordings.LastOrDefault(r => r.At > treatment.GivenAt && (next is null || r.At <= next));
        return before is null || after is null || (await comparing.Handle(before.Id, after.Id, cancellation)).Comparison is not { } comparison
            ? null
            : new MeasuredChange(before.Id, time.DayOf(before.At), after.Id, time.DayOf(after.At), comparison);
    }
}

/// <param name="BeforeId">Recording before the treatment.</param>
/// <param name="BeforeOn">The clinic's day of it.</param>
/// <param name="AfterId">Recording after it.</param>
/// <param name="AfterOn">The clinic's day of that.</param>
/// <param name="Comparison">What changed, or why the two cannot be compared.</param>
internal sealed record MeasuredChange(Guid BeforeId, DateOnly BeforeOn, Guid AfterId, DateOnly AfterOn, RecordingComparison Comparison);
