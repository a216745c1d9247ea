using Facialis.Anatomy;
using Facialis.Spasm.Report;

namespace Facialis.Spasm.Comparison;

/// <summary>What changed between two recordings of one person.</summary>
public sealed record RecordingComparison
{
    /// <summary>False: the two must not be compared, and <see cref="Reasons"/> says why; nothing else is filled.</summary>
    public required bool IsComparable { get; init; }

    /// <summary>Why the two cannot be compared, or what limits the comparison; each a sentence.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The change of each side, right first; empty where not comparable.</summary>
    public required IReadOnlyList<SideChange> Sides { get; init; }

    /// <summary>Compares two reports of one person.</summary>
    public static RecordingComparison Compare(SpasmReport before, SpasmReport after)
        => RecordingComparer.Compare(before, after);
}

/// <summary>The change of one side.</summary>
public sealed record SideChange
{
    /// <summary>The side, the patient's own.</summary>
    public required Side Side { get; init; }

    /// <summary>Events per minute after over before; interval null where a recording is too short for one.</summary>
    public required RateRatio Rate { get; init; }

    /// <summary>Share of time in spasm, after minus before (both 0 to 1).</summary>
    public required double InSpasmChange { get; init; }

    /// <summary>Median mouth-corner shift of events, after minus before, interocular distances; null where either has no events or amplitudes cannot be compared.</summary>
    public required double? MouthIodChange { get; init; }

    /// <summary>Median lid closure of events, after minus before, share of own range; null where either has no events or amplitudes cannot be compared.</summary>
    public required double? LidClosureChange { get; init; }

    /// <summary>Whether the change of rate exceeds what recording again without any treatment would give.</summary>
    public required ChangeAnswer Answer { get; init; }

    /// <summary>The answer in a sentence, with the figures.</summary>
    public required string Sentence { get; init; }
}

/// <summary>A ratio of two rates.</summary>
/// <param name="Ratio">After over before, with half an event added to each so that zero counts have one.</param>
/// <param name="Low">Lower end of the 95 % interval; null where a recording is too short for one.</param>
/// <param name="High">Upper end of the 95 % interval; null where a recording is too short for one.</param>
/// <param name="Dispersion">Overdispersion used, at least 1.</param>
public sealed record RateRatio(double Ratio, double? Low, double? High, double Dispersion);

/// <summary>Whether a side changed.</summary>
public enum ChangeAnswer
{
    /// <summary>The interval holds "no change".</summary>
    CannotTell = 0,

    /// <summary>Fewer events, beyond what repeating the recording gives.</summary>
    Fewer = 1,

    /// <summary>More events, beyond what repeating the recording gives.</summary>
    More = 2,

    /// <summary>Neither recording shows events on this side.</summary>
    NoneInEither = 3,
}
