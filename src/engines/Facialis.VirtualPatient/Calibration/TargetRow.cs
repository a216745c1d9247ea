using Facialis.Anatomy;
using Facialis.VirtualPatient.Spread;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>What a published figure tells of.</summary>
public enum Measure
{
    /// <summary>Mean improvement at a week, share.</summary>
    Improvement = 0,

    /// <summary>Mean day on which a quarter of the improvement is reached, d.</summary>
    OnsetMean = 1,

    /// <summary>SD of that day, d.</summary>
    OnsetSd = 2,

    /// <summary>Mean time until half of a person's own best improvement is lost, d.</summary>
    DurationMean = 3,

    /// <summary>SD of that time, d.</summary>
    DurationSd = 4,

    /// <summary>Share of people who never get better by half.</summary>
    Failure = 5,

    /// <summary>Mean of every person's best improvement, share.</summary>
    Peak = 6,

    /// <summary>Days that doubling the dose adds: the half-life, d.</summary>
    HalfLife = 7,

    /// <summary>Drooping lid, share.</summary>
    Ptosis = 8,

    /// <summary>Double vision, share.</summary>
    Diplopia = 9,

    /// <summary>Weak lower face, share.</summary>
    LowerFaceWeakness = 10,

    /// <summary>Uneven brows, share.</summary>
    BrowAsymmetry = 11,

    /// <summary>Bruise, share.</summary>
    Bruise = 12,

    /// <summary>Difference of voluntary strength between the sides at week 4, share, muscles weighted by how far they move.</summary>
    Asymmetry = 13,

    /// <summary>Share of people better by more than 80 % at a week.</summary>
    Above80 = 14,
}

/// <summary>Which of two plans had more of something.</summary>
public enum Expectation
{
    /// <summary>The row's plan had less than the other.</summary>
    Less = 0,

    /// <summary>The row's plan had more.</summary>
    More = 1,

    /// <summary>Both had about the same.</summary>
    Same = 2,
}

/// <summary>Figures that a fit is made to.</summary>
public enum TargetSet
{
    /// <summary>The eleven figures that the shipped constants were fitted to; some are judged between sources.</summary>
    Shipped = 0,

    /// <summary>Only figures printed in a source that was seen, or worked out from one.</summary>
    Printed = 1,
}

/// <summary>One published figure or finding.</summary>
/// <param name="Study">Who found it.</param>
/// <param name="What">What was found, for people.</param>
/// <param name="Protocol">Id of the plan that stands for the study's treatment.</param>
/// <param name="Measure">What is compared.</param>
/// <param name="Value">The figure in its unit; null where only a direction was published or seen.</param>
/// <param name="Unit">d or share.</param>
/// <param name="Product">Product of the study; "several" where they were pooled.</param>
/// <param name="Mark">How well the figure is founded.</param>
/// <param name="Source">Where it comes from and what is wrong with it, for people.</param>
/// <param name="Week">Week of the look; null where it has none.</param>
/// <param name="Tolerance">How far off is one step of the loss, in the figure's unit: chosen, not a standard error.</param>
/// <param name="Fits">The sets that it belongs to.</param>
/// <param name="KeptBack">Whether the study was kept out of every fit.</param>
/// <param name="Events">Number who had it; null where not known.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Patients">Patients, where the denominator is treatments; null where every patient counts once.</param>
/// <param name="Against">Id of the other plan where a difference was published.</param>
/// <param name="Expect">Which way that difference went.</param>
public sealed record TargetRow(
    string Study, string What, string Protocol, Measure Measure, double? Value, string Unit, string Product, SourceMark Mark, string Source,
    int? Week, double? Tolerance, IReadOnlyList<TargetSet> Fits, bool KeptBack, int? Events, int? Of, int? Patients, string? Against, Expectation? Expect);

/// <summary>A plan that stands for what a study gave.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">For people.</param>
/// <param name="Assumed">Whether its places or doses are assumed, since the study's own were not seen.</param>
/// <param name="Deposits">Points on the affected side, patient's left, and mirrored ones on the other.</param>
public sealed record StudyProtocol(string Id, string Name, bool Assumed, IReadOnlyList<Deposit> Deposits);
