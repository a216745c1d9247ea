namespace Facialis.Spasm.Report;

/// <summary>How good a recording was.</summary>
public sealed record QualitySummary
{
    /// <summary>The worst grade of the parts.</summary>
    public required QualityGrade Grade { get; init; }

    /// <summary>Share of frames in which a face was found, 0 to 1.</summary>
    public required double FaceFoundShare { get; init; }

    /// <summary>Frames that are missing from an even series, share 0 to 1.</summary>
    public required double DroppedShare { get; init; }

    /// <summary>Longest gap between frames, seconds.</summary>
    public required double LongestGapSeconds { get; init; }

    /// <summary>Frame-to-frame noise of the lid signal (left minus right), interocular distances.</summary>
    public required double LidNoiseIod { get; init; }

    /// <summary>Frame-to-frame noise of the mouth signal (left minus right), interocular distances.</summary>
    public required double MouthNoiseIod { get; init; }

    /// <summary>Smallest event that this recording can show: lid, share of the eye's own range.</summary>
    public required double SmallestLidClosure { get; init; }

    /// <summary>Smallest event that this recording can show: mouth-corner shift, interocular distances.</summary>
    public required double SmallestMouthIod { get; init; }

    /// <summary>Quality second by second, from second 0.</summary>
    public required IReadOnlyList<SecondQuality> Seconds { get; init; }
}

/// <summary>Traffic light.</summary>
public enum QualityGrade
{
    /// <summary>As it should be.</summary>
    Good = 0,

    /// <summary>Usable with care.</summary>
    Fair = 1,

    /// <summary>Not usable.</summary>
    Poor = 2,
}

/// <summary>The quality of one second.</summary>
/// <param name="Second">Whole seconds since the recording's zero.</param>
/// <param name="Usable">False: left out of every denominator.</param>
/// <param name="Why">Why it is not usable; null where it is.</param>
public sealed record SecondQuality(int Second, bool Usable, UnusableReason? Why);

/// <summary>Why a second cannot be used.</summary>
public enum UnusableReason
{
    /// <summary>No face was found in a part of it.</summary>
    FaceLost = 0,

    /// <summary>The head was turned too far.</summary>
    HeadTurned = 1,

    /// <summary>The head moved too fast.</summary>
    HeadMoving = 2,

    /// <summary>Too few frames.</summary>
    FramesMissing = 3,

    /// <summary>The landmarks were unsteady, as when a hand covers the face or the light is poor.</summary>
    Unsteady = 4,

    /// <summary>Not part of the quiet rest: a task or a pause.</summary>
    NotRest = 5,
}
