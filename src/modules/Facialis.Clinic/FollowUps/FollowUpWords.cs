using System.Globalization;
using Facialis.Clinic.Charts;
using Facialis.Platform.Clinics;
using Facialis.Toxin;

namespace Facialis.Clinic.FollowUps;

/// <summary>The words of follow-ups, side effects and due dates, the same on pages and on paper.</summary>
internal static class FollowUpWords
{
    private static readonly (Seriousness Flag, string Words)[] Serious =
    [
        (Seriousness.Death, "death"), (Seriousness.LifeThreatening, "life-threatening"), (Seriousness.Hospital, "hospital"), (Seriousness.Disability, "disability"),
        (Seriousness.BirthDefect, "birth defect"), (Seriousness.OtherImportant, "other important"),
    ];

    public static string Words(this FollowUpWay way) => way switch
    {
        FollowUpWay.Visit => "At a visit",
        FollowUpWay.Call => "By telephone",
        FollowUpWay.Message => "By message",
        FollowUpWay.Diary => "In the patient's diary",
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, null),
    };

    public static string Words(this SideEffectSeverity severity) => severity switch
    {
        SideEffectSeverity.Mild => "mild",
        SideEffectSeverity.Moderate => "moderate",
        SideEffectSeverity.Severe => "severe",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };

    public static string Words(this Causality causality) => causality switch
    {
        Causality.Possible => "possible",
        Causality.Related => "related",
        Causality.Unlikely => "unlikely",
        _ => throw new ArgumentOutOfRangeException(nameof(causality), causality, null),
    };

    public static string Words(this SideEffectOutcome outcome) => outcome switch
    {
        SideEffectOutcome.Unknown => "not known",
        SideEffectOutcome.NotRecovered => "not recovered",
        SideEffectOutcome.Recovering => "recovering",
        SideEffectOutcome.Recovered => "recovered",
        SideEffectOutcome.RecoveredWithSequelae => "recovered with something left",
        SideEffectOutcome.Fatal => "fatal",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>"not serious", or what makes it so.</summary>
    public static string Words(this Seriousness seriousness) => seriousness == Seriousness.None
        ? "not serious"
        : "serious: " + string.Join(", ", Serious.Where(s => seriousness.HasFlag(s.Flag)).Select(s => s.Words));

    public static string Word(this Seriousness flag) => Serious.Single(s => s.Flag == flag).Words;

    /// <summary>"70 % better at best, for 12 weeks"; null where nothing of it is known.</summary>
    public static string? Effect(CycleOutcome outcome, DateOnly given) => Effect(
        outcome.BestPercent,
        outcome.WeeksOfEffect(given) is { } weeks ? string.Create(CultureInfo.InvariantCulture, $"for {weeks:0.#} weeks")
            : outcome.LastHeldOn is { } held ? $"still held on {held.InWords()}" : null);

    /// <summary>The same of a treatment elsewhere.</summary>
    public static string? Effect(PastTreatment treatment) => Effect(treatment.BestPercent, treatment.WeeksOfEffect is { } weeks ? $"for {weeks} weeks" : null);

    /// <summary>"Diplopia, mild (treated 28 Sep 2026)"; null where nobody asked.</summary>
    public static string? SideEffects(Cycle cycle, SideEffectTerms terms) => (cycle.SideEffects.Count, cycle.Outcome.HadSideEffects) switch
    {
        ( > 0, _) => $"{string.Join(", ", cycle.SideEffects.Select(s => $"{terms.NameOf(s.TermId)}, {s.Severity.Words()}"))} (treated {cycle.Given.InWords()})",
        (_, Known.No) => $"none (treated {cycle.Given.InWords()})",
        (_, Known.Yes) => "yes, not described",
        _ => null,
    };

    private static string? Effect(int? bestPercent, string? duration) =>
        string.Join(", ", new[] { bestPercent is { } percent ? $"{percent} % better at best" : null, duration }.OfType<string>()) is { Length: > 0 } words ? words : null;

    /// <summary>What a due date rests on, in one sentence.</summary>
    public static string Basis(NextDue due) => due.Forecast is { } forecast
        ? forecast.Cycles == 0
            ? $"Rests on published figures alone: {forecast.Source.Source}."
            : string.Create(CultureInfo.InvariantCulture, $"Rests on {forecast.Cycles} {(forecast.Cycles == 1 ? "cycle" : "cycles")} of this patient ({forecast.Cycles - forecast.Censored} seen to wear off), which count {forecast.OwnShare * 100:0} %, and on {forecast.Source.Source}.")
        : $"The effect wore off on {due.WoreOffOn!.Value.InWords()}."; // one of the two is there
}
