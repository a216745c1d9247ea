using Facialis.Spasm.Detection;
using Facialis.Spasm.Signals;

namespace Facialis.Spasm.Report;

/// <summary>What the segments of one recording found, put in a row.</summary>
internal sealed class RecordingFindings
{
    private readonly List<SegmentEvent> _events = [];
    private readonly List<(double Time, double Seconds, double Asymmetry)> _blinks = [];
    private readonly List<SecondSummary> _seconds = [];

    /// <summary>All candidates above the lowest threshold, in time order.</summary>
    public IReadOnlyList<SegmentEvent> Events => _events;

    public IReadOnlyList<(double Time, double Seconds, double Asymmetry)> Blinks => _blinks;

    public IReadOnlyList<SecondSummary> Seconds => _seconds;

    public double FirstTime { get; private set; } = double.NaN;

    public double LastTime { get; private set; } = double.NaN;

    public int Frames { get; private set; }

    public int Faces { get; private set; }

    public double LongestGap { get; private set; }

    public double Dt { get; private set; } = double.NaN;

    public double LidNoise { get; private set; } = double.NaN;

    public double MouthNoise { get; private set; } = double.NaN;

    public double OpenHeight { get; private set; }

    public double InterocularPixels { get; private set; }

    public void Add(Segment segment, SignalTrackBuilder? track)
    {
        _events.AddRange(segment.Events);
        _blinks.AddRange(segment.Blinks);
        _seconds.AddRange(segment.Seconds);
        segment.AppendTo(track);
        FirstTime = double.IsNaN(FirstTime) ? segment.FirstTime : FirstTime;
        LastTime = segment.LastTime;
        LongestGap = Math.Max(LongestGap, segment.LongestGap);
        var before = Frames;
        Frames += segment.Seconds.Sum(s => s.Frames);
        Faces += segment.Seconds.Sum(s => s.Faces);
        // The means over segments, weighted by their frames.
        var weight = Frames == 0 ? 1 : (double)(Frames - before) / Frames;
        double Mean(double old, double value) => double.IsNaN(old) ? value : old + (weight * (value - old));
        Dt = Mean(Dt, segment.Dt);
        LidNoise = Mean(LidNoise, segment.LidNoise);
        MouthNoise = Mean(MouthNoise, segment.MouthNoise);
        OpenHeight = before == 0 ? segment.OpenHeight : Mean(OpenHeight, segment.OpenHeight);
        InterocularPixels = before == 0 ? segment.InterocularPixels : Mean(InterocularPixels, segment.InterocularPixels);
    }

    /// <summary>Notes frames of a recording that never shows a face.</summary>
    public void AddFaceless(IEnumerable<double> times)
    {
        foreach (var time in times)
        {
            FirstTime = double.IsNaN(FirstTime) ? time : FirstTime;
            LastTime = time;
            Frames++;
        }
    }
}
