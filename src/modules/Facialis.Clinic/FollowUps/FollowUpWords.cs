using System.Globalization;
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

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"70 % better at best, for 12 weeks"; null where nothing of it is known.</summary>
    public static string? Effect(CycleOutcome outcome, DateOnly given)
    {
        var words = string.Join(", ", new[]
        {
            outcome.BestPercent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent} % better at best") : null,
            outcome.WeeksOfEffect(given) is { } weeks ? string.Create(CultureInfo.InvariantCulture, $"for {weeks:0.#} weeks")
                : outcome.LastHeldOn is { } held ? $"still held on {Day(held)}" : null,
        }.OfType<string>());
        return words.Length > 0 ? words : null;
    }

    /// <summary>What a due date rests on, in one sentence.</summary>
    public static string Basis(NextDue due) => due.Forecast is { } forecast
        ? forecast.Cycles == 0
            ? $"Rests on published figures alone: {forecast.Source.Source}."
            : string.Create(CultureInfo.InvariantCulture, $"Rests on {forecast.Cycles} {(forecast.Cycles == 1 ? "cycle" : "cycles")} of this patient ({forecast.Cycles - forecast.Censored} seen to wear off), which count {forecast.OwnShare * 100:0} %, and on {forecast.Source.Source}.")
        : $"The effect wore off on {Day(due.WoreOffOn!.Value)}."; // one of the two is there
}
