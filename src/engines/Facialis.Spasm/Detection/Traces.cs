using Facialis.Anatomy;
using Facialis.Spasm.Filtering;
using Facialis.Spasm.Signals;

namespace Facialis.Spasm.Detection;

/// <summary>
/// What the detector looks at: differences between the sides with head pose and resting level removed, and the both-sided
/// movements that may leak into them. Left minus right throughout, so that a mirrored recording only changes signs.
/// </summary>
internal sealed class Traces
{
    private readonly DetectorSettings _settings;
    private readonly float[] _scratch;
    private bool[] _oneSided = [];
    private bool[] _relaxed = [];
    private bool _isRestLittle;

    public Traces(SignalBlock block, DetectorSettings settings)
    {
        _settings = settings;
        Count = block.Count;
        Times = block.Times;
        _scratch = new float[Math.Max(Count, 16)];
        Dt = MedianStep();
        Face = new bool[Count];
        for (var i = 0; i < Count; i++)
        {
            Face[i] = float.IsFinite(block.Yaw[i]);
        }

        BuildPose(block);
        BuildCommon(block);
        BuildDifferences(block);
    }

    public int Count { get; }

    public double[] Times { get; }

    /// <summary>Median time between frames, s.</summary>
    public double Dt { get; }

    public bool[] Face { get; }

    /// <summary>Lid narrowing beyond the other eye's: positive where the left eye closes more.</summary>
    public float[] Lid { get; private set; } = [];

    /// <summary>Mouth-corner height and distance from the midline, left minus right.</summary>
    public float[] MouthUp { get; private set; } = [];

    public float[] MouthOut { get; private set; } = [];

    public float[] Brow { get; private set; } = [];

    /// <summary>Lid opening by side, IOD, and its open level.</summary>
    public float[][] Aperture { get; } = new float[2][];

    public float[][] OpenAperture { get; } = new float[2][];

    /// <summary>Height and distance from the midline of each mouth corner against their resting places, by side, IOD.</summary>
    public float[][] MouthRise { get; } = new float[2][];

    public float[][] MouthSpread { get; } = new float[2][];

    /// <summary>Narrowing of the eye that closes less, IOD: what both eyes do together.</summary>
    public float[] CommonClosure { get; private set; } = [];

    /// <summary>Movement that both mouth corners share, IOD.</summary>
    public float[] CommonMouth { get; private set; } = [];

    /// <summary>Change of mouth opening against its resting level, IOD.</summary>
    public float[] Speech { get; private set; } = [];

    /// <summary>Speed of head turning, degrees per second.</summary>
    public float[] TurnSpeed { get; private set; } = [];

    /// <summary>Degrees away from the usual pose (the larger of yaw and pitch).</summary>
    public float[] PoseOffset { get; private set; } = [];

    /// <summary>Frames where large movement of any kind must not bend the resting level.</summary>
    public bool[] Quiet { get; private set; } = [];

    public double LidNoise { get; private set; }

    public double MouthUpNoise { get; private set; }

    public double MouthOutNoise { get; private set; }

    public double BrowNoise { get; private set; }

    public int Frames(double seconds) => (int)Math.Round(seconds / Dt);

    private double MedianStep()
    {
        if (Count < 3)
        {
            return 1.0 / 30;
        }

        var steps = new float[Count - 1];
        for (var i = 1; i < Count; i++)
        {
            steps[i - 1] = (float)(Times[i] - Times[i - 1]);
        }

        return Math.Max(1e-3, Robust.QuantileInPlace(steps, 0.5));
    }

    private void BuildCommon(SignalBlock block)
    {
        _relaxed = Relaxed(block);
        _isRestLittle = IsRestLittle();
        var resting = _isRestLittle ? _relaxed : Face;
        var raised = MouthRise;
        var outwards = MouthSpread;
        var narrowed = new float[2][];
        foreach (var side in Sides.Both)
        {
            var s = (int)side;
            if (_isRestLittle)
            {
                Baseline.RollingQuantile(Aperture[s], resting, Dt, _settings.LongWindow, 0.75, OpenAperture[s]);
            }

            narrowed[s] = new float[Count];
            for (var i = 0; i < Count; i++)
            {
                narrowed[s][i] = Math.Max(0, OpenAperture[s][i] - Aperture[s][i]);
            }

            raised[s] = new float[Count];
            outwards[s] = new float[Count];
            Baseline.SubtractMode(block.MouthUp(side), resting, Dt, _settings.LongWindow, raised[s]);
            Baseline.SubtractMode(block.MouthOut(side), resting, Dt, _settings.LongWindow, outwards[s]);
        }

        var speech = new float[Count];
        Baseline.RollingQuantile(block.MouthOpening, Face, Dt, _settings.LongWindow, 0.5, speech);
        _oneSided = new bool[Count];
        CommonClosure = new float[Count];
        CommonMouth = new float[Count];
        Speech = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            CommonClosure[i] = Math.Min(narrowed[0][i], narrowed[1][i]);
            CommonMouth[i] = Shared(raised[0][i], raised[1][i]) + Shared(outwards[0][i], outwards[1][i]);
            Speech[i] = Math.Abs(block.MouthOpening[i] - speech[i]);
            float closure = Math.Max(narrowed[0][i], narrowed[1][i]), open = Math.Min(OpenAperture[0][i], OpenAperture[1][i]);
            var pull = Math.Abs(raised[1][i] - raised[0][i] + outwards[1][i] - outwards[0][i]);
            // A turned head narrows the far eye in the picture: that is for the regression to learn, not to leave out.
            _oneSided[i] = PoseOffset[i] < _settings.PlainPose && ((closure > _settings.PlainClosure * open && CommonClosure[i] < _settings.PlainShare * closure)
                || (pull > _settings.PlainPull && CommonMouth[i] < _settings.PlainShare * pull));
        }
    }

    // Contraction narrows the eye and pulls the mouth up and out, never the other way. Where spasm fills most of the time, this
    // tells rest from a hold, which the difference between the sides alone does not.
    private bool[] Relaxed(SignalBlock block)
    {
        var relaxed = new bool[Count];
        Face.CopyTo(relaxed, 0);
        var (pull, level, steps) = (new float[Count], new float[Count], new float[Count]);
        foreach (var side in Sides.Both)
        {
            var s = (int)side;
            Aperture[s] = new float[Count];
            for (var i = 0; i < Count; i++)
            {
                Aperture[s][i] = block.LowerLid(side)[i] - block.UpperLid(side)[i];
                pull[i] = (float)((_settings.PullUp * block.MouthUp(side)[i]) + (_settings.PullOut * block.MouthOut(side)[i]));
            }

            var lidNoise = StepNoise(Aperture[s], steps);
            var pullNoise = StepNoise(pull, steps);
            Baseline.RollingQuantile(pull, Face, Dt, _settings.LongWindow, 0.3, level);
            for (var i = 0; i < Count; i++)
            {
                relaxed[i] &= pull[i] - level[i] < Math.Max(_settings.RelaxedPull, 4 * pullNoise);
            }

            var open = OpenAperture[s] = new float[Count];
            Baseline.RollingQuantile(Aperture[s], Face, Dt, _settings.LongWindow, 0.75, open);
            for (var i = 0; i < Count; i++)
            {
                relaxed[i] &= open[i] - Aperture[s][i] < Math.Max(_settings.RelaxedLid * open[i], 3 * lidNoise);
            }
        }

        return relaxed;
    }

    // Noise from one frame to the next: slow movement has no part in it.
    private double StepNoise(float[] signal, float[] steps)
    {
        for (var i = 1; i < Count; i++)
        {
            steps[i] = signal[i] - signal[i - 1];
        }

        return Robust.Noise(steps, Face, _scratch) / Math.Sqrt(2);
    }

    private void BuildPose(SignalBlock block)
    {
        TurnSpeed = new float[Count];
        PoseOffset = new float[Count];
        var yaw = Usual(block.Yaw);
        var pitch = Usual(block.Pitch);
        var reach = Math.Max(1, Frames(0.05));
        for (var i = 0; i < Count; i++)
        {
            PoseOffset[i] = Math.Max(Math.Abs(block.Yaw[i] - yaw), Math.Abs(block.Pitch[i] - pitch));
            int a = Math.Max(0, i - reach), b = Math.Min(Count - 1, i + reach);
            var seconds = (float)Math.Max(1e-3, Times[b] - Times[a]);
            TurnSpeed[i] = Math.Max(Math.Abs(block.Yaw[b] - block.Yaw[a]), Math.Abs(block.Pitch[b] - block.Pitch[a])) / seconds;
        }
    }

    private static float Shared(float a, float b) => a * b > 0 ? Math.Min(Math.Abs(a), Math.Abs(b)) : 0;

    private float Usual(ReadOnlySpan<float> signal)
    {
        var count = 0;
        for (var i = 0; i < signal.Length; i++)
        {
            if (Face[i])
            {
                _scratch[count++] = signal[i];
            }
        }

        return count == 0 ? 0 : Robust.QuantileInPlace(_scratch.AsSpan(0, count), 0.5);
    }

    private void BuildDifferences(SignalBlock block)
    {
        var lid = new float[Count];
        var up = new float[Count];
        var outwards = new float[Count];
        var brow = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            lid[i] = (block.UpperLid(Side.PatientLeft)[i] - block.UpperLid(Side.PatientRight)[i])
                - ((float)_settings.LowerLidWeight * (block.LowerLid(Side.PatientLeft)[i] - block.LowerLid(Side.PatientRight)[i]))
                - ((float)_settings.CanthiWeight * (block.Canthi(Side.PatientLeft)[i] - block.Canthi(Side.PatientRight)[i]));
            up[i] = block.MouthUp(Side.PatientLeft)[i] - block.MouthUp(Side.PatientRight)[i];
            outwards[i] = block.MouthOut(Side.PatientLeft)[i] - block.MouthOut(Side.PatientRight)[i];
            brow[i] = block.BrowUp(Side.PatientLeft)[i] - block.BrowUp(Side.PatientRight)[i];
        }

        // Frames with a plain one-sided movement or a blink must teach neither what pose does nor where rest is.
        var still = new bool[Count];
        for (var i = 0; i < Count; i++)
        {
            still[i] = Face[i] && !_oneSided[i] && CommonClosure[i] < 0.25f * OpenAperture[0][i];
        }

        foreach (var signal in new[] { lid, up, outwards, brow })
        {
            PoseRegression.Subtract(signal, block.Yaw, block.Pitch, block.Roll, still, _scratch);
        }

        var rested = Rested(still);

        // First against the level that holds cannot bend; what then stands out is kept away from the short level.
        float[] Long(float[] signal)
        {
            var result = new float[Count];
            Baseline.SubtractMode(signal, rested, Dt, _settings.LongWindow, result);
            return result;
        }

        var lidLong = Long(lid);
        var upLong = Long(up);
        double lidNoise = Math.Max(_settings.LeastLidNoise, Robust.Noise(lidLong, rested, _scratch));
        double upNoise = Math.Max(_settings.LeastMouthNoise, Robust.Noise(upLong, rested, _scratch));
        var moving = new bool[Count];
        for (var i = 0; i < Count; i++)
        {
            moving[i] = !still[i] || Square(lidLong[i] / lidNoise) + Square(upLong[i] / upNoise) > 20;
        }

        moving = Dilate(moving, Frames(0.12));
        KeepTwitchesAndPlainHolds(moving);
        Quiet = Not(moving);
        if (rested != still && Quiet.Zip(rested).Count(q => q.First && q.Second) * Dt >= _settings.LeastRest)
        {
            for (var i = 0; i < Count; i++)
            {
                Quiet[i] &= rested[i];
            }
        }

        float[] Short(float[] signal)
        {
            var result = new float[Count];
            Baseline.SubtractMedian(signal, Quiet, Dt, _settings.ShortWindow, result);
            return result;
        }

        Lid = Short(lid);
        MouthUp = Short(up);
        MouthOut = Short(outwards);
        Brow = Short(brow);
        var rest = Quiet.Count(q => q) * Dt >= _settings.LeastRest ? Quiet : still;
        LidNoise = Math.Max(_settings.LeastLidNoise, Robust.Noise(Lid, rest, _scratch));
        MouthUpNoise = Math.Max(_settings.LeastMouthNoise, Robust.Noise(MouthUp, rest, _scratch));
        MouthOutNoise = Math.Max(_settings.LeastMouthNoise, Robust.Noise(MouthOut, rest, _scratch));
        BrowNoise = Math.Max(_settings.LeastMouthNoise, Robust.Noise(Brow, rest, _scratch));
    }

    // Where little of the time is rest, only that time tells where rest is.
    private bool IsRestLittle()
    {
        var (faces, relaxed) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            faces += Face[i] ? 1 : 0;
            relaxed += _relaxed[i] ? 1 : 0;
        }

        return relaxed <= _settings.LittleRest * faces && relaxed * Dt >= _settings.LeastRest;
    }

    private bool[] Rested(bool[] still)
    {
        if (!_isRestLittle)
        {
            return still;
        }

        var rested = new bool[Count];
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            rested[i] = still[i] && _relaxed[i];
            count += rested[i] ? 1 : 0;
        }

        return count * Dt >= _settings.LeastRest ? rested : still;
    }

    // What stands out for long without being plainly one-sided is drift, and the resting level shall follow it.
    private void KeepTwitchesAndPlainHolds(bool[] moving)
    {
        var longest = Frames(_settings.LongestTwitch);
        for (var i = 0; i < Count; i++)
        {
            if (!moving[i])
            {
                continue;
            }

            var first = i;
            var plain = 0;
            while (i < Count && moving[i])
            {
                plain += _oneSided[i] || !Face[i] ? 1 : 0;
                i++;
            }

            if (i - first > longest && 2 * plain < i - first)
            {
                moving.AsSpan(first, i - first).Clear();
            }
        }
    }

    private static double Square(double x) => x * x;

    private static bool[] Not(bool[] mask)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = !mask[i];
        }

        return mask;
    }

    private static bool[] Dilate(bool[] mask, int reach)
    {
        var result = new bool[mask.Length];
        var last = int.MinValue / 2;
        for (var i = 0; i < mask.Length; i++)
        {
            last = mask[i] ? i : last;
            result[i] = i - last <= reach;
        }

        last = int.MaxValue / 2;
        for (var i = mask.Length - 1; i >= 0; i--)
        {
            last = mask[i] ? i : last;
            result[i] |= last - i <= reach;
        }

        return result;
    }
}
