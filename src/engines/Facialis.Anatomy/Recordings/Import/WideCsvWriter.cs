using System.Globalization;
using System.Text;

namespace Facialis.Anatomy.Recordings.Import;

/// <summary>Writes a recording as a plain landmark series in CSV, which <see cref="WideCsvReader"/> reads again.</summary>
public static class WideCsvWriter
{
    /// <summary>Writes a whole recording.</summary>
    /// <param name="recording">Read to its end.</param>
    /// <param name="target">Left open.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="RecordingFormatException">The recording could not be read to its end.</exception>
    public static int Write(FaceRecordingReader recording, Stream target)
    {
        WriteTop(recording.Header, target);
        var frame = new FaceFrame(recording.Header.LandmarkIndices.Count);
        var row = new byte[64 + (recording.Header.LandmarkIndices.Count * 3 * 20)];
        var count = 0;
        for (; recording.TryRead(frame); count++)
        {
            target.Write(row.AsSpan(0, Format(frame, row)));
        }

        WriteBottom(recording, count, target);
        return count;
    }

    private static void WriteTop(RecordingHeader header, Stream target)
    {
        var text = new StringBuilder("# landmarks of a face over time, pixels; x to the viewer's right, y down, smaller z is nearer\n");
        void Fact(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"# {name}: {value.ReplaceLineEndings(" ")}\n");
        Fact("id", header.Id.ToString());
        if (header.StartedAt is { } started)
        {
            Fact("startedAt", started.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        }

        Fact("source", header.Source.ToString());
        Fact("scheme", header.Scheme.Id);
        Fact("width", header.ImageWidth.ToString(CultureInfo.InvariantCulture));
        Fact("height", header.ImageHeight.ToString(CultureInfo.InvariantCulture));
        if (header.NominalFramesPerSecond is { } rate)
        {
            Fact("framesPerSecond", rate.ToString(CultureInfo.InvariantCulture));
        }

        Fact("mirroring", Word(header.Mirroring));
        Fact("landmarker", header.Landmarker);
        Fact("device", header.Device);
        Fact("protocol", header.Protocol);
        Fact("demonstration", header.IsDemonstration ? "true" : "false");
        Fact("ends with", "frames");
        text.Append("time_s,brightness");
        foreach (var index in header.LandmarkIndices)
        {
            text.Append(CultureInfo.InvariantCulture, $",x_{index},y_{index},z_{index}");
        }

        target.Write(Encoding.UTF8.GetBytes(text.Append('\n').ToString()));
    }

    /// <summary>What a recording settles while it runs stands at the end, since it is written as it is read.</summary>
    private static void WriteBottom(FaceRecordingReader recording, int frames, Stream target)
    {
        var text = new StringBuilder();
        foreach (var mark in recording.Marks)
        {
            var phase = mark.Phase.ToString();
            text.Append(CultureInfo.InvariantCulture, $"# mark: {char.ToLowerInvariant(phase[0])}{phase.AsSpan(1)} {mark.StartSeconds:0.######} {mark.EndSeconds:0.######}\n");
        }

        if (recording.Mirroring != recording.Header.Mirroring)
        {
            text.Append(CultureInfo.InvariantCulture, $"# mirroring: {Word(recording.Mirroring)}\n");
        }

        if (recording.Capture is { } capture)
        {
            text.Append(CultureInfo.InvariantCulture, $"# capture: {capture.Presented} {capture.Dropped}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"# frames: {frames}\n");
        target.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static int Format(FaceFrame frame, Span<byte> row)
    {
        frame.TimeSeconds.TryFormat(row, out var length, "0.######", CultureInfo.InvariantCulture);
        row[length++] = (byte)',';
        if (!float.IsNaN(frame.Brightness))
        {
            frame.Brightness.TryFormat(row[length..], out var written, default, CultureInfo.InvariantCulture);
            length += written;
        }

        foreach (var position in frame.Coordinates)
        {
            row[length++] = (byte)',';
            if (frame.HasFace)
            {
                position.TryFormat(row[length..], out var written, default, CultureInfo.InvariantCulture);
                length += written;
            }
        }

        row[length++] = (byte)'\n';
        return length;
    }

    private static string Word(Mirroring mirroring) => mirroring switch
    {
        Mirroring.NotMirrored => "notMirrored",
        Mirroring.Mirrored => "mirrored",
        _ => "unknown",
    };
}
