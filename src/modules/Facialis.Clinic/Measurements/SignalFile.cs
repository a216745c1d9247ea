using System.Runtime.InteropServices;
using Facialis.Spasm.Report;

namespace Facialis.Clinic.Measurements;

/// <summary>Keeps the signals behind a report beside the recording, so that a plot need not measure again. Only a cache.</summary>
/// <remarks>Layout: the four signs "FSG1", the number of frames (int32), times (double), then six traces (float); little-endian.</remarks>
internal static class SignalFile
{
    private static ReadOnlySpan<byte> Magic => "FSG1"u8;

    public static void Write(Stream target, SignalTrack track)
    {
        target.Write(Magic);
        target.Write(BitConverter.GetBytes(track.Times.Length));
        target.Write(MemoryMarshal.AsBytes<double>(track.Times));
        foreach (var trace in Traces(track))
        {
            target.Write(MemoryMarshal.AsBytes<float>(trace));
        }
    }

    /// <summary>The signals, or null where the file is not what this version writes.</summary>
    public static SignalTrack? Read(Stream source)
    {
        Span<byte> head = stackalloc byte[8];
        if (source.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8 || !head[..4].SequenceEqual(Magic))
        {
            return null;
        }

        var frames = BitConverter.ToInt32(head[4..]);
        if (frames < 0 || source.Length != 8 + (frames * (8L + (6 * 4))))
        {
            return null;
        }

        var track = new SignalTrack
        {
            Times = new double[frames],
            RightLidClosure = new float[frames],
            LeftLidClosure = new float[frames],
            RightMouthIod = new float[frames],
            LeftMouthIod = new float[frames],
            RightBrowIod = new float[frames],
            LeftBrowIod = new float[frames],
        };
        source.ReadExactly(MemoryMarshal.AsBytes(track.Times.AsSpan()));
        foreach (var trace in Traces(track))
        {
            source.ReadExactly(MemoryMarshal.AsBytes(trace.AsSpan()));
        }

        return track;
    }

    private static float[][] Traces(SignalTrack track) =>
    [
        track.RightLidClosure, track.LeftLidClosure, track.RightMouthIod, track.LeftMouthIod, track.RightBrowIod, track.LeftBrowIod,
    ];
}
