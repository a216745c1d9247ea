using Facialis.Anatomy;

namespace Facialis.Spasm.Detection;

/// <summary>A one-sided movement that may be a spasm event; frame indices into its traces.</summary>
internal sealed record Candidate
{
    public required Side Side { get; init; }

    public required int First { get; init; }

    public required int Last { get; init; }

    /// <summary>Frames by which the movement reaches beyond <see cref="First"/> and <see cref="Last"/>, under the noise.</summary>
    public required double TailBefore { get; init; }

    public required double TailAfter { get; init; }

    public required int Peak { get; init; }

    /// <summary>Evidence at the peak, standard deviations.</summary>
    public required double Strength { get; init; }

    public required double LidZ { get; init; }

    public required double MouthZ { get; init; }

    /// <summary>Largest one-sided movement within the event, IOD.</summary>
    public required double LidIod { get; init; }

    public required double MouthIod { get; init; }

    public required double BrowIod { get; init; }

    public required double BrowZ { get; init; }

    /// <summary>Largest narrowing of the other eye near the event over this eye's, 0 to 1.</summary>
    public required double OtherEyeShare { get; init; }
}
