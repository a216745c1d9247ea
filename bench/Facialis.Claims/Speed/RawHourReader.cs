using System.Runtime.InteropServices;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Spasm;

namespace Facialis.Claims.Speed;

/// <summary>
/// Reads the benchmark's hour: raw little-endian int16, [frame][478 landmarks][x y z], in 1/32 pixel, 30 frames a second.
/// Hands on the landmarks that measuring needs.
/// </summary>
internal sealed class RawHourReader : FaceRecordingReader
{
    private const int Landmarks = 478;
    private const int FrameBytes = Landmarks * 3 * sizeof(short);
    private const int FramesPerRead = 32;
    private const double FramesPerSecond = 30;
    private const float PixelsPerStep = 1f / 32;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[FrameBytes * FramesPerRead];
    private readonly int[] _landmarks;
    private int _held;
    private int _at;
    private long _frame;

    public RawHourReader(Stream stream)
    {
        _stream = stream;
        var scheme = LandmarkScheme.MediaPipeRefined;
        _landmarks = [.. SpasmAnalysis.LandmarksUsed(scheme)];
        Header = new RecordingHeader
        {
            Id = Guid.Empty,
            Source = RecordingSource.Import,
            Scheme = scheme,
            LandmarkIndices = _landmarks,
            ImageWidth = 480,
            ImageHeight = 480,
            NominalFramesPerSecond = FramesPerSecond,
            Mirroring = Mirroring.NotMirrored,
        };
    }

    public override RecordingHeader Header { get; }

    public override IReadOnlyList<ProtocolMark> Marks => [];

    public override bool TryRead(FaceFrame frame)
    {
        if (_at == _held)
        {
            _held = _stream.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false) / FrameBytes;
            _at = 0;
            if (_held == 0)
            {
                return false;
            }
        }

        var values = MemoryMarshal.Cast<byte, short>(_buffer.AsSpan(_at * FrameBytes, FrameBytes));
        var coordinates = frame.Coordinates;
        for (var i = 0; i < _landmarks.Length; i++)
        {
            var from = values.Slice(3 * _landmarks[i], 3);
            var to = coordinates.Slice(3 * i, 3);
            (to[2], to[1], to[0]) = (from[2] * PixelsPerStep, from[1] * PixelsPerStep, from[0] * PixelsPerStep);
        }

        frame.TimeSeconds = _frame++ / FramesPerSecond;
        frame.HasFace = true;
        _at++;
        return true;
    }
}
