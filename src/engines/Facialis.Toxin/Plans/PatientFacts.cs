using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>The side on which the spasm is.</summary>
public enum ConditionSide
{
    /// <summary>Not known. Nothing may be signed.</summary>
    Unknown = 0,

    /// <summary>The patient's right.</summary>
    PatientRight = 1,

    /// <summary>The patient's left.</summary>
    PatientLeft = 2,

    /// <summary>Both.</summary>
    Both = 3,
}

/// <summary>What a review needs to know of the patient. No name, no contact.</summary>
public sealed record PatientFacts
{
    /// <summary>Side of the condition.</summary>
    public ConditionSide Side { get; init; }

    /// <summary>What is treated.</summary>
    public Indication Indication { get; init; }

    /// <summary>Day of birth, or null where not known.</summary>
    public DateOnly? BornOn { get; init; }

    /// <summary>Answers to the health questions of this treatment.</summary>
    public HealthAnswers Answers { get; init; } = HealthAnswers.NothingAsked;

    /// <summary>Every earlier treatment with any botulinum toxin, at any clinic, that is known of.</summary>
    public IReadOnlyList<EarlierTreatment> Earlier { get; init; } = [];

    /// <summary>Whether double vision followed an earlier treatment.</summary>
    public Answer DiplopiaBefore { get; init; }

    /// <summary>The same patient with everything on the other side.</summary>
    public PatientFacts Mirrored() => this with
    {
        Side = Side switch
        {
            ConditionSide.PatientRight => ConditionSide.PatientLeft,
            ConditionSide.PatientLeft => ConditionSide.PatientRight,
            _ => Side,
        },
        Earlier = [.. Earlier.Select(e => e with { Points = [.. e.Points.Select(p => p with { Side = p.Side.Opposite() })] })],
    };
}

/// <summary>A treatment before this one. What is not known is null; it never counts as nothing.</summary>
/// <param name="Day">Local day at the clinic, see <see cref="RuleBook.DayOf"/>.</param>
/// <param name="Product">Product.</param>
/// <param name="Units">Units of that product, in all.</param>
public sealed record EarlierTreatment(DateOnly? Day, ToxinProduct? Product, Units? Units)
{
    /// <summary>Its points, where known: what a repeat is compared with.</summary>
    public IReadOnlyList<EarlierPoint> Points { get; init; } = [];

    /// <summary>How many days its effect held, or null where not known.</summary>
    public int? EffectHeldDays { get; init; }
}

/// <summary>A point of an earlier treatment.</summary>
/// <param name="SiteId">Injection site, an id of the face atlas.</param>
/// <param name="Side">The patient's own side.</param>
/// <param name="Units">Units of that treatment's product.</param>
public sealed record EarlierPoint(string SiteId, Side Side, Units Units);

/// <summary>An answer for each health question; a question not asked is unknown.</summary>
public sealed class HealthAnswers
{
    private static readonly HealthQuestion[] Questions = Enum.GetValues<HealthQuestion>();
    private readonly Answer[] _answers;

    private HealthAnswers(Answer[] answers) => _answers = answers;

    /// <summary>Every question unknown.</summary>
    public static HealthAnswers NothingAsked { get; } = new(new Answer[Questions.Length]);

    /// <summary>Every question answered with no.</summary>
    public static HealthAnswers AllNo { get; } = new([.. Questions.Select(_ => Answer.No)]);

    /// <summary>The answer to a question.</summary>
    public Answer this[HealthQuestion question] => _answers[(int)question];

    /// <summary>The same answers but one.</summary>
    public HealthAnswers With(HealthQuestion question, Answer answer)
    {
        var answers = _answers.ToArray();
        answers[(int)question] = answer;
        return new HealthAnswers(answers);
    }
}
