using System.Buffers.Binary;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;

namespace Facialis.Anatomy.Synthesis;

/// <summary>Generates landmark recordings of a face that moves as a script says: the same seed gives the same recording.</summary>
/// <remarks>
/// For demonstrations and for laws that a measurement must obey. It moves a mesh; it is not a patient, and what holds on it
/// need not hold on a filmed face.
/// </remarks>
public static class MovingFace
{
    /// <summary>The name that <see cref="RecordingHeader.Landmarker"/> carries.</summary>
    public const string Generator = "facialis moving face/1";

    /// <summary>Reads the recording that the script describes; each call begins at its first frame.</summary>
    /// <param name="script">What the face does.</param>
    /// <param name="seed">Chooses noise, sway and lost frames.</param>
    /// <param name="options">Which face and which camera; the defaults are a symmetric face filmed well.</param>
    /// <param name="motion">Movement beyond the script, or null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length, a rate or a size is outside its range.</exception>
    public static FaceRecordingReader Render(FaceScript script, long seed, MovingFaceOptions? options = null, FaceMotion? motion = null)
    {
        ArgumentNullException.ThrowIfNull(script);
        options ??= new MovingFaceOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(script.DurationSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FramesPerSecond, 5);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.FramesPerSecond, 240);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InterocularPixels, 5);
        ArgumentOutOfRangeException.ThrowIfNegative(options.DroppedShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.DroppedShare, 0.9);
        return new MovingFaceReader(script, seed, options, HeaderOf(seed, options), motion);
    }

    /// <summary>How far each action moves what a measurement reads on one side of a face: the opening of the lids and the corner of the mouth.</summary>
    /// <param name="options">Which face.</param>
    /// <param name="side">The patient's own side.</param>
    /// <returns>For each action of <see cref="FaceAction"/>, in its order, the ways at amplitude 1.</returns>
    public static IReadOnlyList<FaceReach> ReachOf(MovingFaceOptions options, Side side)
    {
        ArgumentNullException.ThrowIfNull(options);
        var scheme = LandmarkScheme.MediaPipeRefined;
        var named = scheme.Of(side);
        int[] indices = [.. named.UpperLid, .. named.LowerLid, .. named.MouthCornerArea];
        var expressions = new Expressions(FaceShape.Of(options.FaceSeed, scheme, options.Proportions), scheme, indices);
        var (upper, lower) = (named.UpperLid.Count, named.LowerLid.Count);
        return [.. Enum.GetValues<FaceAction>().Select(action =>
        {
            var shift = expressions.Of(Expressions.IndexOf(action, side)).ToArray();
            var corner = shift[(upper + lower)..];
            return new FaceReach(
                shift[..upper].Average(at => at.Y) - shift[upper..(upper + lower)].Average(at => at.Y),
                -corner.Average(at => at.Y),
                corner.Average(at => at.X) * (side == Side.PatientLeft ? 1 : -1));
        })];
    }

    private static RecordingHeader HeaderOf(long seed, MovingFaceOptions options)
    {
        var scheme = LandmarkScheme.MediaPipeRefined;
        return new RecordingHeader
        {
            Id = options.Id ?? IdOf(seed),
            StartedAt = options.StartedAt,
            Source = RecordingSource.Generator,
            Scheme = scheme,
            LandmarkIndices = options.AllLandmarks ? [.. Enumerable.Range(0, scheme.Count)] : scheme.Compact,
            ImageWidth = options.ImageWidth,
            ImageHeight = options.ImageHeight,
            NominalFramesPerSecond = options.FramesPerSecond,
            Mirroring = options.Mirroring,
            Landmarker = Generator,
            Device = "generator",
            Protocol = options.Protocol,
            IsDemonstration = true,
        };
    }

    private static Guid IdOf(long seed)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], seed);
        bytes[6] = 0x70;
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
