using System.Text;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Recordings.Flm1;
using Facialis.Anatomy.Recordings.Import;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

public sealed class RecordingFilesTests
{
    private static readonly byte[] Csv = Encoding.UTF8.GetBytes("# scheme: ibug-68\n# width: 9\n# height: 9\ntime_s,x_0,y_0\n0,1,2\n");

    public static TheoryData<byte[], Type> Kinds => new()
    {
        { Made.Facerec(Made.Header(), Made.Frames(3, 6)), typeof(FacerecReader) },
        { Flm1Bytes.Gzip(Made.Facerec(Made.Header(), Made.Frames(3, 6))), typeof(FacerecReader) },
        { Flm1Bytes.Write(Flm1Bytes.Values(3, 478), 478), typeof(Flm1Reader) },
        { Csv, typeof(WideCsvReader) },
        { Flm1Bytes.Gzip(Csv), typeof(WideCsvReader) },
        { "\uFEFF\n {\"scheme\":\"ibug-68\",\"width\":9,\"height\":9,\"units\":\"pixels\",\"frames\":[{\"time\":0}]}"u8.ToArray(), typeof(JsonSeriesReader) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_format_is_known_by_its_first_bytes(byte[] file, Type reader)
    {
        using var opened = RecordingFiles.Open(new TricklingStream(file));
        Assert.IsType(reader, opened);
        Assert.NotEmpty(Made.ReadAll(opened));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("1A45DFA3010000", "a WebM video")]
    [InlineData("00000020667479706D703432", "an MP4 video")]
    [InlineData("FFD8FFE000104A46", "a picture")]
    [InlineData("504B030414", "Excel")]
    [InlineData("FFFE74006900", "UTF-16")]
    [InlineData("7469006D65", "not a landmark file")]
    [InlineData("3F465245430A1A01", "text mode")]
    [InlineData("1F8B08000000", "cut off")]
    [InlineData("1F8BFFFFFFFFFFFFFFFFFFFFFFFF", "gzip")]
    public void What_is_no_recording_is_called_by_its_name(string hex, string expected)
    {
        var failure = Assert.Throws<RecordingFormatException>(() => RecordingFiles.Open(new MemoryStream(Convert.FromHexString(hex))));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stream_is_closed_with_the_reader_and_when_it_is_refused()
    {
        var read = new MemoryStream(Flm1Bytes.Gzip(Csv));
        RecordingFiles.Open(read).Dispose();
        Assert.False(read.CanRead);
        var refused = new MemoryStream([1, 2, 3]);
        Assert.Throws<RecordingFormatException>(() => RecordingFiles.Open(refused));
        Assert.False(refused.CanRead);
    }

    /// <summary>Gives few bytes at a time, as a pipe may.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));
    }
}
