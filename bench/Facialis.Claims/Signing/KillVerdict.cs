using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Vials;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Claims.Signing;

/// <summary>What the clients saw.</summary>
/// <param name="Kills">How often the server was killed.</param>
/// <param name="Acknowledged">Ids of treatments answered with 200, and the last answer.</param>
/// <param name="Sent">Everything that was sent at least once.</param>
/// <param name="Interrupted">Requests that were under way when a kill came.</param>
/// <param name="Repeated">Times that a request was sent again.</param>
/// <param name="GivenUp">Requests that got no answer in all their sends.</param>
/// <param name="Refused">Answers that were neither 200 nor none; there should be none.</param>
internal sealed record KillFigures(
    int Kills, ConcurrentDictionary<Guid, string> Acknowledged, IReadOnlyList<Waiting> Sent, int Interrupted, int Repeated, int GivenUp, IReadOnlyList<string> Refused);

/// <summary>What the database holds in the end, held against what the clients saw.</summary>
internal sealed class KillVerdict
{
    private readonly KillFigures _seen;

    private KillVerdict(KillFigures seen) => _seen = seen;

    public int Kills => _seen.Kills;

    public int Acknowledged => _seen.Acknowledged.Count;

    /// <summary>Acknowledged treatments that are not there as they were acknowledged.</summary>
    public int Lost { get; private set; }

    /// <summary>Treatments, plans, answers, draws, vials or entries that lack what belongs to them.</summary>
    public int HalfWritten { get; private set; }

    public int Doubled { get; private set; }

    public int Treatments { get; private set; }

    /// <summary>What the verification of the audit log objects to; null where it passes.</summary>
    public string? AuditFault { get; private set; }

    public List<string> Faults { get; } = [];

    public bool Holds => Acknowledged > 0 && Lost == 0 && HalfWritten == 0 && Doubled == 0 && AuditFault is null && _seen.Refused.Count == 0;

    public static async Task<KillVerdict> OfAsync(Installation installation, KillFigures seen)
    {
        var verdict = new KillVerdict(seen);
        verdict.Faults.AddRange(seen.Refused.Distinct().Select(answer => $"an answer that refuses: {answer}"));
        await installation.DoAsync(async services =>
        {
            await verdict.LookAsync(services);
            return true;
        });
        verdict.AuditFault = await AuditAsync(installation);
        if (verdict.AuditFault is { } fault)
        {
            verdict.Faults.Add(fault);
        }

        return verdict;
    }

    public string Line(string database) => string.Create(CultureInfo.InvariantCulture,
        $"{database}: {Kills} kills cut off {_seen.Interrupted} requests; {_seen.Repeated} repeats, {_seen.GivenUp} given up after 5 sends; {Acknowledged} acknowledged, "
        + $"{Treatments} treatments: {Lost} lost, {HalfWritten} half written, {Doubled} doubled, {_seen.Refused.Count} refused, audit {AuditFault ?? "verifies"}");

    private async Task LookAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var treatments = await db.Set<Treatment>().AsNoTracking().ToListAsync();
        var movements = (await db.Set<VialMovement>().AsNoTracking().ToListAsync()).ToLookup(m => m.TreatmentId);
        var used = (await db.Set<IntakeAnswers>().AsNoTracking().Where(i => i.TreatmentId != null).ToListAsync()).ToLookup(i => i.TreatmentId);
        var closed = await db.Set<PlanDraft>().AsNoTracking().Where(p => p.State == PlanState.Closed).ToDictionaryAsync(p => p.Id);
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.Action == AuditAction.Sign || e.What == "vial draw").ToListAsync();
        var signed = entries.Where(e => e.Action == AuditAction.Sign).ToLookup(e => e.SubjectId);
        var drawn = entries.Where(e => e.What == "vial draw").ToLookup(e => e.PatientId);
        Treatments = treatments.Count;
        var there = treatments.ToLookup(t => t.TreatmentId);
        Lost = Count(_seen.Acknowledged, a => !there[a.Key].Any(t => a.Value.Contains(Convert.ToHexStringLower(t.Hash), StringComparison.Ordinal)), a => $"{a.Key:D} was acknowledged and is lost");
        Doubled = Count(there, t => t.Count() > 1, t => $"{t.Key:D} is there {t.Count()} times")
            + Count(treatments.GroupBy(t => t.PlanId), p => p.Count() > 1, p => $"plan {p.Key:D} was signed {p.Count()} times");
        var read = services.GetRequiredService<ReadTreatments>();
        foreach (var treatment in treatments)
        {
            var draws = movements[treatment.Id].ToList();
            var what =
                !(await read.Check(treatment, CancellationToken.None)).IsValid ? "its hash does not hold"
                : !Points(draws.Select(m => (m.PointId, m.Hundredths))).SequenceEqual(Points(treatment.Points.Select(p => ((Guid?)p.Id, (long)(p.Units * 100)))))
                    || draws.Exists(m => m.VialId != treatment.VialId) ? "its draws are not its points"
                : treatment.PlanId is not { } plan || !closed.ContainsKey(plan) ? "its plan is not closed"
                : used[treatment.Id].Count() != 1 ? "no health answers were used for it"
                : signed[treatment.Id].Count() != 1 ? "the log has not one entry of its signature"
                : drawn[treatment.PatientId].Count() != 1 ? "the log has not one entry of its draws"
                : null;
            Note(what is not null, $"{treatment.Id:D}: {what}");
        }

        // Nothing that belongs to a treatment is there without it.
        var (ids, plans) = (treatments.Select(t => (Guid?)t.Id).ToHashSet(), treatments.Select(t => t.PlanId).ToHashSet());
        HalfWritten += Count(movements.Where(m => m.Key is not null), m => !ids.Contains(m.Key), m => $"draws for {m.Key:D}, which is not there")
            + Count(used, u => !ids.Contains(u.Key), u => $"health answers were used for {u.Key:D}, which is not there")
            + Count(closed.Values, p => !plans.Contains(p.Id), p => $"plan {p.Id:D} is closed and nothing was signed")
            + Count(signed, s => !ids.Contains(s.Key), s => $"the log says that {s.Key:D} was signed, which is not there");
        await VialsAsync(db, movements.SelectMany(m => m).ToLookup(m => m.VialId));
    }

    /// <summary>What went out of a vial is what its movements say, and never more than it held.</summary>
    private async Task VialsAsync(FacialisDb db, ILookup<Guid, VialMovement> movements)
    {
        foreach (var vial in await db.Set<Vial>().AsNoTracking().ToListAsync())
        {
            var moved = movements[vial.Id].Sum(m => m.Hundredths);
            Note(vial.DrawnHundredths != moved || moved > vial.NominalHundredths, $"vial {vial.Id:D} says {vial.DrawnHundredths} hundredths drawn, its movements {moved}");
        }
    }

    /// <summary>As "facialis audit verify" checks: every hash, every seal, and every signed checkpoint.</summary>
    private static async Task<string?> AuditAsync(Installation installation)
    {
        var settings = installation.Services.GetRequiredService<FacialisSettings>();
        var file = new CheckpointFile(settings.CheckpointFolderPath);
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(file.PublicKeyPath));
        var checkpoints = file.Read();
        if (checkpoints.Count == 0 || checkpoints.Exists(c => !c.IsSignedBy(key)))
        {
            return "a checkpoint is missing or its signature is wrong";
        }

        await using var source = await AuditSource.OpenAsync(installation.IsPostgres ? installation.Database : installation.SqliteFile, CancellationToken.None);
        var verdicts = await new AuditVerification(source, checkpoints, installation.Services.GetRequiredService<AuditKey>()).AllAsync(CancellationToken.None);
        return verdicts.Find(v => v.Log == installation.ClinicId) is not { Entries: > 0 } ? "the clinic has no log"
            : verdicts.Find(v => v.Fault is not null) is { } wrong ? $"log {wrong.Log:D}, entry {wrong.Fault?.Entry}: {wrong.Fault?.What}" : null;
    }

    private static IEnumerable<(Guid?, long)> Points(IEnumerable<(Guid? Point, long Hundredths)> points) => points.OrderBy(p => p.Point);

    private void Note(bool isWrong, string fault)
    {
        if (isWrong)
        {
            HalfWritten++;
            Faults.Add(fault);
        }
    }

    private int Count<T>(IEnumerable<T> all, Func<T, bool> isWrong, Func<T, string> say)
    {
        var wrong = all.Where(isWrong).ToList();
        Faults.AddRange(wrong.Select(say));
        return wrong.Count;
    }
}
