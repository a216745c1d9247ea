namespace Facialis.Spasm.Report;

/// <summary>The signals behind a report, one value per frame, for plots.</summary>
/// <remarks>All arrays have one length. A value is NaN where no face was found.</remarks>
public sealed record SignalTrack
{
    /// <summary>Frame times, seconds on the recording's clock.</summary>
    public required double[] Times { get; init; }

    /// <summary>Closure of the right lids: 0 open, 1 closed, of the eye's own range.</summary>
    public required float[] RightLidClosure { get; init; }

    /// <summary>Closure of the left lids: 0 open, 1 closed, of the eye's own range.</summary>
    public required float[] LeftLidClosure { get; init; }

    /// <summary>Shift of the right mouth corner up and outwards from its resting place, interocular distances.</summary>
    public required float[] RightMouthIod { get; init; }

    /// <summary>Shift of the left mouth corner up and outwards from its resting place, interocular distances.</summary>
    public required float[] LeftMouthIod { get; init; }

    /// <summary>Rise of the right brow from its resting place, interocular distances.</summary>
    public required float[] RightBrowIod { get; init; }

    /// <summary>Rise of the left brow from its resting place, interocular distances.</summary>
    public required float[] LeftBrowIod { get; init; }
}
