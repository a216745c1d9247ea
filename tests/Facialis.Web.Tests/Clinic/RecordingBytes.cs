using Facialis.Anatomy;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Synthesis;

namespace Facialis.Web.Tests.Clinic;

/// <summary>Recordings of generated faces, as files; made once, since every test may share bytes.</summary>
internal static class RecordingBytes
{
    private static readonly Lazy<byte[]> Short = new(() => Make(SpasmScripts.RandomRest(3, Side.PatientLeft, 20, 30), 3));
    private static readonly Lazy<byte[]> Before = new(() => Make(SpasmScripts.RandomRest(18, Side.PatientLeft, 12, 150), 18));
    private static readonly Lazy<byte[]> After = new(() => Make(SpasmScripts.RandomRest(30, Side.PatientLeft, 2, 150), 30));

    /// <summary>30 seconds of a face whose left side twitches about 20 times a minute.</summary>
    public static byte[] OfHalfAMinute => Short.Value;

    /// <summary>Two and a half minutes, many spasms of the left side.</summary>
    public static byte[] OfManySpasms => Before.Value;

    /// <summary>Two and a half minutes of the same camera, few spasms of the left side.</summary>
    public static byte[] OfFewSpasms => After.Value;

    public static byte[] Make(FaceScript script, long seed, MovingFaceOptions? options = null)
    {
        var file = new MemoryStream();
        using var face = MovingFace.Render(script, seed, options);
        FacerecWriter.Copy(face, file);
        return file.ToArray();
    }
}
