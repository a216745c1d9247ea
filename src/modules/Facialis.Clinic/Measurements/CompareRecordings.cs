using Facialis.Platform.Database;
using Facialis.Spasm.Comparison;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Measurements;

/// <summary>Compares two recordings of one patient.</summary>
internal sealed class CompareRecordings(FacialisDb db)
{
    public async Task<ComparedRecordings> Handle(Guid beforeId, Guid afterId, CancellationToken cancellation)
    {
        var rows = await db.Set<Recording>().AsNoTracking().Where(r => r.Id == beforeId || r.Id == afterId)
            .Select(r => new { r.Id, r.PatientId, r.State, r.ReportJson }).ToListAsync(cancellation);
        var (before, after) = (rows.Find(r => r.Id == beforeId), rows.Find(r => r.Id == afterId));
        if (before is null || after is null)
        {
            return new ComparedRecordings(CompareOutcome.NotFound, null, null);
        }

        if (beforeId == afterId)
        {
            return new ComparedRecordings(CompareOutcome.Refused, null, "Choose two different recordings.");
        }

        if (before.PatientId != after.PatientId)
        {
            return new ComparedRecordings(CompareOutcome.Refused, null, "These are recordings of two patients; only recordings of one patient are compared.");
        }

        if (before.ReportJson is null || after.ReportJson is null)
        {
            return new ComparedRecordings(CompareOutcome.Refused, null, "Both recordings must have been measured first.");
        }

        var comparison = RecordingComparison.Compare(ReportJson.Read(before.ReportJson), ReportJson.Read(after.ReportJson));
        return new ComparedRecordings(CompareOutcome.Compared, comparison, null, before.PatientId);
    }
}

/// <param name="Outcome">What happened.</param>
/// <param name="Comparison">The comparison, which may itself say that the two are not comparable.</param>
/// <param name="Reason">Why it was refused, for a person to read.</param>
/// <param name="PatientId">Whose recordings they are, where they were compared.</param>
internal sealed record ComparedRecordings(CompareOutcome Outcome, RecordingComparison? Comparison, string? Reason, Guid? PatientId = null);

internal enum CompareOutcome
{
    Compared,
    NotFound,
    Refused,
}
