using System.Buffers.Binary;
using System.IO.Compression;

namespace Facialis.Anatomy.Recordings.Facerec;

/// <summary>Collects frames and writes them as the payload of one block.</summary>
internal sealed class FrameBlockEncoder(int landmarks, FacerecOptions options) : IDisposable
{
    private readonly int _channels = landmarks * 3;
    private readonly long[] _times = new long[FacerecFormat.MaxFramesPerBlock];
    private readonly bool[] _hasFace = new bool[FacerecFormat.MaxFramesPerBlock];
    private readonly float[] _brightness = new float[FacerecFormat.MaxFramesPerBlock];
    private readonly int[] _previous = new int[landmarks * 3];
    private readonly int[] _steps = new int[landmarks * 3];
    private readonly MemoryStream _payload = new();
    private uint[] _differences = new uint[landmarks * 3 * 64];
    private uint _anyBits;
    private int _faces;

    public int Count { get; private set; }

    /// <summary>True where the frame at that time has to begin another block.</summary>
    public bool IsFullFor(long microseconds) =>
        Count == FacerecFormat.MaxFramesPerBlock || (Count > 0 && microseconds - _times[0] > FacerecFormat.BlockSpanMicroseconds);

    /// <exception cref="ArgumentOutOfRangeException">A position is no number or too far away; the frame is then not added.</exception>
    public void Add(FaceFrame frame, long microseconds)
    {
        if (frame.HasFace)
        {
            AddPositions(frame.Coordinates);
        }

        _times[Count] = microseconds;
        _hasFace[Count] = frame.HasFace;
        _brightness[Count] = frame.Brightness;
        Count++;
    }

    /// <summary>Writes the payload of the frames so far and begins anew.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        var width = _faces == 0 ? 0 : (32 - int.Min(31, System.Numerics.BitOperations.LeadingZeroCount(_anyBits)) + 7) / 8;
        var brightness = _brightness.AsSpan(0, Count);
        var anyBrightness = brightness.ContainsAnyExcept(float.NaN);
        _payload.SetLength(0);
        Span<byte> start = stackalloc byte[12];
        BinaryPrimitives.WriteUInt16LittleEndian(start, (ushort)Count);
        start[2] = (byte)width;
        start[3] = (byte)((anyBrightness ? FacerecFormat.HasBrightness : 0) | (options.Compress && _faces > 0 ? FacerecFormat.IsDeflated : 0));
        BinaryPrimitives.WriteInt64LittleEndian(start[4..], _times[0]);
        _payload.Write(start);
        for (var i = 1; i < Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(start, (uint)(_times[i] - _times[i - 1]));
            _payload.Write(start[..4]);
        }

        WriteBits(i => _hasFace[i]);
        if (anyBrightness)
        {
            WriteBits(i => !float.IsNaN(_brightness[i]));
            foreach (var value in brightness)
            {
                _payload.WriteByte(float.IsNaN(value) ? (byte)0 : (byte)Math.Clamp(Math.Floor(value + 0.5), 0, 255));
            }
        }

        WritePlanes(width);
        (Count, _faces, _anyBits) = (0, 0, 0);
        Array.Clear(_previous);
        return _payload.GetBuffer().AsSpan(0, (int)_payload.Length);
    }

    public void Dispose() => _payload.Dispose();

    private void AddPositions(ReadOnlySpan<float> coordinates)
    {
        for (var landmark = 0; landmark < landmarks; landmark++)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                var position = coordinates[(landmark * 3) + axis];
                var steps = Math.Floor(((double)position * options.StepsPerPixel) + 0.5);
                if (!(Math.Abs(steps) <= FacerecFormat.MaxSteps))
                {
                    throw new ArgumentOutOfRangeException(nameof(coordinates), position, "A landmark's position must be a number, and near the picture.");
                }

                _steps[(axis * landmarks) + landmark] = (int)steps;
            }
        }

        if ((_faces + 1) * _channels > _differences.Length)
        {
            Array.Resize(ref _differences, Math.Min(_differences.Length * 2, FacerecFormat.MaxFramesPerBlock * _channels));
        }

        var row = _differences.AsSpan(_faces * _channels, _channels);
        for (var i = 0; i < row.Length; i++)
        {
            var difference = _steps[i] - _previous[i];
            row[i] = (uint)((difference << 1) ^ (difference >> 31)); // small either way: few bits
            _anyBits |= row[i];
        }

        _steps.CopyTo(_previous, 0);
        _faces++;
    }

    private void WriteBits(Func<int, bool> bit)
    {
        for (var i = 0; i < Count; i += 8)
        {
            var bits = 0;
            for (var j = i; j < Math.Min(i + 8, Count); j++)
            {
                bits |= bit(j) ? 1 << (j - i) : 0;
            }

            _payload.WriteByte((byte)bits);
        }
    }

    private void WritePlanes(int width)
    {
        var differences = _differences.AsSpan(0, _faces * _channels);
        var plane = new byte[_channels];
        using var deflate = options.Compress && _faces > 0 ? new DeflateStream(_payload, CompressionLevel.Optimal, leaveOpen: true) : null;
        Stream target = deflate is null ? _payload : deflate;
        for (var shift = 0; shift < width * 8; shift += 8)
        {
            for (var at = 0; at < differences.Length; at += _channels)
            {
                for (var i = 0; i < _channels; i++)
                {
                    plane[i] = (byte)(differences[at + i] >> shift);
                }

                target.Write(plane);
            }
        }
    }
}
