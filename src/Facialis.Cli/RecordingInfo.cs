using System.Globalization;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Recordings.Flm1;

namespace Facialis.Cli;

/// <summary>What a recording holds.</summary>
internal sealed record RecordingInfo
{
    public required string File { get; init; }

    public required Guid Id { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required string Source { get; init; }

    public required string Scheme { get; init; }

    public required int Landmarks { get; init; }

    public required int ImageWidth { get; init; }

    public required int ImageHeight { get; init; }

    public required string Mirroring { get; init; }

    public required string Landmarker { get; init; }

    public required string Device { get; init; }

    public required string Protocol { get; init; }

    public required bool Demonstration { get; init; }

    public required int Frames { get; init; }

    public required int FramesWithFace { get; init; }

    /// <summary>Frames passed over because their time was not after the one before (FLM1 only).</summary>
    public required int FramesLeftOut { get; init; }

    public required double StartSeconds { get; init; }

    public required double EndSeconds { get; init; }

    public required double LongestGapSeconds { get; init; }

    public required IReadOnlyList<ProtocolMark> Marks { get; init; }

    public required CaptureCounts? Capture { get; init; }

    /// <summary>Why the file ends too early; null where it is whole.</summary>
    public required string? Damage { get; init; }

    /// <summary>Reads a recording to its end.</summary>
    public static RecordingInfo Read(string file, FaceRecordingReader watched, FaceRecordingReader recording)
    {
        var header = recording.Header;
        var frame = new FaceFrame(header.LandmarkIndices.Count);
        var (frames, faces, first, last, gap) = (0, 0, 0.0, 0.0, 0.0);
        for (; watched.TryRead(frame); frames++)
        {
            (first, gap) = frames == 0 ? (frame.TimeSeconds, 0) : (first, Math.Max(gap, frame.TimeSeconds - last));
            last = frame.TimeSeconds;
            faces += frame.HasFace ? 1 : 0;
        }

        return new RecordingInfo
        {
            File = file,
            Id = header.Id,
            StartedAt = header.StartedAt,
            Source = Camel(header.Source.ToString()),
            Scheme = header.Scheme.Id,
            Landmarks = header.LandmarkIndices.Count,
            ImageWidth = header.ImageWidth,
            ImageHeight = header.ImageHeight,
            Mirroring = Camel(recording.Mirroring.ToString()),
            Landmarker = header.Landmarker,
            Device = header.Device,
            Protocol = header.Protocol,
            Demonstration = header.IsDemonstration,
            Frames = frames,
            FramesWithFace = faces,
            FramesLeftOut = (recording as Flm1Reader)?.FramesLeftOut ?? 0,
            StartSeconds = first,
            EndSeconds = last,
            LongestGapSeconds = gap,
            Marks = recording.Marks,
            Capture = recording.Capture,
            Damage = (recording as FacerecReader)?.Damage,
        };
    }

    public void Write(TextWriter to)
    {
        void Row(string label, FormattableString value)
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            if (text.Length > 0)
            {
                to.WriteLine($"{label,-14}{text}");
            }
        }

        Row("file", $"{File}");
        Row("id", $"{Id}");
        Row("started", $"{StartedAt:yyyy-MM-dd HH:mm:ss 'UTC'}");
        Row("source", $"{Source}{(Demonstration ? ", demonstration" : "")}");
        Row("landmarker", $"{Landmarker}");
        Row("device", $"{Device}");
        Row("protocol", $"{Protocol}");
        Row("landmarks", $"{Landmarks} of {Scheme}");
        Row("picture", $"{ImageWidth} x {ImageHeight} pixels");
        Row("sides", $"{Mirroring switch { "notMirrored" => "confirmed, not mirrored", "mirrored" => "confirmed, mirrored", _ => "unconfirmed" }}");
        Row("frames", $"{Frames}, {FramesWithFace} with a face, {(Frames > 1 ? (Frames - 1) / (EndSeconds - StartSeconds) : 0):0.0}/s on average");
        Row("time", $"{StartSeconds:0.###} to {EndSeconds:0.###} s, longest gap {LongestGapSeconds:0.###} s");
        if (FramesLeftOut > 0)
        {
            Row("left out", $"{FramesLeftOut} out of order");
        }

        foreach (var mark in Marks)
        {
            Row("mark", $"{Camel(mark.Phase.ToString())} {mark.StartSeconds:0.###} to {mark.EndSeconds:0.###} s");
        }

        if (Capture is { } capture)
        {
            Row("capture", $"{capture.Presented} pictures presented, {capture.Dropped} dropped");
        }

        Row("whole", $"{(Damage is null ? "yes" : "NO: " + Damage)}");
    }

    private static string Camel(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
