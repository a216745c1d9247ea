using System.Buffers.Binary;

namespace Facialis.Anatomy.Recordings.Flm1;

/// <summary>
/// Reads FLM1 landmark files: gzip of the four bytes <c>FLM1</c>, a uint32 header length, a JSON header, and int16 first
/// differences over frames in 1/32 pixel, channel by channel, all low bytes before all high bytes.
/// </summary>
/// <remarks>
/// The layout puts a channel's whole course before the next one, so a reader must hold the file's values: two bytes each
/// (310 MB for an hour of 478 points). They are taken in as they arrive, never on the header's word, and a file that
/// swells more than 64-fold is refused. Prefer <c>.facerec</c>, which streams.
/// </remarks>
public sealed class Flm1Reader : FaceRecordingReader
{
    private const int MaxHeaderBytes = 8 << 20;
    private const long MaxBodyBytes = 1L << 30;
    private const int MaxExpansion = 64;
    private const long FreeExpansionBytes = 8 << 20;
    private const int FramesPerBatch = 128;

    // A frame without a face holds -1000 px everywhere; one pixel is left for rounding.
    private const short NoFaceUpTo = (-1000 * 32) + 32;

    private readonly GunzipStream _gzip;
    private readonly Flm1Header _header;
    private readonly int _channels;
    private readonly short[] _running;
    private readonly short[] _batch;
    private readonly byte[] _lowRow = new byte[FramesPerBatch];
    private readonly byte[] _highRow = new byte[FramesPerBatch];
    private BytePlane? _low;
    private BytePlane? _high;
    private int _next;
    private int _batchStart;
    private int _batchEnd;
    private double _latest = -1;

    /// <summary>Opens a recording and reads its header.</summary>
    /// <param name="gzip">The file's bytes, compressed as they are on disk; closed with this reader.</param>
    /// <param name="id">Identity to give the recording, for the file has none.</param>
    /// <exception cref="RecordingFormatException">The data do not begin as an FLM1 file.</exception>
    public Flm1Reader(Stream gzip, Guid id = default)
    {
        _gzip = new GunzipStream(gzip);
        Span<byte> start = stackalloc byte[8];
        Fill(start, "the first bytes");
        if (!start[..4].SequenceEqual("FLM1"u8))
        {
            throw new RecordingFormatException("This is not an FLM1 landmark file: it does not begin with FLM1.");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(start[4..]);
        if (length is 0 or > MaxHeaderBytes)
        {
            throw new RecordingFormatException($"FLM1: the header is said to be {length} bytes long; 1 to {MaxHeaderBytes} are allowed.");
        }

        var json = new BytePlane();
        Fill(json, length, "the header");
        _header = Flm1Header.Parse(json.ToArray(), id);
        _channels = _header.Scheme.Count * 3;
        if ((long)_header.Frames * _channels * 2 > MaxBodyBytes)
        {
            throw new RecordingFormatException(
                $"FLM1: {_header.Frames} frames are more than can be held at once; this layout cannot be streamed. Cut the recording or use .facerec.");
        }

        _running = new short[_channels];
        _batch = new short[_channels * FramesPerBatch];
    }

    /// <inheritdoc/>
    public override RecordingHeader Header => _header.Recording;

    /// <summary>FLM1 files carry no protocol: always empty.</summary>
    public override IReadOnlyList<ProtocolMark> Marks => [];

    /// <summary>
    /// Frames passed over so far because their time was not after the frame before: video decoders now and then hand out
    /// two frames in the wrong order. More than one in a hundred and the file is refused.
    /// </summary>
    public int FramesLeftOut { get; private set; }

    /// <inheritdoc/>
    public override bool TryRead(FaceFrame frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.LandmarkCount, _header.Scheme.Count, nameof(frame));
        if (_high is null)
        {
            ReadBody();
        }

        for (; ; _next++, FramesLeftOut++)
        {
            if (_next == _header.Frames)
            {
                return false;
            }

            if (_next == _batchEnd)
            {
                DecodeBatch();
            }

            if (FrameTimes.IsAfter(_header.TimesSeconds[_next], _latest))
            {
                break;
            }
        }

        var values = _batch.AsSpan((_next - _batchStart) * _channels, _channels);
        var coordinates = frame.Coordinates;
        var hasFace = false;
        for (var i = 0; i < values.Length; i++)
        {
            coordinates[i] = values[i] / 32f;
        }

        for (var i = 0; i < values.Length && !hasFace; i += 3)
        {
            hasFace = values[i] > NoFaceUpTo;
        }

        frame.TimeSeconds = _latest = _header.TimesSeconds[_next++];
        frame.HasFace = hasFace;
        frame.Brightness = float.NaN;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadBody()
    {
        var plane = (long)_header.Frames * _channels;
        _low ??= new BytePlane();
        Fill(_low, plane - _low.Length, "the low bytes");
        var high = new BytePlane();
        Fill(high, plane, "the high bytes");
        Span<byte> beyond = stackalloc byte[1];
        if (Inflate(beyond) != 0) // also has the checksum and the length of the whole checked
        {
            throw new RecordingFormatException("FLM1: more data follow where the recording should end.");
        }

        _high = high;
    }

    /// <summary>Sums up the differences of the next frames, channel by channel, into frame order.</summary>
    private void DecodeBatch()
    {
        _batchStart = _next;
        _batchEnd = Math.Min(_next + FramesPerBatch, _header.Frames);
        var count = _batchEnd - _batchStart;
        for (var channel = 0; channel < _channels; channel++)
        {
            var at = ((long)channel * _header.Frames) + _batchStart;
            _low!.CopyTo(at, _lowRow.AsSpan(0, count)); // set by ReadBody before any batch
            _high!.CopyTo(at, _highRow.AsSpan(0, count));
            var value = _running[channel];
            for (int i = 0, to = channel; i < count; i++, to += _channels)
            {
                value = unchecked((short)(value + (short)(_lowRow[i] | (_highRow[i] << 8))));
                _batch[to] = value;
            }

            _running[channel] = value;
        }
    }

    private void Fill(BytePlane plane, long count, string what)
    {
        for (var left = count; left > 0;)
        {
            var room = plane.Room(left);
            var got = Inflate(room);
            if (got == 0)
            {
                throw Truncated(what);
            }

            plane.Advance(got);
            left -= got;
        }
    }

    private void Fill(Span<byte> target, string what)
    {
        while (!target.IsEmpty)
        {
            var got = Inflate(target);
            if (got == 0)
            {
                throw Truncated(what);
            }

            target = target[got..];
        }
    }

    private int Inflate(Span<byte> target)
    {
        var got = _gzip.Read(target);
        return _gzip.Count <= FreeExpansionBytes + (MaxExpansion * _gzip.PackedCount)
            ? got
            : throw new RecordingFormatException($"FLM1: the file swells more than {MaxExpansion}-fold; no recording does.");
    }

    private static RecordingFormatException Truncated(string what) => new($"FLM1: the file ends within {what}; it is cut off.");
}
