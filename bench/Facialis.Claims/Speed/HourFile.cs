using System.Runtime.InteropServices;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;

namespace Facialis.Claims.Speed;

/// <summary>
/// The benchmark's hour: a generated face at rest with spasms and blinks, repeated with fresh noise of up to 4/32 pixel, as raw
/// little-endian int16, [frame][478 landmarks][x y z], in 1/32 pixel.
/// </summary>
internal static class HourFile
{
    public const int Frames = 108_000;
    public const int Landmarks = 478;
    private const float StepsPerPixel = 32;
    private const int Noise = 4;
    private const int Seed = 1;

    public static void Write(string path)
    {
        var script = SpasmScripts.RandomRest(Seed, Anatomy.Side.PatientLeft, ratePerMinute: 25, seconds: 120);
        using var reader = MovingFace.Render(script, Seed, new MovingFaceOptions { AllLandmarks = true });
        var recorded = new List<short[]>();
        var frame = new FaceFrame(Landmarks);
        while (reader.TryRead(frame))
        {
            var values = new short[Landmarks * 3];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (short)Math.Round(frame.Coordinates[i] * StepsPerPixel);
            }

            recorded.Add(values);
        }

        var chance = new Random(Seed);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        var noisy = new short[Landmarks * 3];
        for (var n = 0; n < Frames; n++)
        {
            var from = recorded[n % recorded.Count];
            for (var i = 0; i < noisy.Length; i++)
            {
                noisy[i] = (short)(from[i] + chance.Next(-Noise, Noise + 1));
            }

            file.Write(MemoryMarshal.AsBytes<short>(noisy));
        }
    }
}
