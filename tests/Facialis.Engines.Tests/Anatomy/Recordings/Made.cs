using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

/// <summary>Builds recordings for tests, with harmless defaults.</summary>
internal static class Made
{
    public static RecordingHeader Header(LandmarkScheme? scheme = null, IReadOnlyList<int>? landmarks = null) => new()
    {
        Id = Guid.Parse("0193a5c0-0000-7000-8000-000000000001"),
        StartedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero),
        Source = RecordingSource.Camera,
        Scheme = scheme ?? LandmarkScheme.Ibug68,
        LandmarkIndices = landmarks ?? [36, 39, 42, 45, 48, 54],
        ImageWidth = 640,
        ImageHeight = 480,
        NominalFramesPerSecond = 29.97,
        Mirroring = Mirroring.Unknown,
        Landmarker = "a landmarker 1.0",
        Device = "Kamera \"Küche\" 🙂",
        Protocol = "rest-180/1",
        IsDemonstration = true,
    };

    public static byte[] Facerec(RecordingHeader header, IEnumerable<Frame> frames, FacerecOptions? options = null, Action<FacerecWriter>? more = null)
    {
        using var target = new MemoryStream();
        using var writer = new FacerecWriter(target, header, options);
        foreach (var frame in frames)
        {
            writer.Append(frame.ToFaceFrame(header.LandmarkIndices.Count));
        }

        more?.Invoke(writer);
        writer.Complete();
        return target.ToArray();
    }

    /// <summary>A face that drifts about, repeatable; every tenth frame without a face.</summary>
    public static Frame[] Frames(int count, int landmarks, int seed = 1, double fps = 30)
    {
        var chance = new Random(seed);
        var positions = Enumerable.Range(0, landmarks * 3).Select(_ => chance.NextSingle() * 480).ToArray();
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            positions = [.. positions.Select(p => p + chance.NextSingle() - 0.5f)];
            return new Frame(i / fps, i % 10 == 9 ? null : positions, i % 3 == 0 ? float.NaN : i % 256);
        })];
    }

    public static List<Frame> ReadAll(FaceRecordingReader reader)
    {
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        var frames = new List<Frame>();
        while (reader.TryRead(frame))
        {
            frames.Add(new Frame(frame.TimeSeconds, frame.HasFace ? frame.Coordinates.ToArray() : null, frame.Brightness));
        }

        return frames;
    }
}

/// <summary>A frame as a value; <paramref name="Positions"/> is null without a face.</summary>
internal sealed record Frame(double Time, float[]? Positions, float Brightness)
{
    /// <summary>The positions of a frame that must have a face.</summary>
    public float[] Face => Positions ?? throw new InvalidOperationException($"The frame at {Time} s has no face.");

    public FaceFrame ToFaceFrame(int landmarks)
    {
        var frame = new FaceFrame(landmarks)
        {
            TimeSeconds = Time,
            HasFace = Positions is not null,
            Brightness = Brightness,
        };
        Positions?.CopyTo(frame.Coordinates);
        return frame;
    }

    /// <summary>Fails unless the other frame is this one, positions within <paramref name="pixels"/> and times to the microsecond.</summary>
    public void AssertSame(Frame other, double pixels)
    {
        Assert.Equal(Math.Floor((Time * 1e6) + 0.5) / 1e6, other.Time);
        Assert.Equal(Positions is null, other.Positions is null);
        Assert.Equal(float.IsNaN(Brightness), float.IsNaN(other.Brightness));
        Assert.True(float.IsNaN(Brightness) || Math.Abs(Brightness - other.Brightness) <= 0.5);
        for (var i = 0; i < (Positions?.Length ?? 0); i++)
        {
            // Pixels of a float near 65,535 are themselves 1/256 apart.
            Assert.InRange(other.Positions![i] - (double)Positions![i], -pixels - (Math.Abs(Positions[i]) * 1e-7), pixels + (Math.Abs(Positions[i]) * 1e-7));
        }
    }
}
