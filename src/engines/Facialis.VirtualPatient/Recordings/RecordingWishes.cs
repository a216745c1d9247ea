namespace Facialis.VirtualPatient.Recordings;

/// <summary>How a virtual person is to be filmed.</summary>
public sealed record RecordingWishes
{
    /// <summary>Length of the rest phase, seconds; above 0.</summary>
    public double RestSeconds { get; init; } = 60;

    /// <summary>Frames per second; 5 to 240.</summary>
    public double FramesPerSecond { get; init; } = 30;

    /// <summary>Which recording of this person: another number, other chance.</summary>
    public ulong Number { get; init; }

    /// <summary>True for the check of the right eye before the rest.</summary>
    public bool ChecksSide { get; init; }

    /// <summary>True for the tasks (closing, lifting, smiling, puckering) after the rest.</summary>
    public bool HasTasks { get; init; }

    /// <summary>Voluntary movement during rest: 1 for a minute's usual fidgeting and talking, 0 for none.</summary>
    public double Liveliness { get; init; } = 0.5;

    /// <summary>Landmark noise, 1 as measured on still pictures; null to let chance choose.</summary>
    public double? Jitter { get; init; }

    /// <summary>True for all 478 landmarks, false for the compact selection.</summary>
    public bool AllLandmarks { get; init; } = true;

    /// <summary>Distance between the eyes in the picture, pixels; above 5.</summary>
    public double InterocularPixels { get; init; } = 92;

    /// <summary>Share of frames lost at random, 0 to 0.9.</summary>
    public double DroppedShare { get; init; }
}
