using Facialis.Anatomy;
using Facialis.Spasm.Filtering;
using Facialis.Spasm.Report;
using Facialis.Spasm.Signals;

namespace Facialis.Spasm.Detection;

/// <summary>An event as a segment saw it, in seconds of the recording's clock.</summary>
internal sealed record SegmentEvent(Candidate Candidate, double Start, double End, double Peak, double LidClosure, double ClosedSeconds);

/// <summary>What one second of a recording showed, whatever it later counts for.</summary>
internal sealed record SecondSummary(
    int Second, int Frames, int Faces, double MaxYaw, double MaxPitch, double MedianTurn, double Unrest,
    double RightLidClosed, double LeftLidClosed, double RightMouth, double LeftMouth);

/// <summary>Analyses a stretch of signals and keeps only what lies in its core, away from the margins.</summary>
internal sealed class Segment
{
    private readonly SignalBlock _block;
    private readonly Traces _traces;
    private readonly Evidence _evidence;
    private readonly DetectorSettings _settings;
    private readonly double _from;
    private readonly double _to;
    private readonly float[][] _mouth = new float[2][];
    private readonly double[] _closedShare = new double[2];

    /// <param name="block">Signals of the core and its margins.</param>
    /// <param name="from">First second of the core.</param>
    /// <param name="to">End of the core; what peaks there belongs to the next segment.</param>
    /// <param name="settings">The detector's constants.</param>
    public Segment(SignalBlock block, double from, double to, DetectorSettings settings)
    {
        (_block, _from, _to, _settings) = (block, from, to, settings);
        _traces = new Traces(block, settings);
        _evidence = new Evidence(_traces, settings);
        foreach (var side in Sides.Both)
        {
            _mouth[(int)side] = MouthFromRest(side);
            _closedShare[(int)side] = ClosedShare(side);
        }

        Events = FindEvents();
        Blinks = BlinkFinder.Find(_traces).Where(blink => InCore(_traces.Times[blink.Deepest]))
            .Select(blink => (_traces.Times[blink.Deepest], _traces.Times[blink.Last] - _traces.Times[blink.First] + _traces.Dt, blink.Asymmetry)).ToList();
        Seconds = Summarise();
    }

    public IReadOnlyList<SegmentEvent> Events { get; }

    /// <summary>When each blink was deepest, how long it lasted (s), and its asymmetry.</summary>
    public IReadOnlyList<(double Time, double Seconds, double Asymmetry)> Blinks { get; }

    public IReadOnlyList<SecondSummary> Seconds { get; }

    public double LidNoise => _traces.LidNoise;

    public double MouthNoise => Math.Sqrt((_traces.MouthUpNoise * _traces.MouthUpNoise * 0.64) + (_traces.MouthOutNoise * _traces.MouthOutNoise * 0.36));

    public double Dt => _traces.Dt;

    /// <summary>Mean open height of the lids, IOD.</summary>
    public double OpenHeight => _traces.Count == 0 ? 0 : (Middle(_traces.OpenAperture[0]) + Middle(_traces.OpenAperture[1])) / 2;

    /// <summary>Median pixels per interocular distance.</summary>
    public double InterocularPixels => Middle(_block.Interocular);

    public double FirstTime => _traces.Times[0];

    public double LastTime => _traces.Times[_traces.Count - 1];

    /// <summary>Longest time between two frames, s.</summary>
    public double LongestGap => Enumerable.Range(1, _traces.Count - 1).Select(i => _traces.Times[i] - _traces.Times[i - 1]).DefaultIfEmpty(0).Max();

    /// <summary>Appends the core's signals to a track, where one is kept.</summary>
    public void AppendTo(SignalTrackBuilder? track)
    {
        for (var i = 0; track is not null && i < _traces.Count; i++)
        {
            if (InCore(_traces.Times[i]))
            {
                track.Add(
                    _traces.Times[i], (float)Closure(Side.PatientRight, i), (float)Closure(Side.PatientLeft, i), _mouth[0][i], _mouth[1][i],
                    _block.BrowUp(Side.PatientRight)[i], _block.BrowUp(Side.PatientLeft)[i]);
            }
        }
    }

    private bool InCore(double time) => time >= _from && time < _to;

    private double Closure(Side side, int i)
    {
        var open = _traces.OpenAperture[(int)side][i];
        var aperture = _traces.Aperture[(int)side][i];
        return float.IsFinite(aperture) && open > 0 ? LidCalibration.Closure(aperture / open, _closedShare[(int)side]) : double.NaN;
    }

    private float[] MouthFromRest(Side side)
    {
        var (up, outwards) = (_traces.MouthRise[(int)side], _traces.MouthSpread[(int)side]);
        var mouth = new float[up.Length];
        for (var i = 0; i < up.Length; i++)
        {
            mouth[i] = ((float)_settings.PullUp * up[i]) + ((float)_settings.PullOut * outwards[i]);
        }

        return mouth;
    }

    // The smallest opening that this eye shows, if it shows a closure at all.
    private double ClosedShare(Side side)
    {
        var shares = new float[_traces.Count];
        var count = 0;
        for (var i = 0; i < _traces.Count; i++)
        {
            if (_traces.Face[i])
            {
                shares[count++] = _traces.Aperture[(int)side][i] / Math.Max(1e-4f, _traces.OpenAperture[(int)side][i]);
            }
        }

        if (count == 0)
        {
            return LidCalibration.UsualClosedShare;
        }

        // Three frames shut are enough to be believed; one may be a slip of the tracker.
        var least = Robust.QuantileInPlace(shares.AsSpan(0, count), Math.Min(1, 3.0 / count));
        return least < 0.35 ? Math.Max(0, least) : LidCalibration.UsualClosedShare;
    }

    private List<SegmentEvent> FindEvents()
    {
        var events = new List<SegmentEvent>();
        foreach (var candidate in new EventFinder(_traces, _evidence, _settings).Candidates(_settings.LeastThreshold))
        {
            var peak = _traces.Times[candidate.Peak];
            if (!InCore(peak))
            {
                continue;
            }

            double closure = 0;
            var closed = 0;
            for (var i = candidate.First; i <= candidate.Last; i++)
            {
                var own = Closure(candidate.Side, i);
                closure = Math.Max(closure, own - Closure(candidate.Side.Opposite(), i));
                closed += own > 0.5 ? 1 : 0;
            }

            events.Add(new SegmentEvent(
                candidate, _traces.Times[candidate.First] - (_traces.Dt * (0.5 + candidate.TailBefore)), _traces.Times[candidate.Last] + (_traces.Dt * (0.5 + candidate.TailAfter)), peak, closure, closed * _traces.Dt));
        }

        return events;
    }

    private List<SecondSummary> Summarise()
    {
        var seconds = new List<SecondSummary>();
        var i = 0;
        while (i < _traces.Count)
        {
            var second = (int)Math.Floor(_traces.Times[i]);
            var first = i;
            while (i < _traces.Count && (int)Math.Floor(_traces.Times[i]) == second)
            {
                i++;
            }

            if (!InCore(_traces.Times[first]))
            {
                continue;
            }

            int faces = 0;
            double yaw = 0, pitch = 0, turn = 0, unrest = 0;
            double[] lid = [0, 0], mouth = [0, 0];
            for (var k = first; k < i; k++)
            {
                if (!_traces.Face[k])
                {
                    continue;
                }

                faces++;
                yaw = Math.Max(yaw, Math.Abs(_block.Yaw[k]));
                pitch = Math.Max(pitch, Math.Abs(_traces.PoseOffset[k]));
                turn += _traces.TurnSpeed[k];
                unrest += Math.Abs(k == first || !_traces.Face[k - 1] ? 0 : _traces.Lid[k] - _traces.Lid[k - 1]);
                foreach (var side in Sides.Both)
                {
                    var s = (int)side;
                    lid[s] = Math.Max(lid[s], _traces.OpenAperture[s][k] - _traces.Aperture[s][k]);
                    mouth[s] = Math.Max(mouth[s], _mouth[s][k]);
                }
            }

            var divisor = Math.Max(1, faces);
            seconds.Add(new SecondSummary(second, i - first, faces, yaw, pitch, turn / divisor, unrest / divisor, lid[0], lid[1], mouth[0], mouth[1]));
        }

        return seconds;
    }

    private static double Middle(ReadOnlySpan<float> values)
    {
        var finite = new float[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                finite[count++] = value;
            }
        }

        return count == 0 ? 0 : Robust.QuantileInPlace(finite.AsSpan(0, count), 0.5);
    }
}
