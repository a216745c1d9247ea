using System.Text;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Import;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

public sealed class JsonSeriesTests
{
    private const string Facts = """ "scheme": "ibug-68", "width": 200, "height": 100, "landmarks": [36, 45], "more": {"a": [1, {"b": null}]} """;

    [Fact]
    public void Shares_of_the_picture_become_pixels()
    {
        using var reader = Open($$"""
            { {{Facts}}, "units": "normalized", "mirroring": "mirrored", "id": "0193a5c0-0000-7000-8000-000000000003",
              "frames": [
                { "time": 0, "brightness": 118, "landmarks": [[0.5, 0.5, -0.25], [1, 1]] },
                { "landmarks": [{ "x": 0.25, "y": 0.75, "z": 0.5, "visibility": [1] }, { "y": 0, "x": -0.5 }], "time": 0.5, "note": "x" },
                { "time": 1, "landmarks": null }, { "time": 2, "landmarks": [] }, { "time": 3 }
              ],
              "marks": [{ "phase": "rest", "start": 0, "end": 3, "by": "me" }], "framesPerSecond": 30 }
            """);
        Assert.IsType<JsonSeriesReader>(reader);
        Assert.Equal([36, 45], reader.Header.LandmarkIndices);
        Assert.Equal(Guid.Parse("0193a5c0-0000-7000-8000-000000000003"), reader.Header.Id);
        var frames = Made.ReadAll(reader);
        Assert.Equal([0, 0.5, 1, 2, 3], frames.Select(f => f.Time));
        Assert.Equal([100f, 50, -50, 200, 100, 0], frames[0].Face);
        Assert.Equal(118, frames[0].Brightness);
        Assert.Equal([50f, 75, 100, -100, 0, 0], frames[1].Face);
        Assert.All(frames[2..], frame => Assert.Null(frame.Positions));
        Assert.Equal(Mirroring.Mirrored, reader.Mirroring);
        Assert.Equal([new ProtocolMark(ProtocolPhase.Rest, 0, 3)], reader.Marks);
    }

    [Fact]
    public void Pixels_stay_as_they_are()
    {
        using var reader = Open($$"""{ {{Facts}}, "units": "pixels", "frames": [{ "time": 0, "landmarks": [[1.5, 2.5, 3.5], [4, 5, 6]] }] }""");
        Assert.Equal([1.5f, 2.5f, 3.5f, 4, 5, 6], Made.ReadAll(reader)[0].Face);
    }

    [Theory]
    [InlineData("""{ "units": "pixels", "frames": [] }""", "which landmarks")]
    [InlineData("""{ "scheme": "ibug-68", "units": "pixels", "frames": [] }""", "width and height")]
    [InlineData("""{ "scheme": "ibug-68", "width": 1, "height": 1, "frames": [] }""", "how positions are given")]
    [InlineData("""{ "scheme": "ibug-99" }""", "scheme must be")]
    [InlineData("""{ "width": 1e9 }""", "width must be")]
    [InlineData("""{ "scheme": "ibug-68" }""", "no \"frames\"")]
    [InlineData("""[1, 2]""", "is an object")]
    [InlineData("""{ FACTS, "frames": [{ "time": 0 }, { "time": 0 }] }""", "frame 2: the time 0 s is not after")]
    [InlineData("""{ FACTS, "frames": [{ "landmarks": null }] }""", "frame 1: the time NaN")]
    [InlineData("""{ FACTS, "frames": [{ "time": 0, "landmarks": [[1, 2, 3]] }] }""", "1 landmarks instead of the 2")]
    [InlineData("""{ FACTS, "frames": [{ "time": 0, "landmarks": [[1, 2], [1, 2], [1, 2]] }] }""", "more than the 2 landmarks")]
    [InlineData("""{ FACTS, "frames": [{ "time": 0, "landmarks": [[1], [1, 2]] }] }""", "two or three numbers")]
    [InlineData("""{ FACTS, "frames": [{ "time": 0, "landmarks": [[1, 2, 3, 4], [1, 2]] }] }""", "two or three numbers")]
    [InlineData("""{ FACTS, "frames": [{ "time": 0, "landmarks": [{ "x": 1 }, [1, 2]] }] }""", "pixels away")]
    [InlineData("""{ FACTS, "frames": [{ "time": 0, "landmarks": [[1e300, 2], [1, 2]] }] }""", "pixels away")]
    [InlineData("""{ FACTS, "frames": [{ "time": 0, "landmarks": [["1", 2], [1, 2]] }] }""", "two or three numbers")]
    [InlineData("""{ FACTS, "frames": [3] }""", "must be an object")]
    [InlineData("""{ FACTS, "frames": {} }""", "must be a list")]
    [InlineData("""{ FACTS, "frames": [], "frames": [] }""", "second list of frames")]
    [InlineData("""{ FACTS, "frames": [] """, "not the JSON")]
    [InlineData("""{ FACTS, "frames": [] } { }""", "not the JSON")]
    [InlineData("""{ FACTS, "frames": [], "marks": [{ "phase": "", "start": 0, "end": 1 }] }""", "not a phase")]
    [InlineData("""{ FACTS, "frames": [{ "time": 0, ]""", "not the JSON")]
    public void What_cannot_be_right_is_refused_with_the_place(string text, string expected)
    {
        text = text.Replace("FACTS", Facts + """, "units": "pixels" """, StringComparison.Ordinal);
        var failure = Assert.Throws<RecordingFormatException>(() => Made.ReadAll(Open(text)));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_beginning_of_a_file_is_refused()
    {
        var text = $$"""{ {{Facts}}, "units": "pixels", "frames": [{ "time": 0, "landmarks": [[1.5, 2.5, 3.5], [4, 5, 6]] }], "marks": [] }""";
        for (var length = 0; length < text.Length; length++)
        {
            Assert.Throws<RecordingFormatException>(() => Made.ReadAll(Open(text[..length])));
        }
    }

    [Fact]
    public void An_endless_word_is_refused_in_bounded_memory()
    {
        var text = "{ \"note\": \"" + new string('a', 8 << 20);
        var bytes = Encoding.UTF8.GetBytes(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RecordingFormatException>(() => RecordingFiles.Open(new MemoryStream(bytes)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    private static FaceRecordingReader Open(string text) => RecordingFiles.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
