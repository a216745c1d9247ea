using System.Globalization;
using System.Text;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Import;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

public sealed class OpenFaceTests
{
    private static readonly ImportOptions Vga = new() { ImageWidth = 640, ImageHeight = 480 };

    [Theory]
    [InlineData(", ")]
    [InlineData(",")]
    public void Landmarks_come_in_pixels_and_depth_in_the_scale_of_x(string separator)
    {
        using var reader = Open(File(separator, Row(1, 0, 0.0, true), Row(2, 0, 0.033, true)));
        Assert.IsType<OpenFaceReader>(reader);
        Assert.Equal(("ibug-68", 640, Mirroring.Unknown), (reader.Header.Scheme.Id, reader.Header.ImageWidth, reader.Mirroring));
        var frames = Made.ReadAll(reader);
        Assert.Equal([0, 0.033], frames.Select(f => f.Time));
        // Points lie 2 pixels apart for each millimetre; depth falls by 1 mm from point to point around its mean.
        for (var i = 0; i < 68; i++)
        {
            Assert.Equal(100 + (2f * i), frames[0].Positions![i * 3]);
            Assert.Equal(50 + i, frames[0].Positions![(i * 3) + 1]);
            Assert.Equal((33.5f - i) * 2, frames[0].Positions![(i * 3) + 2], 1e-3f);
        }
    }

    [Fact]
    public void A_row_without_success_has_no_face()
    {
        using var reader = Open(File(", ", Row(1, 0, 0, true), Row(2, 0, 0.033, false), Row(3, 0, 0.066, true)));
        Assert.Equal([true, false, true], Made.ReadAll(reader).Select(f => f.Positions is not null));
    }

    [Fact]
    public void With_several_faces_one_has_to_be_chosen()
    {
        var file = File(", ", Row(1, 0, 0, true), Row(1, 1, 0, true), Row(2, 0, 0.033, true), Row(2, 1, 0.033, false));
        var failure = Assert.Throws<RecordingFormatException>(() => Made.ReadAll(Open(file)));
        Assert.Contains("more than one face (0 and 1)", failure.Message, StringComparison.Ordinal);
        using var second = RecordingFiles.Open(new MemoryStream(file), Vga with { FaceId = 1 });
        Assert.Equal([true, false], Made.ReadAll(second).Select(f => f.Positions is not null));
    }

    [Fact]
    public void Without_depth_columns_depth_is_zero()
    {
        var names = string.Join(", ", Enumerable.Range(0, 68).Select(i => $"x_{i}").Concat(Enumerable.Range(0, 68).Select(i => $"y_{i}")));
        var values = string.Join(", ", Enumerable.Range(0, 136).Select(i => i + 0.5));
        using var reader = Open(Encoding.UTF8.GetBytes($"frame, timestamp, confidence, success, {names}\n1, 0, 0.98, 1, {values}\n"));
        var frame = Assert.Single(Made.ReadAll(reader));
        Assert.Equal([67.5f, 135.5f, 0], frame.Face[^3..]);
    }

    [Fact]
    public void It_refuses_without_the_picture_size_or_with_columns_missing()
    {
        Assert.Contains("width and height", Assert.Throws<RecordingFormatException>(() => RecordingFiles.Open(new MemoryStream(File(",")))).Message, StringComparison.Ordinal);
        var noPoints = Encoding.UTF8.GetBytes("frame, face_id, timestamp, confidence, success, AU01_r\n");
        Assert.Contains("x_0", Assert.Throws<RecordingFormatException>(() => Open(noPoints)).Message, StringComparison.Ordinal);
    }

    private static FaceRecordingReader Open(byte[] file) => RecordingFiles.Open(new MemoryStream(file), Vga);

    private static byte[] File(string separator, params string[][] rows)
    {
        string[] Names(string axis) => [.. Enumerable.Range(0, 68).Select(i => $"{axis}_{i}")];
        string[] header = ["frame", "face_id", "timestamp", "confidence", "success", "gaze_0_x", "eye_lmk_x_0", "pose_Tx", .. Names("x"), .. Names("y"), .. Names("X"), .. Names("Y"), .. Names("Z"), "p_scale", "AU01_r"];
        return Encoding.UTF8.GetBytes(string.Join("\r\n", rows.Prepend(header).Select(fields => string.Join(separator, fields))) + "\r\n");
    }

    private static string[] Row(int frame, int face, double time, bool success)
    {
        string[] Values(Func<int, double> value) => [.. Enumerable.Range(0, 68).Select(i => value(i).ToString("0.0", CultureInfo.InvariantCulture))];
        return
        [
            frame.ToString(CultureInfo.InvariantCulture), face.ToString(CultureInfo.InvariantCulture), time.ToString("0.000", CultureInfo.InvariantCulture), "0.98", success ? "1" : "0",
            "0.1", "300.2", "12.5", .. Values(i => 100 + (2 * i)), .. Values(i => 50 + i), .. Values(i => i), .. Values(i => i / 2.0), .. Values(i => 700 - i), "2.1", "0.35",
        ];
    }
}
