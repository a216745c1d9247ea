using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>What has to happen before a plan with this finding can be signed.</summary>
public enum FindingNeeds
{
    /// <summary>Nothing.</summary>
    Nothing = 0,

    /// <summary>A reason, written down.</summary>
    Reason = 1,

    /// <summary>A second signer: the plan goes above a hard ceiling.</summary>
    SecondSigner = 2,

    /// <summary>The plan or the facts must be mended; nobody can sign it away.</summary>
    Mending = 3,
}

/// <summary>Something that a rule says about a plan.</summary>
/// <param name="Severity">How much it weighs.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="Source">Where the rule, or the clinic's own limit, comes from.</param>
/// <param name="Mark">How well that is founded.</param>
/// <param name="PointIds">The points concerned, in the order of the plan; none where the whole plan is.</param>
/// <param name="Message">What was found, and the rule in words. Doses name their product.</param>
/// <param name="Remedy">What would mend it.</param>
public sealed record Finding(
    Severity Severity, string RuleId, string Source, SourceMark Mark, IReadOnlyList<Guid> PointIds, string Message, string Remedy)
{
    /// <summary>What has to happen before signing.</summary>
    public required FindingNeeds Needs { get; init; }

    /// <summary>Revision of the rule.</summary>
    public required int Revision { get; init; }

    /// <summary>Who of the clinic confirmed the rule or set the limit; null where it is verified and needs nobody, or nobody did.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>True where the rule is not verified and nobody of the clinic confirmed it: shown as "clinic policy: confirm".</summary>
    public bool AwaitsConfirmation => Mark != SourceMark.Verified && ConfirmedBy is null;
}
