using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Spasm.Detection;
using Facialis.Spasm.Quality;
using Facialis.Spasm.Report;
using Facialis.Spasm.Signals;

namespace Facialis.Spasm;

/// <summary>Measures hemifacial spasm in a recording: reads it once, forwards, in memory that does not grow with its length.</summary>
public static class SpasmAnalysis
{
    /// <summary>Version of the algorithm with its constants; goes up whenever the same recording would give another answer.</summary>
    public const string Version = "spasm/4";

    /// <summary>Frames with a face from which the person's rigid shape is learned.</summary>
    private const int LearningFrames = 600;
    private const int LearnEvery = 3;

    /// <summary>Length of the stretch that is judged at once, and the surroundings it is judged with, s.</summary>
    private const double CoreSeconds = 240;
    private const double MarginSeconds = 15;

    /// <summary>The landmarks that measuring looks at: a reader that can leave out the others saves their time.</summary>
    public static IReadOnlyList<int> LandmarksUsed(LandmarkScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return SignalExtractor.LandmarksUsed(scheme);
    }

    /// <summary>Reads the whole recording and reports what it shows.</summary>
    /// <param name="recording">A reader that stands before its first frame.</param>
    /// <param name="keepSignals">True to keep the signals for plots; their size grows with the recording's length.</param>
    /// <param name="progress">Told the seconds of recording read so far, now and then.</param>
    /// <param name="cancel">Stops the analysis between blocks.</param>
    /// <exception cref="RecordingFormatException">The recording is truncated or corrupted.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was raised.</exception>
    public static SpasmResult Run(
        FaceRecordingReader recording, bool keepSignals = false, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var header = recording.Header;
        var findings = new RecordingFindings();
        var track = keepSignals ? new SignalTrackBuilder() : null;
        if (Suitability.RefusalFor(header) is { } refusal)
        {
            return new SpasmResult(ReportBuilder.Refused(header, recording.Mirroring, refusal), track?.Build(swapSides: false));
        }

        var frame = new FaceFrame(header.LandmarkIndices.Count);
        var extractor = Learn(recording, frame, out var first, out var ended);
        if (extractor is not null)
        {
            Measure(recording, frame, extractor, first, ended, findings, track, progress, cancel);
        }
        else
        {
            findings.AddFaceless(first.Select(f => f.TimeSeconds));
        }

        var swap = recording.Mirroring == Mirroring.Mirrored;
        return new SpasmResult(
            new ReportBuilder(header, recording.Mirroring, recording.Marks, findings, DetectorSettings.Default).Build(), track?.Build(swap));
    }

    private sealed record BufferedFrame(double TimeSeconds, float[]? Coordinates);

    private static SignalExtractor? Learn(FaceRecordingReader recording, FaceFrame frame, out List<BufferedFrame> buffered, out bool ended)
    {
        buffered = [];
        ended = false;
        var faces = 0;
        while (faces < LearningFrames)
        {
            if (!recording.TryRead(frame))
            {
                ended = true;
                break;
            }

            buffered.Add(new BufferedFrame(frame.TimeSeconds, frame.HasFace ? frame.Coordinates.ToArray() : null));
            faces += frame.HasFace ? 1 : 0;
        }

        var shapes = buffered.Where(f => f.Coordinates is not null).Where((_, i) => i % LearnEvery == 0).Select(f => f.Coordinates!).ToList();
        return shapes.Count == 0 ? null : SignalExtractor.Learn(recording.Header, shapes);
    }

    private static void Measure(
        FaceRecordingReader recording, FaceFrame frame, SignalExtractor extractor, List<BufferedFrame> buffered, bool ended,
        RecordingFindings findings, SignalTrackBuilder? track, IProgress<double>? progress, CancellationToken cancel)
    {
        var block = new SignalBlock();
        foreach (var early in buffered)
        {
            frame.TimeSeconds = early.TimeSeconds;
            frame.HasFace = early.Coordinates is not null;
            early.Coordinates?.CopyTo(frame.Coordinates);
            extractor.Append(frame, block);
        }

        buffered.Clear();
        var coreFrom = block.Times[0];
        var lastTold = coreFrom;
        while (!ended)
        {
            ended = !recording.TryRead(frame);
            if (ended)
            {
                break;
            }

            extractor.Append(frame, block);
            if (frame.TimeSeconds - lastTold >= 5)
            {
                cancel.ThrowIfCancellationRequested();
                lastTold = frame.TimeSeconds;
                progress?.Report(lastTold);
            }

            // Twice the margin stays behind the core: a short last stretch is then never judged by itself.
            if (frame.TimeSeconds - coreFrom >= CoreSeconds + (2 * MarginSeconds))
            {
                var coreTo = Math.Floor(coreFrom + CoreSeconds);
                findings.Add(new Segment(block, coreFrom, coreTo, DetectorSettings.Default), track);
                coreFrom = coreTo;
                var drop = Array.FindIndex(block.Times, 0, block.Count, t => t >= coreTo - MarginSeconds);
                block.DropBefore(Math.Max(0, drop));
            }
        }

        findings.Add(new Segment(block, coreFrom, double.PositiveInfinity, DetectorSettings.Default), track);
        progress?.Report(block.Times[block.Count - 1]);
    }
}

/// <summary>A report and, where asked for, the signals behind it.</summary>
/// <param name="Report">The report.</param>
/// <param name="Signals">The signals; null unless they were asked for.</param>
public sealed record SpasmResult(SpasmReport Report, SignalTrack? Signals);
