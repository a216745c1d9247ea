using System.Buffers.Binary;

namespace Facialis.Anatomy.Recordings.Facerec;

/// <summary>Reads <c>.facerec</c> files, version 1; <c>docs/facerec.md</c> describes the format.</summary>
/// <remarks>Memory: one block, at most a few megabytes. Nothing is allocated per frame; about 1 kB per block of up to 2 s.</remarks>
public sealed class FacerecReader : FaceRecordingReader
{
    private readonly Stream _source;
    private readonly BlockReader _blocks;
    private readonly FrameBlockDecoder _decoder;
    private readonly List<ProtocolMark> _marks = [];
    private readonly bool _salvage;
    private Mirroring? _settled;
    private CaptureCounts? _capture;
    private long _latest = -1;
    private uint _frames;
    private bool _ended;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="source">The file's bytes; closed with this reader.</param>
    /// <param name="salvage">
    /// True: a file that is cut off or damaged after its header ends at its last whole block instead of being refused;
    /// <see cref="Damage"/> then says why.
    /// </param>
    /// <exception cref="RecordingFormatException">The data do not begin as a <c>.facerec</c> file.</exception>
    public FacerecReader(Stream source, bool salvage = false)
    {
        (_source, _salvage) = (source, salvage);
        _blocks = new BlockReader(source);
        _blocks.ReadPreamble();
        _blocks.Next();
        if (_blocks.Type != FacerecBlock.Header)
        {
            throw new RecordingFormatException("This .facerec file is damaged: it does not begin with its header.");
        }

        (Header, StepsPerPixel) = FacerecHeaderJson.Parse(_blocks.Buffer.AsMemory(0, _blocks.Length));
        _decoder = new FrameBlockDecoder(Header.LandmarkIndices.Count, StepsPerPixel);
    }

    /// <inheritdoc/>
    public override RecordingHeader Header { get; }

    /// <summary>Steps per pixel in which positions are stored: each is within half a step of what was recorded.</summary>
    public int StepsPerPixel { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ProtocolMark> Marks => _marks;

    /// <inheritdoc/>
    public override Mirroring Mirroring => _settled ?? Header.Mirroring;

    /// <inheritdoc/>
    public override CaptureCounts? Capture => _capture;

    /// <summary>True once the proper end of the file has been read, with the right counts.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>What was wrong where a salvaged file ends; null where nothing was, and until then.</summary>
    public string? Damage { get; private set; }

    /// <inheritdoc/>
    public override bool TryRead(FaceFrame frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.LandmarkCount, Header.LandmarkIndices.Count, nameof(frame));
        try
        {
            while (!_ended)
            {
                if (_decoder.TryRead(frame))
                {
                    _frames++;
                    return true;
                }

                _blocks.Next();
                ReadBlock(_blocks.Buffer.AsSpan(0, _blocks.Length));
            }
        }
        catch (RecordingFormatException failure) when (_salvage)
        {
            (Damage, _ended) = (failure.Message, true);
        }

        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadBlock(ReadOnlySpan<byte> payload)
    {
        switch (_blocks.Type)
        {
            case FacerecBlock.Frames:
                _decoder.Load(_blocks.Buffer, _blocks.Length, ref _latest);
                break;
            case FacerecBlock.Mark:
                RequireLength(payload, FacerecFormat.MarkBytes);
                ReadMark(payload);
                break;
            case FacerecBlock.Mirroring:
                RequireLength(payload, 1);
                _settled = payload[0] <= (byte)Mirroring.Mirrored ? (Mirroring)payload[0] : throw Damaged($"its mirroring is {payload[0]}");
                break;
            case FacerecBlock.Capture:
                RequireLength(payload, 8);
                _capture = new CaptureCounts(BinaryPrimitives.ReadUInt32LittleEndian(payload), BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]));
                break;
            case FacerecBlock.End:
                RequireLength(payload, 8);
                ReadEnd(payload);
                break;
            case FacerecBlock.Header:
                throw Damaged("it has a second header");
            default:
                if (!_blocks.MaySkip)
                {
                    throw new RecordingFormatException(
                        $"This .facerec file has a block of type {(ushort)_blocks.Type} that this version does not know and must not skip; it needs a newer program.");
                }

                break;
        }
    }

    private void ReadMark(ReadOnlySpan<byte> payload)
    {
        const int MaxMarks = 10_000;
        var start = BinaryPrimitives.ReadInt64LittleEndian(payload[1..]);
        var end = BinaryPrimitives.ReadInt64LittleEndian(payload[9..]);
        if (payload[0] > (byte)ProtocolPhase.Pause || start < 0 || end < start || end > FacerecFormat.LatestMicroseconds || _marks.Count == MaxMarks)
        {
            throw Damaged($"protocol mark {_marks.Count + 1} says phase {payload[0]} from {start} to {end} microseconds");
        }

        _marks.Add(new ProtocolMark((ProtocolPhase)payload[0], start / 1e6, end / 1e6));
    }

    private void ReadEnd(ReadOnlySpan<byte> payload)
    {
        var frames = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        var marks = BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]);
        if (frames != _frames || marks != _marks.Count)
        {
            throw Damaged($"it ends with {_frames} frames and {_marks.Count} marks instead of {frames} and {marks}");
        }

        if (!_blocks.AtEnd())
        {
            throw Damaged("more data follow after its end");
        }

        (IsComplete, _ended) = (true, true);
    }

    private static void RequireLength(ReadOnlySpan<byte> payload, int expected)
    {
        if (payload.Length != expected)
        {
            throw Damaged($"a block of {expected} bytes has {payload.Length}");
        }
    }

    private static RecordingFormatException Damaged(string what) => new($"This .facerec file is damaged: {what}.");
}
