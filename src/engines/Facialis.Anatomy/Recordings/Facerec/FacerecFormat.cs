namespace Facialis.Anatomy.Recordings.Facerec;

/// <summary>The numbers of the <c>.facerec</c> format, version 1; <c>docs/facerec.md</c> describes it.</summary>
internal static class FacerecFormat
{
    public const int Version = 1;

    /// <summary>Magic, version, reserved.</summary>
    public const int PreambleBytes = 12;

    /// <summary>Type, flags, sequence number, payload length.</summary>
    public const int BlockHeaderBytes = 12;

    public const int ChecksumBytes = 4;

    public const int MaxPayloadBytes = 4 << 20;

    public const int MaxHeaderBytes = 64 << 10;

    public const int MaxLandmarks = 1024;

    public const int MaxFramesPerBlock = 256;

    public const long LatestMicroseconds = FrameTimes.LatestMicroseconds;

    /// <summary>A writer closes a block of frames before it spans more than this.</summary>
    public const long BlockSpanMicroseconds = 2_000_000;

    public const int DefaultStepsPerPixel = 32;

    public const int MaxStepsPerPixel = 1024;

    /// <summary>Largest position in steps: differences of two then still fit 32 bits.</summary>
    public const int MaxSteps = 1 << 30;

    public const int MarkBytes = 17;

    public const ushort MaySkip = 1;

    public const byte HasBrightness = 1;

    public const byte IsDeflated = 2;

    /// <summary>As in PNG: a byte that is not text, the name, and line ends that a text transfer would change.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'F', (byte)'R', (byte)'E', (byte)'C', 0x0D, 0x0A, 0x1A];
}

/// <summary>What a block holds.</summary>
internal enum FacerecBlock : ushort
{
    Header = 1,
    Frames = 2,
    Mark = 3,
    Mirroring = 4,
    Capture = 5,
    End = 6,
}

/// <summary>How a writer stores frames.</summary>
public sealed record FacerecOptions
{
    /// <summary>Steps per pixel in which positions are stored, 1 to 1024; 32 keeps each within 1/64 pixel.</summary>
    public int StepsPerPixel { get; init; } = FacerecFormat.DefaultStepsPerPixel;

    /// <summary>Whether blocks of frames are compressed: about a third of the size.</summary>
    public bool Compress { get; init; } = true;
}
