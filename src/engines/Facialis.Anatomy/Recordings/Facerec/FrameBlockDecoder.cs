using System.Buffers.Binary;
using System.IO.Compression;

namespace Facialis.Anatomy.Recordings.Facerec;

/// <summary>Takes a block of frames apart; its buffers serve every block of a file.</summary>
internal sealed class FrameBlockDecoder(int landmarks, int stepsPerPixel)
{
    private readonly int _channels = landmarks * 3;
    private readonly int[] _running = new int[landmarks * 3];
    private readonly long[] _times = new long[FacerecFormat.MaxFramesPerBlock];
    private readonly byte[] _hasFace = new byte[FacerecFormat.MaxFramesPerBlock / 8];
    private readonly byte[] _hasBrightness = new byte[FacerecFormat.MaxFramesPerBlock / 8];
    private readonly byte[] _brightness = new byte[FacerecFormat.MaxFramesPerBlock];
    private readonly float _pixelsPerStep = 1f / stepsPerPixel;
    private byte[] _planes = [];
    private int _planeBytes;
    private int _width;
    private int _count;
    private int _next;
    private int _nextFace;

    /// <summary>Checks a payload in full and makes its frames ready.</summary>
    /// <param name="block">Buffer that begins with the payload.</param>
    /// <param name="length">Length of the payload.</param>
    /// <param name="latest">Time of the frame before, microseconds; -1 at the start. Moves on to this block's last.</param>
    public void Load(byte[] block, int length, ref long latest)
    {
        var payload = block.AsSpan(0, length);
        if (payload.Length < 12)
        {
            throw Damaged("is too short");
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        var flags = payload[3];
        if (count is 0 or > FacerecFormat.MaxFramesPerBlock || (flags & ~(FacerecFormat.HasBrightness | FacerecFormat.IsDeflated)) != 0)
        {
            throw Damaged($"announces {count} frames, flags {flags}");
        }

        var bitBytes = (count + 7) / 8;
        var timesEnd = 12 + ((count - 1) * 4);
        var facesEnd = timesEnd + bitBytes;
        var brightnessEnd = facesEnd + ((flags & FacerecFormat.HasBrightness) == 0 ? 0 : bitBytes + count);
        if (payload.Length < brightnessEnd)
        {
            throw Damaged("is too short for its frames");
        }

        ReadTimes(payload, count, ref latest);
        var faces = ReadBits(payload[timesEnd..facesEnd], _hasFace, count);
        _hasBrightness.AsSpan().Clear();
        if (brightnessEnd > facesEnd)
        {
            ReadBits(payload.Slice(facesEnd, bitBytes), _hasBrightness, count);
            payload[(facesEnd + bitBytes)..brightnessEnd].CopyTo(_brightness);
        }

        _width = payload[2];
        if (faces == 0 ? _width != 0 || payload.Length != brightnessEnd : _width is 0 or > 4)
        {
            throw Damaged($"has {faces} faces in numbers of {_width} bytes");
        }

        _planeBytes = faces * _channels;
        ReadPlanes(block, brightnessEnd, length - brightnessEnd, (flags & FacerecFormat.IsDeflated) != 0);
        (_count, _next, _nextFace) = (count, 0, 0);
        Array.Clear(_running);
    }

    /// <summary>The block's next frame, or false after its last.</summary>
    public bool TryRead(FaceFrame frame)
    {
        if (_next == _count)
        {
            return false;
        }

        frame.TimeSeconds = _times[_next] / 1e6;
        frame.Brightness = Bit(_hasBrightness, _next) ? _brightness[_next] : float.NaN;
        frame.HasFace = Bit(_hasFace, _next++);
        if (frame.HasFace)
        {
            Advance(_nextFace++ * _channels);
            ToPixels(frame.Coordinates);
        }

        return true;
    }

    private void ReadTimes(ReadOnlySpan<byte> payload, int count, ref long latest)
    {
        var time = BinaryPrimitives.ReadInt64LittleEndian(payload[4..]);
        if (time <= latest || time > FacerecFormat.LatestMicroseconds)
        {
            throw Damaged($"begins at {time} microseconds, after a frame at {latest}");
        }

        _times[0] = time;
        for (var i = 1; i < count; i++)
        {
            var step = BinaryPrimitives.ReadUInt32LittleEndian(payload[(8 + (i * 4))..]);
            time += step;
            if (step == 0 || time > FacerecFormat.LatestMicroseconds)
            {
                throw Damaged("has times that do not rise or rise too far");
            }

            _times[i] = time;
        }

        latest = time;
    }

    private static int ReadBits(ReadOnlySpan<byte> bits, byte[] target, int count)
    {
        bits.CopyTo(target);
        if ((count & 7) != 0 && bits[^1] >> (count & 7) != 0)
        {
            throw Damaged("has bits set beyond its frames");
        }

        var set = 0;
        foreach (var value in bits)
        {
            set += int.PopCount(value);
        }

        return set;
    }

    private void ReadPlanes(byte[] block, int start, int length, bool deflated)
    {
        var total = _planeBytes * _width;
        if (!deflated && length != total)
        {
            throw Damaged($"holds {length} bytes of positions instead of {total}");
        }

        if (_planes.Length < total)
        {
            _planes = new byte[total];
        }

        var planes = _planes.AsSpan(0, total);
        if (!deflated)
        {
            block.AsSpan(start, length).CopyTo(planes);
            return;
        }

        try
        {
            using var packed = new MemoryStream(block, start, length, writable: false);
            using var inflate = new DeflateStream(packed, CompressionMode.Decompress);
            if (inflate.ReadAtLeast(planes, total, throwOnEndOfStream: false) != total || inflate.ReadByte() >= 0)
            {
                throw Damaged("does not unpack to its frames");
            }
        }
        catch (InvalidDataException failure)
        {
            throw new RecordingFormatException("This .facerec file is damaged: a block of frames cannot be unpacked.", failure);
        }
    }

    private void Advance(int at)
    {
        if (_width == 2) // nearly always: spelled out for speed
        {
            var low = _planes.AsSpan(at, _channels);
            var high = _planes.AsSpan(_planeBytes + at, _channels);
            for (var i = 0; i < _running.Length; i++)
            {
                var packed = low[i] | (high[i] << 8);
                _running[i] += (packed >> 1) ^ -(packed & 1);
            }

            return;
        }

        for (var i = 0; i < _running.Length; i++)
        {
            var packed = 0u;
            for (var plane = 0; plane < _width; plane++)
            {
                packed |= (uint)_planes[(plane * _planeBytes) + at + i] << (plane * 8);
            }

            var moved = _running[i] + (long)((int)(packed >> 1) ^ -(int)(packed & 1));
            if (moved is < -FacerecFormat.MaxSteps or > FacerecFormat.MaxSteps)
            {
                throw Damaged("has a landmark far outside of any picture");
            }

            _running[i] = (int)moved;
        }
    }

    private void ToPixels(Span<float> coordinates)
    {
        var x = _running.AsSpan(0, landmarks);
        var y = _running.AsSpan(landmarks, landmarks);
        var z = _running.AsSpan(2 * landmarks, landmarks);
        for (int i = 0, to = 0; i < x.Length; i++, to += 3)
        {
            coordinates[to] = x[i] * _pixelsPerStep;
            coordinates[to + 1] = y[i] * _pixelsPerStep;
            coordinates[to + 2] = z[i] * _pixelsPerStep;
        }
    }

    private static bool Bit(byte[] bits, int index) => (bits[index >> 3] >> (index & 7) & 1) != 0;

    private static RecordingFormatException Damaged(string what) => new($"This .facerec file is damaged: a block of frames {what}.");
}
