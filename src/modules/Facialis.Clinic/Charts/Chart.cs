using System.Text.Json;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Patients;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Charts;

/// <summary>Reads and writes the condition, the checklist and earlier treatments of a patient.</summary>
internal sealed class Chart(FacialisDb db, DataKeys keys, ChartWriter writer, UrgentWatch urgent, PolicyFiles policy)
{
    internal const string Basis = "basis";
    internal const string Reason = "reason";
    internal const string Remarks = "remarks";

    public ChartFacts Facts => ChartFacts.Read(policy);

    /// <summary>The newest condition; null where none is recorded.</summary>
    public async Task<Condition?> ConditionOf(Guid patientId, CancellationToken cancellation) => await db.Set<Condition>().AsNoTracking()
        .Where(c => c.PatientId == patientId).OrderByDescending(c => c.RecordedAt).ThenByDescending(c => c.Id).FirstOrDefaultAsync(cancellation);

    /// <summary>The newest conditions of many patients with one query.</summary>
    public async Task<IReadOnlyDictionary<Guid, Condition>> ConditionsOf(IReadOnlyCollection<Guid> patientIds, CancellationToken cancellation)
    {
        var conditions = db.Set<Condition>().AsNoTracking().Where(c => patientIds.Contains(c.PatientId));
        var newest = await conditions.Where(c => !db.Set<Condition>().Any(n =>
            n.PatientId == c.PatientId && n.RecordedAt > c.RecordedAt)).ToListAsync(cancellation);
        return newest.GroupBy(c => c.PatientId).ToDictionary(g => g.Key, g => g.MaxBy(c => c.Id)!); // a group has a row
    }

    public async Task<string> BasisOf(Condition condition, CancellationToken cancellation) =>
        await OpenAsync(condition.PatientId, Condition.Table, condition.Id, Basis, condition.SealedBasis, cancellation);

    /// <summary>Records a condition. The code follows from kind and side; nobody types it.</summary>
    /// <returns>What is wrong, or null when it is saved.</returns>
    public async Task<string?> Record(Guid id, Guid patientId, ConditionTyped typed, CancellationToken cancellation)
    {
        if (await writer.OpenAsync(patientId, cancellation) is not { } cipher)
        {
            return "There is no such patient.";
        }

        if (typed.OnsetYear is { } year && (year < writer.Now.Year - 125 || year > writer.Now.Year))
        {
            return "The year it began must lie within the last 125 years.";
        }

        if (typed.OnsetMonth is < 1 or > 12 || (typed.OnsetMonth is not null && typed.OnsetYear is null))
        {
            return "A month of onset is 1 to 12 and needs its year.";
        }

        urgent.LookAt(patientId, null, id, typed.Basis);
        var code = ConditionCode.Of(typed.Kind, typed.Side, Facts);
        await writer.SaveAsync(patientId, new Condition
        {
            Id = id,
            PatientId = patientId,
            RecordedAt = writer.Now,
            RecordedBy = writer.Person,
            Kind = typed.Kind,
            Side = typed.Side,
            Cause = typed.Cause,
            Form = typed.Form,
            OnsetYear = typed.OnsetYear,
            OnsetMonth = typed.OnsetMonth,
            OnsetAge = await OnsetAge(patientId, cipher, typed, cancellation),
            CodeSystem = code.System,
            Code = code.Code,
            MriDone = typed.MriDone,
            SealedBasis = cipher.Seal(Condition.Table, id, Basis, (typed.Basis ?? "").Trim()),
        }, "condition", null, cancellation);
        return null;
    }

    /// <summary>Keeps a filled-in checklist. A question that was not answered is not known.</summary>
    public async Task<bool> Answer(Guid id, Guid patientId, IReadOnlyDictionary<string, Known> answers, CancellationToken cancellation)
    {
        if (await writer.OpenAsync(patientId, cancellation) is null)
        {
            return false;
        }

        var facts = Facts;
        await writer.SaveAsync(patientId, new Checklist
        {
            Id = id,
            PatientId = patientId,
            AnsweredAt = writer.Now,
            AnsweredBy = writer.Person,
            FactsVersion = facts.Version,
            Answers = JsonSerializer.Serialize(facts.Asked.ToDictionary(q => q.Id, q => answers.GetValueOrDefault(q.Id))),
        }, "checklist", null, cancellation);
        return true;
    }

    /// <summary>Answers for red flags by name and with a reason. Only flags that are open now count.</summary>
    /// <returns>What is wrong, or null when it is saved.</returns>
    public async Task<string?> Acknowledge(Guid id, Guid patientId, IReadOnlyCollection<string> flags, string? name, string? reason, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(reason) || name.Length > 200 || reason.Length > 2000)
        {
            return "Give your name and a reason.";
        }

        if (await writer.OpenAsync(patientId, cancellation) is not { } cipher)
        {
            return "There is no such patient.";
        }

        var open = (await RoutinePathOf(patientId, cancellation)).Open.Select(f => f.Question.Id).Where(flags.Contains).ToList();
        if (open.Count == 0)
        {
            return "Choose at least one flag that is open.";
        }

        urgent.LookAt(patientId, null, id, reason);
        await writer.SaveAsync(patientId, new RedFlagAcknowledgement
        {
            Id = id,
            PatientId = patientId,
            At = writer.Now,
            By = writer.Person,
            ByName = name.Trim(),
            Flags = string.Join(' ', open),
            SealedReason = cipher.Seal(RedFlagAcknowledgement.Table, id, Reason, reason.Trim()),
        }, "red flags acknowledged", string.Join(' ', open), cancellation);
        return null;
    }

    /// <summary>Whether the routine path of a patient is open.</summary>
    public async Task<RoutinePath> RoutinePathOf(Guid patientId, CancellationToken cancellation) =>
        await RoutinePathOf(patientId, await ConditionOf(patientId, cancellation), cancellation);

    /// <summary>The same where the newest condition is known already.</summary>
    public async Task<RoutinePath> RoutinePathOf(Guid patientId, Condition? condition, CancellationToken cancellation)
    {
        var flags = condition is null ? null : new ConditionFlags(condition.Kind, condition.Side, condition.Form, condition.OnsetAge, condition.MriDone);
        var checklists = (await ChecklistsOf.ListAsync(db, patientId, cancellation)).ConvertAll(c => new ChecklistEvent(c.AnsweredAt, AnswersOf(c), []));
        var path = RedFlags.Judge(Facts, flags, checklists);
        if (path.Flags.Count == 0)
        {
            return path; // there is nothing to acknowledge
        }

        var acknowledgements = await db.Set<RedFlagAcknowledgement>().AsNoTracking().Where(a => a.PatientId == patientId).ToListAsync(cancellation);
        return RedFlags.Judge(Facts, flags, [.. checklists, .. acknowledgements.Select(a => new ChecklistEvent(a.At, null, a.Flags.Split(' ')))]);
    }

    private static readonly PreparedQuery<Guid, Checklist> ChecklistsOf = new((db, patientId) => db.Set<Checklist>().AsNoTracking().Where(c => c.PatientId == patientId));

    /// <summary>The newest answers of the checklist, to begin the next one with nothing ticked but what the person sees beside it.</summary>
    public static IReadOnlyDictionary<string, Known> AnswersOf(Checklist checklist) =>
        JsonSerializer.Deserialize<Dictionary<string, Known>>(checklist.Answers) ?? [];

    /// <summary>Acknowledgements with their opened reasons, newest first.</summary>
    public async Task<IReadOnlyList<(RedFlagAcknowledgement Row, string Reason)>> AcknowledgementsOf(Guid patientId, CancellationToken cancellation)
    {
        var rows = await db.Set<RedFlagAcknowledgement>().AsNoTracking().Where(a => a.PatientId == patientId).OrderByDescending(a => a.At).ToListAsync(cancellation);
        var cipher = rows.Count == 0 ? null : await keys.FindAsync(patientId, cancellation);
        return [.. rows.Select(r => (r, cipher?.Open(RedFlagAcknowledgement.Table, r.Id, Reason, r.SealedReason) ?? "(erased)"))];
    }

    /// <returns>What is wrong, or null when it is saved.</returns>
    public async Task<string?> RecordEarlier(Guid id, Guid patientId, PastTyped typed, decimal? units, CancellationToken cancellation)
    {
        if (typed.Day is not { } day || day > DateOnly.FromDateTime(writer.Now.AddDays(1).UtcDateTime))
        {
            return "Give the day of the treatment; it cannot lie ahead.";
        }

        if (typed.BestPercent is < 0 or > 100 || typed.WeeksOfEffect is < 0 or > 104)
        {
            return "Improvement is 0 to 100 percent, and weeks are 0 to 104.";
        }

        if (await writer.OpenAsync(patientId, cancellation) is not { } cipher)
        {
            return "There is no such patient.";
        }

        urgent.LookAt(patientId, null, id, typed.Remarks);
        await writer.SaveAsync(patientId, new PastTreatment
        {
            Id = id,
            PatientId = patientId,
            RecordedAt = writer.Now,
            RecordedBy = writer.Person,
            Day = day,
            ProductId = string.IsNullOrEmpty(typed.ProductId) ? null : typed.ProductId,
            Units = units,
            BestPercent = typed.BestPercent,
            WeeksOfEffect = typed.WeeksOfEffect,
            HadSideEffects = YesNoUnknown.Read(typed.HadSideEffects ?? ""),
            SealedRemarks = cipher.Seal(PastTreatment.Table, id, Remarks, (typed.Remarks ?? "").Trim()),
        }, "earlier treatment", null, cancellation);
        return null;
    }

    /// <summary>Earlier treatments with their opened remarks, newest first.</summary>
    public async Task<IReadOnlyList<(PastTreatment Row, string Remarks)>> EarlierOf(Guid patientId, CancellationToken cancellation)
    {
        var rows = await db.Set<PastTreatment>().AsNoTracking().Where(t => t.PatientId == patientId).OrderByDescending(t => t.Day).ThenByDescending(t => t.RecordedAt).ToListAsync(cancellation);
        var cipher = rows.Count == 0 ? null : await keys.FindAsync(patientId, cancellation);
        return [.. rows.Select(r => (r, cipher?.Open(PastTreatment.Table, r.Id, Remarks, r.SealedRemarks) ?? "(erased)"))];
    }

    private async Task<int?> OnsetAge(Guid patientId, SubjectCipher cipher, ConditionTyped typed, CancellationToken cancellation)
    {
        var seal = await db.Set<Patient>().Where(p => p.Id == patientId).Select(p => p.SealedPerson).SingleAsync(cancellation);
        return typed.OnsetYear is { } year && seal is not null && Person.Open(cipher, patientId, seal).BirthDate is { } born
            ? Math.Max(0, year - born.Year - (typed.OnsetMonth is { } month && month < born.Month ? 1 : 0))
            : null;
    }

    private async Task<string> OpenAsync(Guid patientId, string table, Guid row, string field, byte[] seal, CancellationToken cancellation) =>
        (await keys.FindAsync(patientId, cancellation))?.Open(table, row, field, seal) ?? "(erased)";
}

/// <summary>The fields of the condition as they are sent.</summary>
public sealed class ConditionTyped
{
    public Guid Id { get; set; }

    public ConditionKind Kind { get; set; }

    public ConditionSide Side { get; set; }

    public ConditionCause Cause { get; set; }

    public ConditionForm Form { get; set; }

    public int? OnsetYear { get; set; }

    public int? OnsetMonth { get; set; }

    public Known MriDone { get; set; }

    public string? Basis { get; set; }
}

/// <summary>The fields of an earlier treatment as they are sent.</summary>
public sealed class PastTyped
{
    public Guid Id { get; set; }

    public DateOnly? Day { get; set; }

    public string? ProductId { get; set; }

    /// <summary>As typed; read strictly, so that 2,5 and 25 are never confused.</summary>
    public string? Units { get; set; }

    public int? BestPercent { get; set; }

    public int? WeeksOfEffect { get; set; }

    /// <summary>Yes, no, or anything else for not known.</summary>
    public string? HadSideEffects { get; set; }

    public string? Remarks { get; set; }
}
