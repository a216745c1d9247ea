using Facialis.Clinic.Charts;
using Facialis.Clinic.Injections;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.FollowUps;

/// <summary>Keeps what was told of a treatment, and raises what is urgent in it.</summary>
internal sealed class RecordFollowUp(FacialisDb db, DataKeys keys, ChartWriter writer, UrgentWatch urgent, PolicyFiles policy, AuditTrail audit, ClinicTime time)
{
    public const int MaxText = 2000;

    internal const string Remarks = "remarks";
    internal const string Words = "words";
    internal const string AnswerText = "answer";

    /// <returns>What is wrong, or null when it is kept.</returns>
    public async Task<string?> Record(Guid id, Treatment treatment, FollowUpTyped typed, CancellationToken cancellation)
    {
        var today = time.DayOf(writer.Now);
        var given = time.DayOf(treatment.GivenAt);
        if (typed.SeenOn is not { } seen || seen < given || seen > today)
        {
            return "The day of the follow-up lies between the treatment and today.";
        }

        if (new[] { typed.FirstEffectOn, typed.BestOn, typed.WoreOffOn }.Any(day => day < given || day > seen))
        {
            return "First effect, best day and wear-off lie between the treatment and the day of the follow-up.";
        }

        if (typed.FirstEffectOn > typed.BestOn || typed.BestOn > typed.WoreOffOn || typed.FirstEffectOn > typed.WoreOffOn)
        {
            return "The effect begins, is best and wears off in this order.";
        }

        if (typed.WoreOffOn == given)
        {
            return "An effect that wore off on the day of the treatment never was: leave the day out and record the side effect \"Drug ineffective\".";
        }

        if (typed.BestPercent is < 0 or > 100)
        {
            return "Improvement is 0 to 100 percent.";
        }

        var holds = YesNoUnknown.Read(typed.Holds ?? "");
        if (typed.WoreOffOn is not null && holds == Known.Yes)
        {
            return "It either holds or has worn off: leave one of the two out.";
        }

        var remarks = (typed.Remarks ?? "").Trim();
        if (remarks.Length > MaxText)
        {
            return $"Remarks have at most {MaxText} signs.";
        }

        if (await writer.OpenAsync(treatment.PatientId, cancellation) is not { } cipher)
        {
            return "There is no such patient.";
        }

        var row = new FollowUp
        {
            Id = id,
            PatientId = treatment.PatientId,
            TreatmentId = treatment.TreatmentId,
            SeenOn = seen,
            RecordedAt = writer.Now,
            RecordedBy = writer.Person,
            Way = typed.Way,
            FirstEffectOn = typed.FirstEffectOn,
            BestOn = typed.BestOn,
            BestPercent = typed.BestPercent,
            Holds = typed.WoreOffOn is null ? holds : Known.No,
            WoreOffOn = typed.WoreOffOn,
            WouldRepeat = YesNoUnknown.Read(typed.WouldRepeat ?? ""),
            HadSideEffects = YesNoUnknown.Read(typed.HadSideEffects ?? ""),
            SealedRemarks = cipher.Seal(FollowUp.Table, id, Remarks, remarks),
        };
        urgent.LookAt(treatment.PatientId, treatment.TreatmentId, id, remarks);
        await writer.SaveAsync(treatment.PatientId, row, "follow-up", null, cancellation);
        return null;
    }

    /// <summary>Records a side effect, or how it went on.</summary>
    /// <param name="id">Id of the row: the same form sent twice is one row.</param>
    /// <param name="effectId">The side effect that goes on; null for a new one.</param>
    /// <param name="treatment">The treatment that it followed.</param>
    /// <param name="typed">As sent.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What is wrong, or null when it is kept.</returns>
    public async Task<string?> RecordSideEffect(Guid id, Guid? effectId, Treatment treatment, SideEffectTyped typed, CancellationToken cancellation)
    {
        var terms = SideEffectTerms.Read(policy);
        if (terms.Find(typed.Term) is not { } term)
        {
            return "Choose what it was.";
        }

        var (given, today) = (time.DayOf(treatment.GivenAt), time.DayOf(writer.Now));
        if (typed.FirstOn is not { } first || first < given || first > today)
        {
            return "Its first day lies between the treatment and today.";
        }

        if (typed.LastOn < first || typed.LastOn > today)
        {
            return "Its last day lies between the first one and today; leave it out while it goes on.";
        }

        if (typed.Grade is { } grade && (grade is < 1 or > 4 || grade < term.LowestGrade))
        {
            return term.LowestGrade > 1 ? $"{term.Name} has at least grade {term.LowestGrade}, whatever its strength." : "A grade is 1 to 4.";
        }

        var words = (typed.Words ?? "").Trim();
        if (words.Length > MaxText)
        {
            return $"A description has at most {MaxText} signs.";
        }

        if (effectId is { } known && !await db.Set<SideEffect>().AnyAsync(s => s.EffectId == known && s.TreatmentId == treatment.TreatmentId, cancellation))
        {
            return "That side effect is not one of this treatment.";
        }

        if (await writer.OpenAsync(treatment.PatientId, cancellation) is not { } cipher)
        {
            return "There is no such patient.";
        }

        var outcome = typed.LastOn is not null && typed.Outcome == SideEffectOutcome.Unknown ? SideEffectOutcome.Recovered : typed.Outcome;
        var row = new SideEffect
        {
            Id = id,
            EffectId = effectId ?? id,
            PatientId = treatment.PatientId,
            TreatmentId = treatment.TreatmentId,
            RecordedAt = writer.Now,
            RecordedBy = writer.Person,
            TermId = term.Id,
            FirstOn = first,
            LastOn = typed.LastOn,
            Severity = typed.Severity,
            Seriousness = (typed.Seriousness ?? []).Aggregate(Seriousness.None, (all, one) => all | one),
            Causality = typed.Causality,
            Outcome = outcome,
            Grade = typed.Grade ?? (term.LowestGrade > 1 ? term.LowestGrade : null),
            Points = string.Join(' ', treatment.Points.Where(p => typed.Points?.Contains(p.Id) == true).Select(p => p.Id)),
            SealedWords = cipher.Seal(SideEffect.Table, id, Words, words),
        };
        // What goes on was raised when it began; only new words are looked at again.
        urgent.Raise(treatment.PatientId, treatment.TreatmentId, id, [.. UrgentText.FindIn(words, terms.UrgentWords).Concat(effectId is null && term.Urgency != Urgency.None ? [term.Id] : []).Distinct()]);
        await writer.SaveAsync(treatment.PatientId, row, "side effect", null, cancellation);
        return null;
    }

    /// <summary>Somebody answers for urgent reports of a patient by name and says what was done.</summary>
    /// <returns>What is wrong, or null when it is kept.</returns>
    public async Task<string?> Answer(Guid reportId, string? name, string? answer, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(answer) || name.Length > 200 || answer.Length > MaxText)
        {
            return "Give your name and what was done.";
        }

        if (await db.Set<UrgentReport>().SingleOrDefaultAsync(u => u.Id == reportId, cancellation) is not { } report
            || await keys.FindAsync(report.PatientId, cancellation) is not { } cipher)
        {
            return "There is no such report.";
        }

        if (report.AnsweredAt is null)
        {
            report.AnsweredAt = writer.Now;
            report.AnsweredBy = writer.Person;
            report.AnsweredByName = name.Trim();
            report.SealedAnswer = cipher.Seal(UrgentReport.Table, report.Id, AnswerText, answer.Trim());
            audit.Note(AuditAction.Write, "urgent report", report.Id, report.PatientId, "answered");
            await db.SaveChangesAsync(cancellation);
        }

        return null;
    }
}

/// <summary>The fields of a follow-up as they are sent.</summary>
public sealed class FollowUpTyped
{
    public Guid Id { get; set; }

    public DateOnly? SeenOn { get; set; }

    public FollowUpWay Way { get; set; }

    public DateOnly? FirstEffectOn { get; set; }

    public DateOnly? BestOn { get; set; }

    public int? BestPercent { get; set; }

    /// <summary>Yes, no, or anything else for not known; so are the next two.</summary>
    public string? Holds { get; set; }

    public DateOnly? WoreOffOn { get; set; }

    public string? WouldRepeat { get; set; }

    public string? HadSideEffects { get; set; }

    public string? Remarks { get; set; }
}

/// <summary>The fields of a side effect as they are sent.</summary>
public sealed class SideEffectTyped
{
    public Guid Id { get; set; }

    public string? Term { get; set; }

    public DateOnly? FirstOn { get; set; }

    public DateOnly? LastOn { get; set; }

    public SideEffectSeverity Severity { get; set; }

    /// <summary>The ticked ones; null where none is.</summary>
    public List<Seriousness>? Seriousness { get; set; }

    public Causality Causality { get; set; }

    public SideEffectOutcome Outcome { get; set; }

    public int? Grade { get; set; }

    /// <summary>Ids of the ticked ones; null where none is.</summary>
    public List<Guid>? Points { get; set; }

    public string? Words { get; set; }
}
