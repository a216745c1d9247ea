using Facialis.Anatomy.Recordings;
using Facialis.Spasm.Report;

namespace Facialis.Spasm;

/// <summary>Measures hemifacial spasm in a recording: reads it once, forwards.</summary>
public static class SpasmAnalysis
{
    /// <summary>Version of the algorithm with its constants; goes up whenever the same recording would give another answer.</summary>
    public const string Version = "spasm/1";

    /// <summary>Reads the whole recording and reports what it shows.</summary>
    /// <param name="recording">A reader that stands before its first frame.</param>
    /// <param name="keepSignals">True to keep the signals for plots; their size grows with the recording's length.</param>
    /// <param name="progress">Told the seconds of recording read so far, now and then.</param>
    /// <param name="cancel">Stops the analysis between blocks.</param>
    /// <exception cref="RecordingFormatException">The recording is truncated or corrupted.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was raised.</exception>
    public static SpasmResult Run(
        FaceRecordingReader recording, bool keepSignals = false, IProgress<double>? progress = null, CancellationToken cancel = default)
        => throw new NotSupportedException("The engine arrives with the next commit.");
}

/// <summary>A report and, where asked for, the signals behind it.</summary>
/// <param name="Report">The report.</param>
/// <param name="Signals">The signals; null unless they were asked for.</param>
public sealed record SpasmResult(SpasmReport Report, SignalTrack? Signals);
