using Facialis.Anatomy;
using Facialis.Toxin;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.People;

/// <summary>A model person with hemifacial spasm, made from a seed. Nobody's twin: no real person's data went into it.</summary>
public sealed record VirtualPerson
{
    /// <summary>The seed: with the model's version it says all.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version and hash of the model that made the person.</summary>
    public required string ModelStamp { get; init; }

    /// <summary>The patient's own side that has the spasm; the worse one where both have.</summary>
    public required Side Side { get; init; }

    /// <summary>Primary, after a palsy, or from another cause.</summary>
    public required SpasmForm Form { get; init; }

    /// <summary>Why.</summary>
    public required SpasmCause Cause { get; init; }

    /// <summary>The story in a few sentences, as the person tells it.</summary>
    public required string Story { get; init; }

    /// <summary>Sex.</summary>
    public required Sex Sex { get; init; }

    /// <summary>Age, years.</summary>
    public required int AgeYears { get; init; }

    /// <summary>Age at which it began, years.</summary>
    public required int OnsetAgeYears { get; init; }

    /// <summary>What the face looks like.</summary>
    public required FaceLook Look { get; init; }

    /// <summary>How the spasm behaves.</summary>
    public required SpasmHabit Spasm { get; init; }

    /// <summary>How the person differs in the answer to toxin. The learner never sees it.</summary>
    public required Frailty Frailty { get; init; }

    /// <summary>The true answers to the health questions; what a learner has not asked stays unknown to the learner.</summary>
    public required HealthAnswers Answers { get; init; }

    /// <summary>What has to be looked into before a routine treatment.</summary>
    public required IReadOnlyList<RedFlagKind> RedFlags { get; init; }

    /// <summary>What the person says to each question.</summary>
    public required IReadOnlyList<SpokenAnswer> Spoken { get; init; }

    /// <summary>Earlier treatments, the latest first.</summary>
    public required IReadOnlyList<PastTreatment> Past { get; init; }

    /// <summary>True where a health answer forbids treatment today.</summary>
    public bool IsContraindicated =>
        Answers[HealthQuestion.AllergyToToxinOrExcipient] == Answer.Yes
        || Answers[HealthQuestion.InfectionAtSite] == Answer.Yes
        || Answers[HealthQuestion.NeuromuscularJunctionDisease] == Answer.Yes
        || Answers[HealthQuestion.Pregnant] == Answer.Yes
        || Answers[HealthQuestion.ToxinInLastTwelveWeeks] == Answer.Yes;

    /// <summary>Size of the face for plans.</summary>
    public FacialFrame Frame => new(decimal.Round((decimal)Look.IpdMm, 1));

    /// <summary>The person that a seed makes.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="parameters">The model; the current one where null.</param>
    public static VirtualPerson FromSeed(ulong seed, ModelParameters? parameters = null) =>
        PersonMaker.Make(seed, parameters ?? ModelParameters.Current);

    /// <summary>The first person, from a seed upwards, that is as wanted.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="fromSeed">Where the search begins.</param>
    /// <param name="parameters">The model; the current one where null.</param>
    /// <param name="most">Seeds looked at before giving up.</param>
    /// <exception cref="InvalidOperationException">Nobody among them is as wanted.</exception>
    public static VirtualPerson First(Func<VirtualPerson, bool> wanted, ulong fromSeed = 1, ModelParameters? parameters = null, int most = 100_000)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        for (var i = 0; i < most; i++)
        {
            var person = FromSeed(unchecked(fromSeed + (ulong)i), parameters);
            if (wanted(person))
            {
                return person;
            }
        }

        throw new InvalidOperationException($"None of {most} seeds from {fromSeed} is as wanted.");
    }

    /// <summary>The same person with everything on the other side.</summary>
    public VirtualPerson Mirrored() => this with
    {
        Side = Side.Opposite(),
        Past = [.. Past.Select(p => p with { Points = [.. p.Points.Select(e => e with { Side = e.Side.Opposite() })] })],
    };

    /// <summary>What a review of a plan needs to know, if the learner asked everything.</summary>
    /// <param name="today">Day of the visit.</param>
    public PatientFacts ToFacts(DateOnly today) => new()
    {
        Side = RedFlags.Contains(RedFlagKind.BothSides) ? ConditionSide.Both : Side == Side.PatientRight ? ConditionSide.PatientRight : ConditionSide.PatientLeft,
        Indication = Indication.HemifacialSpasm,
        BornOn = today.AddYears(-AgeYears).AddDays(-(int)(Seed % 365)),
        Answers = Answers,
        DiplopiaBefore = Past.Any(p => p.SideEffects.Contains(SideEffects.SideEffectKind.Diplopia)) ? Answer.Yes : Answer.No,
        Earlier =
        [
            .. Past.Select(p => new EarlierTreatment(
                today.AddDays(-7 * p.WeeksAgo), ToxinCatalogue.Current.FindProduct(p.ProductId), p.Units is { } units ? new Units(units) : null)
            {
                Points = p.Points,
                EffectHeldDays = p.HeldDays,
            }),
        ],
    };
}
