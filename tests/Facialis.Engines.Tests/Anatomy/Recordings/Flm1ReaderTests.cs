using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Flm1;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

public sealed class Flm1ReaderTests
{
    [Theory]
    [InlineData(478, "mediapipe-478-refined", 300)]
    [InlineData(468, "mediapipe-468-plain", 128)]
    [InlineData(478, "mediapipe-478-refined", 1)]
    [InlineData(468, "mediapipe-468-plain", 0)]
    public void Every_value_comes_back_in_pixels(int landmarks, string scheme, int frames)
    {
        var values = Flm1Bytes.Values(frames, landmarks);
        using var reader = Open(Flm1Bytes.Write(values, landmarks));
        Assert.Equal(scheme, reader.Header.Scheme.Id);
        Assert.Equal((480, 360, 30.0), (reader.Header.ImageWidth, reader.Header.ImageHeight, reader.Header.NominalFramesPerSecond));
        var frame = new FaceFrame(landmarks);
        for (var f = 0; f < frames; f++)
        {
            Assert.True(reader.TryRead(frame));
            Assert.True(frame.HasFace);
            Assert.Equal(f / 30.0, frame.TimeSeconds, 1e-6);
            Assert.Equal(values[f].Select(v => v / 32f), frame.Coordinates.ToArray());
        }

        Assert.False(reader.TryRead(frame));
        Assert.False(reader.TryRead(frame));
    }

    [Fact]
    public void A_frame_with_everything_at_minus_1000_px_has_no_face()
    {
        using var reader = Open(Flm1Bytes.Write(Flm1Bytes.Values(5, 478, faceless: 2), 478));
        var frame = new FaceFrame(478);
        var seen = new List<bool>();
        while (reader.TryRead(frame))
        {
            seen.Add(frame.HasFace);
        }

        Assert.Equal([true, true, false, true, true], seen);
    }

    [Theory]
    [InlineData("\"mirrored\":false,", Mirroring.NotMirrored)]
    [InlineData("\"mirrored\":true,", Mirroring.Mirrored)]
    [InlineData("\"mirrored\":null,", Mirroring.Unknown)]
    [InlineData("", Mirroring.Unknown)]
    public void Mirroring_is_what_the_header_says_and_unknown_where_it_says_nothing(string field, Mirroring expected)
    {
        using var reader = Open(Flm1Bytes.Write(Flm1Bytes.Values(1, 478), 478, field));
        Assert.Equal(expected, reader.Mirroring);
    }

    [Theory]
    [InlineData("""{"frames":2,"landmarks":478,"width":480,"height":360,"time_s":[0,0]}""", "not after")]
    [InlineData("""{"time_s":[0,0],"frames":2,"landmarks":478,"width":480,"height":360}""", "not after")]
    [InlineData("""{"frames":2,"landmarks":478,"width":480,"height":360,"time_s":[0]}""", "holds 1 times")]
    [InlineData("""{"frames":2,"landmarks":477,"width":480,"height":360,"time_s":[0,1]}""", "477 landmarks")]
    [InlineData("""{"frames":2,"landmarks":478,"height":360,"time_s":[0,1]}""", "width")]
    [InlineData("""{"frames":2,"landmarks":478,"width":480,"height":360,"time_s":[0,1e9]}""", "not between")]
    [InlineData("""{"frames":"2","landmarks":478}""", "JSON")]
    [InlineData("""{"frames":2,""", "JSON")]
    [InlineData("""[]""", "not a JSON object")]
    [InlineData("""{"frames":3,"landmarks":478,"width":480,"height":360,"time_s":[0,1,2]}""", "cut off")]
    [InlineData("""{"frames":1,"landmarks":478,"width":480,"height":360,"time_s":[0]}""", "more data")]
    [InlineData("""{"frames":2147483647,"landmarks":478,"width":480,"height":360,"time_s":[0]}""", "times")]
    public void A_header_that_cannot_be_right_is_refused_with_a_sentence(string header, string expected)
    {
        var file = Flm1Bytes.WriteWithHeader(Flm1Bytes.Values(2, 478), 478, header);
        var failure = Assert.Throws<RecordingFormatException>(() => ReadAll(file));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_frame_in_a_hundred_may_be_out_of_order_and_is_left_out()
    {
        var values = Flm1Bytes.Values(200, 468);
        var times = Enumerable.Range(0, 200).Select(i => i == 57 ? 55 : i).ToArray();
        var header = $$"""{"frames":200,"landmarks":468,"width":480,"height":360,"time_s":[{{string.Join(',', times)}}]}""";
        using var reader = Open(Flm1Bytes.WriteWithHeader(values, 468, header));
        var frame = new FaceFrame(468);
        var seen = new List<(double Time, float X)>();
        while (reader.TryRead(frame))
        {
            seen.Add((frame.TimeSeconds, frame.Coordinates[0]));
        }

        Assert.Equal(1, reader.FramesLeftOut);
        Assert.Equal(Enumerable.Range(0, 200).Where(i => i != 57).Select(i => ((double)i, values[i][0] / 32f)), seen);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var file = Flm1Bytes.Write(Flm1Bytes.Values(8, 468), 468);
        for (var length = 0; length < file.Length; length += 97)
        {
            Assert.Throws<RecordingFormatException>(() => ReadAll(file[..length]));
        }

        Assert.Throws<RecordingFormatException>(() => ReadAll(file[..^1]));
    }

    [Fact]
    public void A_file_that_swells_a_thousandfold_is_refused_before_it_fills_the_memory()
    {
        var bomb = Flm1Bytes.Gzip([.. "FLM1"u8, 0, 0, 128, 0, .. new byte[60_000_000]]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RecordingFormatException>(() => ReadAll(bomb));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 32_000_000);
    }

    [Fact]
    public void Reading_allocates_nothing_per_frame()
    {
        using var reader = Open(Flm1Bytes.Write(Flm1Bytes.Values(400, 468), 468));
        var frame = new FaceFrame(468);
        Assert.True(reader.TryRead(frame));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var frames = 0;
        while (reader.TryRead(frame))
        {
            frames++;
        }

        // What the runtime allocates once, on this thread, for code that runs the first time does not grow with the frames.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32L * frames);
    }

    private static Flm1Reader Open(byte[] file) => new(new MemoryStream(file));

    private static void ReadAll(byte[] file)
    {
        using var reader = Open(file);
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        while (reader.TryRead(frame))
        {
        }
    }
}
