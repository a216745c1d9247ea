using Facialis.Anatomy;

namespace Facialis.Spasm.Detection;

/// <summary>Finds the peaks of evidence, separates neighbouring twitches, and decides which of them are spasm events.</summary>
internal sealed class EventFinder(Traces traces, Evidence evidence, DetectorSettings settings)
{
    private readonly double _valleyShare = settings.ValleyShare * Math.Sqrt(Math.Max(1, traces.Dt / settings.PartedSeconds));

    /// <summary>All candidates of both sides above <paramref name="threshold"/>, in time order of their peaks.</summary>
    public List<Candidate> Candidates(double threshold)
    {
        var found = new List<Candidate>();
        foreach (var side in Sides.Both)
        {
            FindSide(side, threshold, found);
        }

        found.Sort((a, b) => a.Peak != b.Peak ? a.Peak.CompareTo(b.Peak) : a.Side.CompareTo(b.Side));
        return found;
    }

    private void FindSide(Side side, double threshold, List<Candidate> found)
    {
        var smooth = evidence.Smooth[(int)side];
        var i = 0;
        while (i < smooth.Length)
        {
            if (!(smooth[i] >= threshold))
            {
                i++;
                continue;
            }

            int first = i, last = i;
            while (first > 0 && GoesOn(side, first - 1))
            {
                first--;
            }

            while (last + 1 < smooth.Length && GoesOn(side, last + 1))
            {
                last++;
            }

            Split(side, first, last, threshold, found);
            i = last + 1;
        }
    }

    // The matched filter looks for beginnings and ends where movement has coloured what it took for noise; a hold is plain in each frame.
    private bool GoesOn(Side side, int frame) =>
        evidence.Smooth[(int)side][frame] > settings.RunLevel || evidence.Sharp[(int)side][frame] > settings.HoldLevel;

    // A run of evidence holds several twitches where it falls deeply between two peaks.
    private void Split(Side side, int first, int last, double threshold, List<Candidate> found)
    {
        var sharp = evidence.Parted[(int)side];
        var smooth = evidence.Smooth[(int)side];
        var peak = ArgMax(smooth, first, last);
        var cut = -1;
        var deepest = 0.0;
        for (var k = first + 1; k < last; k++)
        {
            var left = Max(sharp, first, k);
            var right = Max(sharp, k, last);
            var lower = Math.Min(left, right);
            var depth = lower - sharp[k];
            if (depth > deepest && sharp[k] < _valleyShare * lower && depth > settings.ValleyDepth && lower >= settings.SplitStrength
                && (!InBlink(k) || PullFalls(side, first, k, last)))
            {
                (deepest, cut) = (depth, k);
            }
        }

        if (cut >= 0)
        {
            Split(side, first, cut, threshold, found);
            Split(side, cut, last, threshold, found);
            return;
        }

        if (smooth[peak] >= threshold && Describe(side, first, last, peak) is var candidate && !IsFaintAndLong(candidate))
        {
            found.Add(candidate);
        }
    }

    // While both eyes close, and shortly before and after, the lids differ little, whatever one of them holds: that is no pause ...
    private bool InBlink(int frame) =>
        evidence.BothClosing[frame] > settings.BlinkClosure * Math.Min(traces.OpenAperture[0][frame], traces.OpenAperture[1][frame]);

    // ... unless the mouth pauses too.
    private bool PullFalls(Side side, int first, int frame, int last)
    {
        var reach = traces.Frames(settings.BlinkValleyReach);
        var lower = Math.Min(MostPull(side, Math.Max(first, frame - reach), frame), MostPull(side, frame, Math.Min(last, frame + reach)));
        var pull = Pull(side, frame);
        return pull < _valleyShare * lower && lower - pull > settings.BlinkValleyDepth * traces.MouthUpNoise;
    }

    private double MostPull(Side side, int first, int last)
    {
        var most = 0.0;
        for (var i = first; i <= last; i++)
        {
            most = Math.Max(most, Pull(side, i));
        }

        return most;
    }

    private double Pull(Side side, int frame) =>
        (side == Side.PatientLeft ? 1 : -1) * ((settings.PullUp * traces.MouthUp[frame]) + (settings.PullOut * traces.MouthOut[frame]));

    // A hold is plain to see; what is long and faint is drift, gaze or the start of a smile.
    private bool IsFaintAndLong(Candidate c)
    {
        var own = (int)c.Side;
        return (c.Last - c.First + 1) * traces.Dt > settings.TonicSeconds
            && c.LidIod < settings.FaintLid * traces.OpenAperture[own][c.Peak] && c.MouthIod < settings.FaintMouth;
    }

    private Candidate Describe(Side side, int first, int last, int peak)
    {
        var sign = side == Side.PatientLeft ? 1 : -1;
        var own = (int)side;
        var other = (int)side.Opposite();
        var sharp = evidence.Sharp[own];
        var top = ArgMax(sharp, Math.Max(first, peak - 3), Math.Min(last, peak + 3));
        var edge = Math.Max(settings.RunLevel, settings.EdgeShare * sharp[top]);
        int a = top, b = top;
        while (a > first && sharp[a - 1] > edge)
        {
            a--;
        }

        while (b < last && sharp[b + 1] > edge)
        {
            b++;
        }

        var (before, after) = (Tail(sharp, a, top, edge), Tail(sharp, b, top, edge));
        var reach = traces.Frames(0.07);
        double lid = 0, mouth = 0, brow = 0, ownNarrow = 1e-6, otherNarrow = 0, lidZ = 0, mouthZ = 0;
        for (var k = Math.Max(0, a - reach); k <= Math.Min(traces.Count - 1, b + reach); k++)
        {
            ownNarrow = Math.Max(ownNarrow, traces.OpenAperture[own][k] - traces.Aperture[own][k]);
            otherNarrow = Math.Max(otherNarrow, traces.OpenAperture[other][k] - traces.Aperture[other][k]);
        }

        for (var k = a; k <= b; k++)
        {
            lid = Math.Max(lid, sign * traces.Lid[k]);
            mouth = Math.Max(mouth, Pull(side, k));
            lidZ = Math.Max(lidZ, sign * evidence.LidZ[k]);
            mouthZ = Math.Max(mouthZ, sign * evidence.MouthZ[k]);
            brow = Math.Abs(traces.Brow[k]) > Math.Abs(brow) ? sign * traces.Brow[k] : brow;
        }

        return new Candidate
        {
            Side = side,
            First = a,
            Last = b,
            TailBefore = before,
            TailAfter = after,
            Peak = top,
            Strength = evidence.Smooth[own][peak],
            LidZ = lidZ,
            MouthZ = mouthZ,
            LidIod = lid,
            MouthIod = mouth,
            BrowIod = brow,
            BrowZ = Math.Abs(brow) / traces.BrowNoise,
            OtherEyeShare = Math.Min(1, otherNarrow / ownNarrow),
        };
    }

    // Movement goes on where its evidence has sunk into the noise: the slope between the edge and half of the peak is
    // followed down to zero, for no more than the frames that the slope itself took. In frames.
    private double Tail(float[] sharp, int edgeAt, int top, double edge)
    {
        var half = sharp[top] / 2;
        var step = Math.Sign(top - edgeAt);
        var at = edgeAt;
        while (at != top && sharp[at] < half)
        {
            at += step;
        }

        var slope = Math.Max(1, Math.Abs(at - edgeAt));
        return half <= edge ? 0 : Math.Min(Math.Min(slope, settings.LongestTail / traces.Dt), slope * edge / (half - edge));
    }

    private static int ArgMax(float[] values, int first, int last)
    {
        var best = first;
        for (var k = first; k <= last; k++)
        {
            best = values[k] > values[best] ? k : best;
        }

        return best;
    }

    private static float Max(float[] values, int first, int last) => values[ArgMax(values, first, last)];
}
