using Facialis.Anatomy.Recordings;

namespace Facialis.Anatomy.Synthesis;

/// <summary>Which face is generated, and how the camera sees it.</summary>
public sealed record MovingFaceOptions
{
    /// <summary>Frames per second; 5 to 240.</summary>
    public double FramesPerSecond { get; init; } = 30;

    /// <summary>Distance between the eyes' centres in the picture, pixels; above 5.</summary>
    public double InterocularPixels { get; init; } = 92;

    /// <summary>Width of the picture, pixels.</summary>
    public int ImageWidth { get; init; } = 640;

    /// <summary>Height of the picture, pixels.</summary>
    public int ImageHeight { get; init; } = 480;

    /// <summary>
    /// Landmark noise: 1 as measured on still pictures at sensor noise of 5 grey levels (SD 0.19 % of the interocular
    /// distance for a lid opening, 0.35 % for a mouth corner); 0 for none.
    /// </summary>
    public double Jitter { get; init; } = 1;

    /// <summary>Constant slow movement of the head: 1 for about 2 degrees; 0 for none.</summary>
    public double Sway { get; init; } = 1;

    /// <summary>Share of frames lost at random, 0 to 0.9.</summary>
    public double DroppedShare { get; init; }

    /// <summary>
    /// How much the tracker lets a closing eye lift the rest of the mesh: 1 as on the worst filmed face (mouth corner of the
    /// same side 3.6 %, of the other 2.6 % of the interocular distance for a full closure); drawn faces show none.
    /// </summary>
    public double CrossTalk { get; init; }

    /// <summary>Bone shape and resting asymmetry: a seed, or null for the symmetric template itself.</summary>
    public long? FaceSeed { get; init; }

    /// <summary>Proportions to be used in place of those that <see cref="FaceSeed"/> would draw; null for the drawn ones.</summary>
    public FaceProportions? Proportions { get; init; }

    /// <summary>True to record a mirror image: every landmark then stands where the tracker would name it in such a picture.</summary>
    public bool PictureIsMirrored { get; init; }

    /// <summary>What the header says of mirroring.</summary>
    public Mirroring Mirroring { get; init; } = Mirroring.NotMirrored;

    /// <summary>True for all 478 landmarks; false for the compact selection that is stored by default.</summary>
    public bool AllLandmarks { get; init; }

    /// <summary>Identity of the recording; null for one that follows from the seed.</summary>
    public Guid? Id { get; init; }

    /// <summary>When the recording began, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Name of the protocol for the header.</summary>
    public string Protocol { get; init; } = "";
}
