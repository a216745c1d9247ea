using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

/// <summary>The recording of <c>web/facerec/agreed-recording.ts</c>: both languages make it, and read each other's.</summary>
public sealed class AgreedRecordingTests
{
    private static readonly RecordingHeader Header = new()
    {
        Id = Guid.Parse("0193a5c0-0000-7000-8000-00000000beef"),
        StartedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero),
        Source = RecordingSource.Camera,
        Scheme = LandmarkScheme.Ibug68,
        LandmarkIndices = [36, 39, 42, 45, 48, 54],
        ImageWidth = 3840,
        ImageHeight = 2160,
        NominalFramesPerSecond = 29.97,
        Landmarker = "none <1.0> & 'more'",
        Device = "Kamera \"Küche\" №1",
        Protocol = "rest-180/1",
        IsDemonstration = true,
    };

    private static readonly Frame[] Frames = [.. Enumerable.Range(0, 100).Select(k => new Frame(
        ((k * 33_333) + (k >= 60 ? 5_000_000 : 0)) / 1e6,
        k % 9 == 4 ? null : [.. Enumerable.Range(0, 18).Select(c => ((((k * k * 7) + (c * 977) + (k % 25 == 24 ? 90_000 : 0)) % 131_072) - 1000) / 32f)],
        k % 4 == 0 ? float.NaN : k * 5 % 256))];

    private static readonly ProtocolMark[] Marks = [new(ProtocolPhase.CloseRightEye, 0.2, 1), new(ProtocolPhase.Rest, 1.5, 8.000001)];

    private static string Folder
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Facialis.slnx")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests do not run within the repository.");
            }

            return Path.Combine(folder, "tests", "fixtures", "facerec");
        }
    }

    [Fact]
    public void What_TypeScript_wrote_is_read_here() => AssertAgreed(File.ReadAllBytes(Path.Combine(Folder, "agreed.typescript.facerec")));

    [Fact]
    public void Both_write_the_same_bytes_where_nothing_is_compressed() =>
        Assert.Equal(Fixture("agreed.stored.facerec", compress: false), Write(compress: false));

    [Fact]
    public void What_TypeScript_reads_is_what_we_write() => AssertAgreed(Fixture("agreed.csharp.facerec", compress: true));

    private static void AssertAgreed(byte[] file)
    {
        using var reader = new FacerecReader(new MemoryStream(file));
        var read = Made.ReadAll(reader);
        Assert.Equal(Frames.Length, read.Count);
        foreach (var (expected, actual) in Frames.Zip(read))
        {
            expected.AssertSame(actual, 0);
        }

        Assert.Equal(Header with { LandmarkIndices = [] }, reader.Header with { LandmarkIndices = [] });
        Assert.Equal(Header.LandmarkIndices, reader.Header.LandmarkIndices);
        Assert.Equal(Marks, reader.Marks);
        Assert.Equal(Mirroring.NotMirrored, reader.Mirroring);
        Assert.Equal(new CaptureCounts(104, 4), reader.Capture);
        Assert.True(reader.IsComplete);
    }

    /// <summary>Delete a fixture to have it written anew; the TypeScript tests then read the new one.</summary>
    private static byte[] Fixture(string name, bool compress)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, Write(compress));
        }

        return File.ReadAllBytes(path);
    }

    private static byte[] Write(bool compress)
    {
        using var target = new MemoryStream();
        using var writer = new FacerecWriter(target, Header, new FacerecOptions { Compress = compress });
        for (var k = 0; k < Frames.Length; k++)
        {
            writer.Append(Frames[k].ToFaceFrame(6));
            if (k == 30)
            {
                writer.Append(Marks[0]);
                writer.SettleMirroring(Mirroring.NotMirrored);
            }
        }

        writer.Append(Marks[1]);
        writer.Count(new CaptureCounts(104, 4));
        writer.Complete();
        return target.ToArray();
    }
}
