using Facialis.Anatomy;
using Facialis.Clinic.Charts;
using Facialis.Toxin;

namespace Facialis.Clinic.Intake;

/// <summary>Whether a patient may be treated at a moment, as far as questions, red flags and consent tell.</summary>
/// <param name="AnsweredAt">When the questions were answered for this treatment; null where they were not.</param>
/// <param name="IntakeId">The answers; the signed treatment keeps this id.</param>
/// <param name="Answers">The answers themselves, for the review of a plan. Not asked is unknown.</param>
/// <param name="Findings">What stops, needs a reason, or is worth knowing; stops first.</param>
public sealed record IntakeStatus(DateTimeOffset? AnsweredAt, Guid? IntakeId, HealthAnswers Answers, IReadOnlyList<IntakeFinding> Findings)
{
    public IEnumerable<IntakeFinding> Stops => Findings.Where(f => f.Severity == Severity.Stop);

    public IEnumerable<IntakeFinding> Confirms => Findings.Where(f => f.Severity == Severity.Confirm);

    public IEnumerable<IntakeFinding> Notes => Findings.Where(f => f.Severity == Severity.Note);

    /// <summary>True when nothing stops and nothing needs a reason.</summary>
    public bool IsClear => !Stops.Any() && !Confirms.Any();

    /// <summary>Puts answers, red flags and consent together. Pure.</summary>
    /// <param name="intakeId">Id of the answers; null where none count.</param>
    /// <param name="answeredAt">When they were given.</param>
    /// <param name="answers">The answers; consent's own questions are filled in here.</param>
    /// <param name="path">Red flags and mimics.</param>
    /// <param name="hasConsent">A valid consent, which acknowledges the warning of spread and tells of albumin.</param>
    /// <param name="catalogue">The rules.</param>
    /// <param name="product">The product, where it is chosen; without one, a stop of single products asks for a reason.</param>
    /// <param name="region">The clinic's label region.</param>
    public static IntakeStatus Judge(
        Guid? intakeId, DateTimeOffset? answeredAt, HealthAnswers answers, RoutinePath path, bool hasConsent,
        ToxinCatalogue catalogue, ToxinProduct? product, LabelRegions region)
    {
        var told = hasConsent ? Answer.No : Answer.Yes;
        var whole = answers.With(HealthQuestion.SpreadWarningNotAcknowledged, told).With(HealthQuestion.AlbuminNotTold, told);
        List<IntakeFinding> findings = [];
        if (answeredAt is null)
        {
            findings.Add(new("INTAKE-NOT-ASKED", Severity.Stop, "The health questions are not answered for this treatment.", "Ask them now: they are asked at every treatment.", "House rule", SourceMark.ClinicPolicy));
        }
        else
        {
            findings.AddRange(Questions(whole, catalogue, product, region));
        }

        if (!path.ConditionRecorded)
        {
            findings.Add(new("CONDITION-NOT-RECORDED", Severity.Stop, "No condition and side are recorded.", "Record the condition.", "House rule: unknown side is never guessed", SourceMark.ClinicPolicy));
        }

        if (!path.ChecklistAnswered)
        {
            findings.Add(new("RED-FLAGS-NOT-ASKED", Severity.Stop, "The checklist of red flags is not answered.", "Go through the checklist.", "House rule", SourceMark.ClinicPolicy));
        }

        findings.AddRange(path.Flags.Select(f => new IntakeFinding(
            "RED-FLAG " + f.Question.Id, f.Acknowledged ? Severity.Note : Severity.Stop,
            f.Words + (f.Acknowledged ? " Acknowledged." : ""), f.Question.Advice, f.Question.Source, f.Question.Mark)));
        findings.AddRange(path.Mimics.Select(m => new IntakeFinding("MIMIC " + m.Id, Severity.Confirm, m.Text + " Yes.", m.Advice, m.Source, m.Mark)));
        return new IntakeStatus(answeredAt, intakeId, whole, [.. findings.OrderByDescending(f => f.Severity)]);
    }

    private static IEnumerable<IntakeFinding> Questions(HealthAnswers answers, ToxinCatalogue catalogue, ToxinProduct? product, LabelRegions region)
    {
        foreach (var rule in catalogue.Rules.Where(r => r.Question is not null && r.HoldsIn(region) && (product is null || r.IsFor(product))))
        {
            var question = rule.Question!.Value; // filtered above
            var unknown = answers[question] == Answer.Unknown;
            // Unknown stops, it does not pass.
            var severity = answers[question] switch { Answer.No => null, Answer.Yes => rule.Severity, _ => rule.Unknown ?? Severity.Stop };
            if (severity is { } weight)
            {
                var ofOneProduct = product is null && rule.Products.Count > 0;
                yield return new IntakeFinding(
                    rule.Id,
                    ofOneProduct && weight == Severity.Stop && !unknown ? Severity.Confirm : weight,
                    (unknown ? $"Not known: {question.Words()} " : "") + rule.Says + (ofOneProduct ? $" For {string.Join(", ", rule.Products)} only." : ""),
                    unknown ? "Find out. Unknown does not pass." : rule.SecondSigner ? "A second person has to agree." : "Give a reason, or do not treat.",
                    rule.Source,
                    rule.Mark)
                { IsOfQuestion = true };
            }
        }
    }
}

/// <summary>One thing that stops, needs a reason, or is worth knowing.</summary>
/// <param name="RuleId">Stable id.</param>
/// <param name="Severity">Stop, confirm or note.</param>
/// <param name="Message">What is the matter.</param>
/// <param name="Remedy">What would mend it.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Mark">How well it is founded.</param>
public sealed record IntakeFinding(string RuleId, Severity Severity, string Message, string Remedy, string Source, SourceMark Mark)
{
    /// <summary>True where a rule of the catalogue speaks of an answer; the review of a plan says it again, with the plan's product.</summary>
    public bool IsOfQuestion { get; init; }
}
