using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Facialis.Anatomy.Recordings.Flm1;

namespace Facialis.Claims.Fuzz;

/// <summary>FLM1 files, damaged outside and inside of their compression.</summary>
internal static class Flm1Fuzz
{
    public static FuzzFormat Format { get; } = new(
        "FLM1",
        [Make(468, 12), Make(478, 30)],
        [
            .. ByteMutations.Any,
            .. ByteMutations.Any.Select(m => ($"{m.Name}, inside", Inside(m.Mutate))),
            ("header text, inside", Inside(HeaderText)),
        ],
        stream => new Flm1Reader(stream));

    /// <summary>Damages the content and compresses it again, so that checksums are right and deeper checks are reached.</summary>
    private static Mutate Inside(Mutate mutate) => (file, chance) =>
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress))
        {
            gzip.CopyTo(plain);
        }

        return Gzip(mutate(plain.ToArray(), chance));
    };

    private static byte[] HeaderText(byte[] plain, Random chance)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(4));
        var header = TextMutations.Any[chance.Next(TextMutations.Any.Count)].Mutate(plain[8..(8 + length)], chance);
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, header.Length);
        return [.. "FLM1"u8, .. size, .. header, .. plain[(8 + length)..]];
    }

    private static byte[] Make(int landmarks, int frames)
    {
        var times = string.Join(',', Enumerable.Range(0, frames).Select(i => (i / 30.0).ToString("0.######", CultureInfo.InvariantCulture)));
        var json = Encoding.UTF8.GetBytes($$"""{"format":"fuzz","frames":{{frames}},"landmarks":{{landmarks}},"width":480,"height":480,"fps_nominal":30,"mirrored":false,"model":"none","options":{"a":[1,{}]},"time_s":[{{times}}]}""");
        var body = new byte[frames * landmarks * 3 * 2];
        var chance = new Random(frames);
        for (var i = 0; i < body.Length / 2; i++)
        {
            var difference = i % frames == 0 ? chance.Next(0, 480 * 32) : chance.Next(-40, 40);
            body[i] = (byte)difference;
            body[i + (body.Length / 2)] = (byte)(difference >> 8);
        }

        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, json.Length);
        return Gzip([.. "FLM1"u8, .. size, .. json, .. body]);
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return target.ToArray();
    }
}
