using Facialis.Clinic.Charts;
using Facialis.Clinic.Injections;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.FollowUps;

/// <summary>Reads the cycles of a patient: each treatment with what was told of it.</summary>
internal sealed class ReadFollowUps(FacialisDb db, DataKeys keys, ReadTreatments treatments, ClinicTime time)
{
    /// <summary>All cycles of a patient, newest first. Three queries.</summary>
    public async Task<IReadOnlyList<Cycle>> CyclesOf(Guid patientId, CancellationToken cancellation)
    {
        var latest = await treatments.LatestOf(patientId, cancellation);
        if (latest.Count == 0)
        {
            return [];
        }

        var told = (await db.Set<FollowUp>().AsNoTracking().Where(f => f.PatientId == patientId).ToListAsync(cancellation)).ToLookup(f => f.TreatmentId);
        var effects = (await db.Set<SideEffect>().AsNoTracking().Where(s => s.PatientId == patientId).ToListAsync(cancellation)).ToLookup(s => s.TreatmentId);
        return
        [
            .. latest.Select(t => new Cycle(
                t, time.DayOf(t.GivenAt), CycleOutcome.Of(time.DayOf(t.GivenAt), told[t.TreatmentId]), [.. told[t.TreatmentId].OrderByDescending(f => f.SeenOn).ThenByDescending(f => f.RecordedAt)],
                Newest(effects[t.TreatmentId]))),
        ];
    }

    /// <summary>Urgent reports of a patient that nobody answered for, newest first.</summary>
    public async Task<IReadOnlyList<UrgentReport>> UrgentOf(Guid patientId, CancellationToken cancellation) =>
        await db.Set<UrgentReport>().AsNoTracking().Where(u => u.PatientId == patientId && u.AnsweredAt == null).OrderByDescending(u => u.At).ToListAsync(cancellation);

    /// <summary>Patients of the clinic with urgent reports that nobody answered for, with their ids and the newest moment. One query.</summary>
    public async Task<IReadOnlyList<(Guid PatientId, DateTimeOffset At, string Terms)>> UrgentOfClinic(CancellationToken cancellation) =>
        [.. (await db.Set<UrgentReport>().AsNoTracking().Where(u => u.AnsweredAt == null).OrderByDescending(u => u.At).ToListAsync(cancellation))
            .GroupBy(u => u.PatientId).Select(g => (g.Key, g.First().At, string.Join(' ', g.SelectMany(u => u.Terms.Split(' ')).Distinct())))];

    /// <summary>Sealed remarks and words of a patient's follow-ups, opened, by the id of their row.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> WordsOf(Guid patientId, IReadOnlyCollection<Cycle> cycles, CancellationToken cancellation)
    {
        var cipher = cycles.Count == 0 ? null : await keys.FindAsync(patientId, cancellation);
        return cycles.SelectMany(c => c.Told).Select(f => (f.Id, SealedText.Open(cipher, FollowUp.Table, f.Id, RecordFollowUp.Remarks, f.SealedRemarks)))
            .Concat(cycles.SelectMany(c => c.SideEffects).Select(s => (s.Id, SealedText.Open(cipher, SideEffect.Table, s.Id, RecordFollowUp.Words, s.SealedWords))))
            .ToDictionary(w => w.Id, w => w.Item2);
    }

    internal static IReadOnlyList<SideEffect> Newest(IEnumerable<SideEffect> rows) =>
        [.. rows.GroupBy(s => s.EffectId).Select(g => g.OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).Last()).OrderBy(s => s.FirstOn).ThenBy(s => s.EffectId)];
}

/// <summary>From one treatment to the next.</summary>
/// <param name="Treatment">Its newest version.</param>
/// <param name="Given">The clinic's day on which it was given.</param>
/// <param name="Outcome">What is known of the effect.</param>
/// <param name="Told">What was told, newest first.</param>
/// <param name="SideEffects">Side effects as known last, oldest first.</param>
internal sealed record Cycle(Treatment Treatment, DateOnly Given, CycleOutcome Outcome, IReadOnlyList<FollowUp> Told, IReadOnlyList<SideEffect> SideEffects);
