namespace Facialis.Anatomy.Synthesis;

/// <summary>One movement of a generated face: what is asked of it, and so the truth that a measurement must find again.</summary>
public sealed record PlantedMovement
{
    /// <summary>What kind of movement.</summary>
    public required MovementKind Kind { get; init; }

    /// <summary>The patient's side that moves; null for both sides or for a movement of the head.</summary>
    public Side? Side { get; init; }

    /// <summary>When it begins, seconds on the recording's clock.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>How long it lasts from first to last movement, seconds; above 0.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Lid closure at the peak, share of the way from open to shut, 0 to 1.</summary>
    public double LidClosure { get; init; }

    /// <summary>Shift of the mouth's corner up and outwards at the peak, interocular distances.</summary>
    public double MouthIod { get; init; }

    /// <summary>Rise of the brow at the peak, interocular distances; negative where it drops.</summary>
    public double BrowIod { get; init; }

    /// <summary>Fall of the jaw at the peak, interocular distances.</summary>
    public double JawIod { get; init; }

    /// <summary>Shift of both mouth corners towards the middle at the peak, interocular distances.</summary>
    public double PuckerIod { get; init; }

    /// <summary>Turn of the head at the peak, degrees; positive turns towards the patient's left.</summary>
    public double YawDegrees { get; init; }

    /// <summary>Nod of the head at the peak, degrees; positive looks down.</summary>
    public double PitchDegrees { get; init; }

    /// <summary>When it ends, seconds on the recording's clock.</summary>
    public double EndSeconds => StartSeconds + DurationSeconds;

    /// <summary>True for the involuntary one-sided contractions that a measurement has to find.</summary>
    public bool IsSpasm => Kind is MovementKind.Clonic or MovementKind.Tonic;
}

/// <summary>Kinds of planted movement.</summary>
public enum MovementKind
{
    /// <summary>A one-sided twitch.</summary>
    Clonic = 0,

    /// <summary>A one-sided contraction that is held.</summary>
    Tonic = 1,

    /// <summary>A blink of both eyes: shut quickly, opened slowly.</summary>
    Blink = 2,

    /// <summary>A smile of both sides.</summary>
    Smile = 3,

    /// <summary>Talking: the jaw and lips of both sides in the rhythm of syllables.</summary>
    Talk = 4,

    /// <summary>A turn or nod of the head and back.</summary>
    HeadTurn = 5,

    /// <summary>A movement made on purpose because the protocol asked for it.</summary>
    Task = 6,

    /// <summary>The face leaves the picture.</summary>
    FaceLost = 7,
}
