using System.Text;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Recordings.Import;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

public sealed class CsvSeriesTests
{
    private const string Top = "# scheme: ibug-68\n# width: 640\n# height: 480\n";

    [Fact]
    public void A_recording_comes_back_from_CSV_exactly()
    {
        var frame = from step in Gen.Choose(1, 3_000_000)
                    from face in Gen.Frequency((1, Gen.Constant((float[]?)null)), (5, Gen.Choose(-9_000_000, 90_000_000).Select(n => n / 1000f).ArrayOf(18).Select(p => (float[]?)p)))
                    from light in Gen.Frequency((1, Gen.Constant(float.NaN)), (2, Gen.Choose(0, 255).Select(b => (float)b)))
                    select (step, face, light);
        Prop.ForAll(frame.ListOf().ToArbitrary(), made =>
        {
            long time = 0;
            var frames = made.Select(f => new Frame((time += f.step) / 1e6, f.face, f.light)).ToArray();
            var file = Made.Facerec(Made.Header(), frames, more: writer =>
            {
                writer.Append(new ProtocolMark(ProtocolPhase.CloseRightEye, 0.25, 1.000001));
                writer.SettleMirroring(Mirroring.NotMirrored);
                writer.Count(new CaptureCounts(9, 2));
            });
            using var original = new FacerecReader(new MemoryStream(file));
            using var csv = new MemoryStream();
            Assert.Equal(frames.Length, WideCsvWriter.Write(original, csv));
            using var source = new FacerecReader(new MemoryStream(file));
            using var reader = RecordingFiles.Open(new MemoryStream(csv.ToArray()));
            Assert.IsType<WideCsvReader>(reader);
            var read = Made.ReadAll(reader);
            Assert.Equal(frames.Length, read.Count);
            foreach (var (expected, actual) in Made.ReadAll(source).Zip(read))
            {
                expected.AssertSame(actual, 0);
            }

            Assert.Equal(original.Header with { LandmarkIndices = [] }, reader.Header with { LandmarkIndices = [] });
            Assert.Equal(original.Header.LandmarkIndices, reader.Header.LandmarkIndices);
            Assert.Equal(original.Marks, reader.Marks);
            Assert.Equal((original.Mirroring, original.Capture), (reader.Mirroring, reader.Capture));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(",", "\n")]
    [InlineData(";", "\r\n")]
    [InlineData("\t", "\n")]
    public void Columns_may_come_in_any_order_with_other_columns_between(string separator, string lineEnd)
    {
        var text = Top + "y_45,who,\"x_45\", x_36 ,y_36,time_s\n12.5,me,11,1.5,2,0\n\n-12,,-11,-1e1,-2,.5\n";
        using var reader = Open('\uFEFF' + text.Replace(",", separator, StringComparison.Ordinal).Replace("\n", lineEnd, StringComparison.Ordinal));
        Assert.Equal([36, 45], reader.Header.LandmarkIndices);
        var frames = Made.ReadAll(reader);
        Assert.Equal([0, 0.5], frames.Select(f => f.Time));
        Assert.Equal([1.5f, 2, 0, 11, 12.5f, 0], frames[0].Face);
        Assert.Equal([-10f, -2, 0, -11, -12, 0], frames[1].Face);
    }

    [Fact]
    public void A_row_without_positions_has_no_face()
    {
        using var reader = Open(Top + "time_s,x_0,y_0\n0,1,2\n1,,\n2,NaN,NaN\n3,4,5\n");
        Assert.Equal([true, false, false, true], Made.ReadAll(reader).Select(f => f.Positions is not null));
    }

    [Theory]
    [InlineData("time_s,x_0,y_0\n0,1,2\n1,x,2\n", "Line 6, column 2 (x_0): \"x\" is not a number")]
    [InlineData("time_s;x_0;y_0\n0;1,5;2\n", "decimals need a point")]
    [InlineData("time_s,x_0,y_0\n0,1,2\n0,1,2\n", "Line 6, column 1 (time_s): the time 0 s is not after")]
    [InlineData("time_s,x_0,y_0\n0,1,2\n0.0000001,1,2\n", "not after")]
    [InlineData("time_s,x_0,y_0\n-1,1,2\n", "not between")]
    [InlineData("time_s,x_0,y_0\n,1,2\n", "not between")]
    [InlineData("time_s,x_0,y_0\n1700000000,1,2\n", "not between")]
    [InlineData("time_s,x_0,y_0\n0,1\n", "Line 5 has 2 fields instead of 3")]
    [InlineData("time_s,x_0,y_0\n0,1,2,3\n", "more than the 3 fields")]
    [InlineData("time_s,x_0,y_0\n0,1,\n", "Line 5, column 3 (y_0) is empty")]
    [InlineData("time_s,x_0,y_0\n0,1,2000000\n", "1000000 pixels away")]
    [InlineData("time_s,x_0,y_0\n0,Infinity,2\n", "not a number")]
    [InlineData("time_s,x_0,y_0,x_0\n", "two columns")]
    [InlineData("time_s,x_0\n", "needs both x_0 and y_0")]
    [InlineData("time_s,x_68,y_68\n", "landmark 68 is not one of")]
    [InlineData("t,x_0,y_0\n", "no column time_s")]
    [InlineData("time_s\n", "no columns x_0")]
    [InlineData("# mark: rest 5 3\ntime_s,x_0,y_0\n", "Line 4: the phase ends before it starts")]
    [InlineData("# mark: nap 1 3\ntime_s,x_0,y_0\n", "not a phase")]
    [InlineData("# width: wide\ntime_s,x_0,y_0\n", "width must be")]
    [InlineData("", "no row of column names")]
    public void What_cannot_be_right_is_refused_with_the_place(string text, string expected)
    {
        var failure = Assert.Throws<RecordingFormatException>(() => Made.ReadAll(Open(Top + text)));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_size_of_the_picture_comes_from_the_file_or_from_whoever_opens_it()
    {
        const string Text = "# scheme: ibug-68\ntime_s,x_0,y_0\n";
        Assert.Contains("width and height", Assert.Throws<RecordingFormatException>(() => Open(Text)).Message, StringComparison.Ordinal);
        var known = new ImportOptions { ImageWidth = 800, ImageHeight = 600, Mirroring = Mirroring.Mirrored };
        using var reader = Open(Text, known);
        Assert.Equal((800, 600, Mirroring.Mirrored), (reader.Header.ImageWidth, reader.Header.ImageHeight, reader.Mirroring));
        using var own = Open("# width: 640\n# height: 480\n# mirroring: notMirrored\n" + Text, known);
        Assert.Equal((640, 480, Mirroring.NotMirrored), (own.Header.ImageWidth, own.Header.ImageHeight, own.Mirroring));
    }

    [Fact]
    public void A_written_table_that_is_cut_anywhere_is_refused()
    {
        using var original = new FacerecReader(new MemoryStream(Made.Facerec(Made.Header(), Made.Frames(12, 6))));
        using var csv = new MemoryStream();
        WideCsvWriter.Write(original, csv);
        var file = csv.ToArray();
        Assert.Equal(12, Made.ReadAll(RecordingFiles.Open(new MemoryStream(file))).Count);
        for (var length = 0; length < file.Length - 1; length++) // the last byte is a line end, which nobody misses
        {
            Assert.Throws<RecordingFormatException>(() => Made.ReadAll(RecordingFiles.Open(new MemoryStream(file[..length]))));
        }

        var row = Array.LastIndexOf(file, (byte)'\n', file.Length - 40);
        Assert.Throws<RecordingFormatException>(() => Made.ReadAll(RecordingFiles.Open(new MemoryStream([.. file[..row], .. file[Array.IndexOf(file, (byte)'#', row)..]]))));
    }

    [Theory]
    [InlineData(478, "mediapipe-478-refined")]
    [InlineData(468, "mediapipe-468-plain")]
    [InlineData(68, "ibug-68")]
    public void A_full_set_says_itself_which_it_is(int count, string scheme)
    {
        var names = string.Join(',', Enumerable.Range(0, count).Select(i => $"x_{i},y_{i}"));
        using var reader = Open($"# width: 9\n# height: 9\ntime_s,{names}\n");
        Assert.Equal(scheme, reader.Header.Scheme.Id);
    }

    [Fact]
    public void A_selection_must_say_which_set_it_is_of() =>
        Assert.Contains("of which set", Assert.Throws<RecordingFormatException>(() => Open("time_s,x_0,y_0\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_endless_line_is_refused_in_bounded_memory()
    {
        var endless = new byte[8 << 20];
        Array.Fill(endless, (byte)'7');
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("longer than", Assert.Throws<RecordingFormatException>(() => RecordingFiles.Open(new MemoryStream(endless))).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Reading_allocates_nothing_per_frame()
    {
        using var original = new FacerecReader(new MemoryStream(Made.Facerec(
            Made.Header(LandmarkScheme.MediaPipeRefined, [.. Enumerable.Range(0, 478)]), Made.Frames(60, 478).Where(f => f.Positions is not null))));
        using var csv = new MemoryStream();
        WideCsvWriter.Write(original, csv);
        using var reader = RecordingFiles.Open(new MemoryStream(csv.ToArray()));
        var frame = new FaceFrame(478);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(reader.TryRead(frame));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 40; i++)
        {
            Assert.True(reader.TryRead(frame));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static FaceRecordingReader Open(string text, ImportOptions? options = null) =>
        RecordingFiles.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), options);
}
