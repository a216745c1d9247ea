namespace Facialis.Anatomy.Recordings;

/// <summary>A moment of the guided protocol: a phase of the recording that begins or ends.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="StartSeconds">When it began, seconds on the recording's own clock.</param>
/// <param name="EndSeconds">When it ended, seconds on the recording's own clock; not before the start.</param>
public readonly record struct ProtocolMark(ProtocolPhase Phase, double StartSeconds, double EndSeconds);

/// <summary>The phases of the guided protocol.</summary>
public enum ProtocolPhase
{
    /// <summary>Quiet rest, looking ahead: the only phase in which spasms are counted.</summary>
    Rest = 0,

    /// <summary>The patient was asked to close the right eye: settles right and left.</summary>
    CloseRightEye = 1,

    /// <summary>Both eyes closed gently: the patient's own lid range.</summary>
    GentleClosure = 2,

    /// <summary>Both eyes closed tightly.</summary>
    TightClosure = 3,

    /// <summary>Both brows lifted.</summary>
    BrowLift = 4,

    /// <summary>Smile: the patient's own mouth-corner range.</summary>
    Smile = 5,

    /// <summary>Lips puckered.</summary>
    Pucker = 6,

    /// <summary>A pause between phases: not counted.</summary>
    Pause = 7,
}
