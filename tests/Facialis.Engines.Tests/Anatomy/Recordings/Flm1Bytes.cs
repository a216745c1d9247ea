using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

/// <summary>Writes FLM1 files as the reference describes them, to test the reader with.</summary>
internal static class Flm1Bytes
{
    /// <param name="values">[frame][landmark * 3 + xyz] in 1/32 pixel.</param>
    public static byte[] Write(short[][] values, int landmarks, string more = "\"mirrored\":false,", double step = 1 / 30.0)
    {
        var times = string.Join(',', values.Select((_, i) => (i * step).ToString("0.######", CultureInfo.InvariantCulture)));
        return WriteWithHeader(values, landmarks, $$"""{"frames":{{values.Length}},"landmarks":{{landmarks}},"width":480,"height":360,"fps_nominal":30,{{more}}"time_s":[{{times}}]}""");
    }

    public static byte[] WriteWithHeader(short[][] values, int landmarks, string header)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var channels = landmarks * 3;
        var body = new byte[values.Length * channels * 2];
        for (var c = 0; c < channels; c++)
        {
            short before = 0;
            for (var f = 0; f < values.Length; f++)
            {
                var difference = unchecked((ushort)(values[f][c] - before));
                before = values[f][c];
                body[(c * values.Length) + f] = (byte)difference;
                body[(body.Length / 2) + (c * values.Length) + f] = (byte)(difference >> 8);
            }
        }

        var length = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)json.Length);
        return Gzip([.. "FLM1"u8, .. length, .. json, .. body]);
    }

    public static byte[] Gzip(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return target.ToArray();
    }

    /// <summary>Any positions within the picture, repeatable; frame <paramref name="faceless"/> has no face.</summary>
    public static short[][] Values(int frames, int landmarks, int faceless = -1, int seed = 1)
    {
        var chance = new Random(seed);
        return [.. Enumerable.Range(0, frames).Select(f => Enumerable.Range(0, landmarks * 3)
            .Select(_ => f == faceless ? (short)-32000 : (short)chance.Next(short.MinValue + 2000, short.MaxValue)).ToArray())];
    }
}
