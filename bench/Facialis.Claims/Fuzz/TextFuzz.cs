using System.Globalization;
using System.IO.Compression;
using System.Text;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Import;

namespace Facialis.Claims.Fuzz;

/// <summary>The text formats, opened as a person's file is: by their content.</summary>
internal static class TextFuzz
{
    private static readonly ImportOptions Vga = new() { ImageWidth = 640, ImageHeight = 480 };

    public static FuzzFormat Csv { get; } = Make("CSV", [CsvFile(3, 40), CsvFile(40, 6)]);

    public static FuzzFormat Json { get; } = Make("JSON", [JsonFile(3, 30, "pixels"), JsonFile(30, 5, "normalized")]);

    public static FuzzFormat OpenFace { get; } = Make("OpenFace", [OpenFaceFile(8, ", "), OpenFaceFile(4, ",")]);

    /// <summary>Text in gzip: the damage is done inside, so that the checksums are right.</summary>
    public static FuzzFormat Gzipped { get; } = new(
        "gzip",
        [CsvFile(3, 40), JsonFile(3, 30, "pixels")],
        [
            ("packed, then damaged", (file, chance) => ByteMutations.Any[chance.Next(ByteMutations.Any.Count)].Mutate(Gzip(file), chance)),
            ("damaged, then packed", (file, chance) => Gzip(TextMutations.Any[chance.Next(TextMutations.Any.Count)].Mutate(file, chance))),
        ],
        stream => RecordingFiles.Open(stream, Vga));

    private static FuzzFormat Make(string name, byte[][] seeds) =>
        new(name, seeds, [.. ByteMutations.Any, .. TextMutations.Any], stream => RecordingFiles.Open(stream, Vga));

    private static byte[] CsvFile(int landmarks, int frames)
    {
        var text = new StringBuilder("# scheme: mediapipe-478-refined\n# width: 640\n# height: 480\n# mirroring: notMirrored\n# mark: rest 0 1\n# ends with: frames\ntime_s,brightness");
        for (var i = 0; i < landmarks; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $",x_{i},y_{i},z_{i}");
        }

        for (var f = 0; f < frames; f++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{f / 30.0:0.######},{f % 256}");
            for (var i = 0; i < landmarks * 3; i++)
            {
                text.Append(f % 9 == 4 ? "," : string.Create(CultureInfo.InvariantCulture, $",{((f * 31) + (i * 77)) % 20_000 / 32.0}"));
            }
        }

        return Encoding.UTF8.GetBytes(text.Append(CultureInfo.InvariantCulture, $"\n# capture: 50 1\n# frames: {frames}\n").ToString());
    }

    private static byte[] JsonFile(int landmarks, int frames, string units)
    {
        var text = new StringBuilder($$"""{ "scheme": "mediapipe-478-refined", "width": 640, "height": 480, "units": "{{units}}", "landmarks": [{{string.Join(", ", Enumerable.Range(0, landmarks))}}], "frames": [""");
        for (var f = 0; f < frames; f++)
        {
            var points = Enumerable.Range(0, landmarks).Select(i => i % 2 == 0
                ? string.Create(CultureInfo.InvariantCulture, $"[{(f + i) / 64.0}, {i / 32.0}, -0.25]")
                : string.Create(CultureInfo.InvariantCulture, $"{{\"x\": {(f + i) / 64.0}, \"y\": 0.5}}"));
            var landmarkList = f % 9 == 4 ? "null" : "[" + string.Join(", ", points) + "]";
            text.Append(CultureInfo.InvariantCulture, $"{(f == 0 ? "" : ",")}\n{{ \"time\": {f / 30.0}, \"brightness\": {f}, \"landmarks\": {landmarkList} }}");
        }

        return Encoding.UTF8.GetBytes(text.Append("],\n\"marks\": [{ \"phase\": \"rest\", \"start\": 0, \"end\": 1 }] }\n").ToString());
    }

    private static byte[] OpenFaceFile(int frames, string separator)
    {
        string Names(string axis) => string.Join(separator, Enumerable.Range(0, 68).Select(i => $"{axis}_{i}"));
        var text = new StringBuilder(string.Join(separator, "frame", "face_id", "timestamp", "confidence", "success", Names("x"), Names("y"), Names("X"), Names("Y"), Names("Z"), "p_scale"));
        for (var f = 0; f < frames; f++)
        {
            var values = Enumerable.Range(0, 68 * 5).Select(i => (((i * 37) + f) % 640 + 0.5).ToString(CultureInfo.InvariantCulture));
            text.Append('\n').AppendJoin(separator, [$"{f + 1}", "0", (f / 30.0).ToString("0.000", CultureInfo.InvariantCulture), "0.98", f == 2 ? "0" : "1", .. values, "2.5"]);
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
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
