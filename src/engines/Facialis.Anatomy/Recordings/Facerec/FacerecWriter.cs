using System.Buffers.Binary;
using System.IO.Hashing;

namespace Facialis.Anatomy.Recordings.Facerec;

/// <summary>
/// Writes a <c>.facerec</c> file block by block, so that whatever has been written is of use even if the writer never
/// gets to <see cref="Complete"/>; <c>docs/facerec.md</c> describes the format.
/// </summary>
public sealed class FacerecWriter : IDisposable
{
    private readonly Stream _target;
    private readonly bool _leaveOpen;
    private readonly FrameBlockEncoder _frames;
    private readonly int _landmarks;
    private long _latest = -1;
    private uint _sequence;
    private uint _frameCount;
    private uint _markCount;
    private bool _complete;

    /// <summary>Begins a file: writes the preamble and the header.</summary>
    /// <param name="target">Where the bytes go; written forwards only.</param>
    /// <param name="header">What is known before the first frame.</param>
    /// <param name="options">How to store frames; null for the usual.</param>
    /// <param name="leaveOpen">True: <see cref="Dispose"/> does not close <paramref name="target"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The header or the options are outside of what the format allows.</exception>
    public FacerecWriter(Stream target, RecordingHeader header, FacerecOptions? options = null, bool leaveOpen = false)
    {
        options ??= new FacerecOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.StepsPerPixel, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.StepsPerPixel, FacerecFormat.MaxStepsPerPixel, nameof(options));
        Require(header);
        (_target, _leaveOpen, _landmarks) = (target, leaveOpen, header.LandmarkIndices.Count);
        _frames = new FrameBlockEncoder(_landmarks, options);
        Span<byte> preamble = stackalloc byte[FacerecFormat.PreambleBytes];
        preamble.Clear();
        FacerecFormat.Magic.CopyTo(preamble);
        BinaryPrimitives.WriteUInt16LittleEndian(preamble[8..], FacerecFormat.Version);
        _target.Write(preamble);
        Write(FacerecBlock.Header, FacerecHeaderJson.Write(header, options.StepsPerPixel));
    }

    /// <summary>Adds a frame.</summary>
    /// <exception cref="ArgumentException">Its number of landmarks is not the header's, or a position is no number or far outside.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Its time is not at least a microsecond after the frame before, or beyond 1,000,000 s.</exception>
    public void Append(FaceFrame frame)
    {
        RequireIncomplete();
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.LandmarkCount, _landmarks, nameof(frame));
        var time = Microseconds(frame.TimeSeconds, nameof(frame));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, _latest, nameof(frame));
        if (_frames.IsFullFor(time))
        {
            Flush();
        }

        _frames.Add(frame, time);
        _latest = time;
        _frameCount++;
    }

    /// <summary>Adds a phase of the protocol.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Its times are out of range, or it ends before it starts.</exception>
    public void Append(ProtocolMark mark)
    {
        RequireIncomplete();
        ArgumentOutOfRangeException.ThrowIfLessThan(mark.EndSeconds, mark.StartSeconds, nameof(mark));
        Span<byte> payload = stackalloc byte[FacerecFormat.MarkBytes];
        payload[0] = (byte)mark.Phase;
        BinaryPrimitives.WriteInt64LittleEndian(payload[1..], Microseconds(mark.StartSeconds, nameof(mark)));
        BinaryPrimitives.WriteInt64LittleEndian(payload[9..], Microseconds(mark.EndSeconds, nameof(mark)));
        Flush();
        Write(FacerecBlock.Mark, payload);
        _markCount++;
    }

    /// <summary>Says what the right-eye check found; the last word holds.</summary>
    public void SettleMirroring(Mirroring mirroring)
    {
        RequireIncomplete();
        Flush();
        Write(FacerecBlock.Mirroring, [(byte)mirroring]);
    }

    /// <summary>Says how many pictures were presented and dropped since the start; the last word holds.</summary>
    public void Count(CaptureCounts counts)
    {
        RequireIncomplete();
        Span<byte> payload = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, counts.Presented);
        BinaryPrimitives.WriteUInt32LittleEndian(payload[4..], counts.Dropped);
        Flush();
        Write(FacerecBlock.Capture, payload);
    }

    /// <summary>Writes the frames that are waiting, as a block of their own.</summary>
    public void Flush()
    {
        if (_frames.Count > 0)
        {
            Write(FacerecBlock.Frames, _frames.Finish());
        }
    }

    /// <summary>Ends the file. A file without this end is recognised as cut off.</summary>
    public void Complete()
    {
        RequireIncomplete();
        Flush();
        Span<byte> payload = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, _frameCount);
        BinaryPrimitives.WriteUInt32LittleEndian(payload[4..], _markCount);
        Write(FacerecBlock.End, payload);
        _target.Flush();
        _complete = true;
    }

    /// <summary>Writes a whole recording, whatever format it comes from.</summary>
    /// <param name="recording">Read to its end.</param>
    /// <param name="target">Left open.</param>
    /// <param name="options">How to store frames; null for the usual.</param>
    /// <returns>Frames written.</returns>
    /// <exception cref="RecordingFormatException">The recording could not be read to its end; what was written is then incomplete.</exception>
    public static int Copy(FaceRecordingReader recording, Stream target, FacerecOptions? options = null)
    {
        using var writer = new FacerecWriter(target, recording.Header, options, leaveOpen: true);
        var frame = new FaceFrame(recording.Header.LandmarkIndices.Count);
        var marks = 0;
        while (recording.TryRead(frame))
        {
            WriteMarks();
            writer.Append(frame);
        }

        WriteMarks();
        if (recording.Mirroring != recording.Header.Mirroring)
        {
            writer.SettleMirroring(recording.Mirroring);
        }

        if (recording.Capture is { } counts)
        {
            writer.Count(counts);
        }

        writer.Complete();
        return (int)writer._frameCount;

        void WriteMarks()
        {
            for (; marks < recording.Marks.Count; marks++)
            {
                writer.Append(recording.Marks[marks]);
            }
        }
    }

    /// <summary>Closes the target unless it was to be left open; does not complete the file.</summary>
    public void Dispose()
    {
        _frames.Dispose();
        if (!_leaveOpen)
        {
            _target.Dispose();
        }
    }

    private static void Require(RecordingHeader header)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(header.ImageWidth, 1, nameof(header));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(header.ImageWidth, ushort.MaxValue, nameof(header));
        ArgumentOutOfRangeException.ThrowIfLessThan(header.ImageHeight, 1, nameof(header));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(header.ImageHeight, ushort.MaxValue, nameof(header));
        ArgumentOutOfRangeException.ThrowIfZero(header.LandmarkIndices.Count, nameof(header));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(header.LandmarkIndices.Count, FacerecFormat.MaxLandmarks, nameof(header));
        if (header.NominalFramesPerSecond is { } rate && !(rate is > 0 and <= 10_000))
        {
            throw new ArgumentOutOfRangeException(nameof(header), rate, "Frames per second must be above 0 and at most 10,000, or not be said.");
        }

        var before = -1;
        foreach (var index in header.LandmarkIndices)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(index, before, nameof(header));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, header.Scheme.Count, nameof(header));
            before = index;
        }
    }

    private void RequireIncomplete()
    {
        if (_complete)
        {
            throw new InvalidOperationException("The recording has been completed; nothing can be added to it.");
        }
    }

    private static long Microseconds(double seconds, string name) =>
        seconds >= 0 && seconds <= FrameTimes.LatestSeconds
            ? FrameTimes.ToMicroseconds(seconds)
            : throw new ArgumentOutOfRangeException(name, seconds, "Times are 0 to 1,000,000 seconds from the start of the recording.");

    private void Write(FacerecBlock type, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[FacerecFormat.BlockHeaderBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)type);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], _sequence++);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], payload.Length);
        var crc = new Crc32();
        crc.Append(header);
        crc.Append(payload);
        Span<byte> checksum = stackalloc byte[FacerecFormat.ChecksumBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, crc.GetCurrentHashAsUInt32());
        _target.Write(header);
        _target.Write(payload);
        _target.Write(checksum);
    }
}
