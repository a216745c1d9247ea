using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Recordings;

/// <summary>What is known of a recording before its first frame.</summary>
/// <remarks>It names no person: a recording is tied to a patient only by the clinic's database.</remarks>
public sealed record RecordingHeader
{
    /// <summary>Identity of the recording, a UUIDv7 made by whoever recorded it.</summary>
    public required Guid Id { get; init; }

    /// <summary>When recording began, in UTC; null where an imported file does not say.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Where the landmarks came from.</summary>
    public required RecordingSource Source { get; init; }

    /// <summary>Which set of landmarks the frames hold, and so how names map to indices.</summary>
    public required LandmarkScheme Scheme { get; init; }

    /// <summary>
    /// The scheme's landmark indices in the order in which every frame holds them; ascending, each once.
    /// </summary>
    public required IReadOnlyList<int> LandmarkIndices { get; init; }

    /// <summary>Width of the picture that the landmarks refer to, pixels; 1 to 65,535.</summary>
    public required int ImageWidth { get; init; }

    /// <summary>Height of the picture that the landmarks refer to, pixels; 1 to 65,535.</summary>
    public required int ImageHeight { get; init; }

    /// <summary>Frames per second that the source announced; null where unknown. The frames' own times are what counts.</summary>
    public double? NominalFramesPerSecond { get; init; }

    /// <summary>Whether the picture was a mirror image before the landmarks were found.</summary>
    public Mirroring Mirroring { get; init; } = Mirroring.Unknown;

    /// <summary>Model and package that found the landmarks, with its version; empty where unknown.</summary>
    public string Landmarker { get; init; } = "";

    /// <summary>Name of the camera or kind of file, as far as the browser tells it; empty where unknown. Never a person's name.</summary>
    public string Device { get; init; } = "";

    /// <summary>Protocol that was followed, for example <c>rest-180/1</c>; empty where none.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>True for recordings made by a generator: shown as demonstration wherever they appear.</summary>
    public bool IsDemonstration { get; init; }
}

/// <summary>Where the landmarks of a recording came from.</summary>
public enum RecordingSource
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>A camera, live.</summary>
    Camera = 1,

    /// <summary>A video file, stepped frame by frame.</summary>
    VideoFile = 2,

    /// <summary>A landmark file made by another program.</summary>
    Import = 3,

    /// <summary>A generator: no face was in front of a camera.</summary>
    Generator = 4,
}

/// <summary>Whether the picture was a mirror image before landmarks were found in it.</summary>
public enum Mirroring
{
    /// <summary>Nobody has checked: every view says "side unconfirmed".</summary>
    Unknown = 0,

    /// <summary>Confirmed not mirrored: the patient closed the right eye when asked and the right eye was seen to close.</summary>
    NotMirrored = 1,

    /// <summary>Confirmed mirrored: the patient closed the right eye when asked and the other was seen to close. Readers swap the sides.</summary>
    Mirrored = 2,
}
