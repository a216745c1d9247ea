using Facialis.Anatomy;
using Facialis.Spasm.Filtering;

namespace Facialis.Spasm.Detection;

/// <summary>
/// How far each frame stands above what noise and both-sided movement explain, in standard deviations, per side.
/// </summary>
internal sealed class Evidence
{
    private readonly Traces _traces;
    private readonly DetectorSettings _settings;

    public Evidence(Traces traces, DetectorSettings settings)
    {
        (_traces, _settings) = (traces, settings);
        BlinkAsymmetry = FitBlinkAsymmetry();
        BuildFrames();
        foreach (var side in Sides.Both)
        {
            Sharp[(int)side] = Combine(_lid, _mouth, side);
        }

        BuildParted();
        BuildSmooth();
    }

    private float[] _lid = [];
    private float[] _mouth = [];

    /// <summary>Difference of the lids per common closure in this person's blinks: taken off before evidence is read.</summary>
    public double BlinkAsymmetry { get; }

    /// <summary>Lid evidence of each frame, signed: positive for the left.</summary>
    public float[] LidZ => _lid;

    /// <summary>Mouth evidence of each frame, signed: positive for the left.</summary>
    public float[] MouthZ => _mouth;

    /// <summary>Combined evidence by side, frame by frame.</summary>
    public float[][] Sharp { get; } = new float[2][];

    /// <summary>Combined evidence by side, the best over the averaging widths.</summary>
    public float[][] Smooth { get; } = new float[2][];

    /// <summary><see cref="Sharp"/> as a camera of 30 frames a second would show it.</summary>
    public float[][] Parted { get; } = new float[2][];

    /// <summary>What both eyes close together, at its most within 70 ms before and after, IOD.</summary>
    public float[] BothClosing { get; private set; } = [];

    private double FitBlinkAsymmetry()
    {
        // The median ratio over deep common closures; few blinks are drawn towards zero.
        var ratios = new List<float>();
        for (var i = 0; i < _traces.Count; i++)
        {
            var closure = _traces.CommonClosure[i];
            if (_traces.Face[i] && closure > 0.35 * Math.Min(_traces.OpenAperture[0][i], _traces.OpenAperture[1][i]))
            {
                ratios.Add(_traces.Lid[i] / closure);
            }
        }

        if (ratios.Count == 0)
        {
            return 0;
        }

        var array = ratios.ToArray();
        var median = Robust.QuantileInPlace(array, 0.5);
        var seconds = ratios.Count * _traces.Dt;
        return median * seconds / (seconds + 0.3);
    }

    private void BuildFrames()
    {
        var t = _traces;
        var n = t.Count;
        _lid = new float[n];
        _mouth = new float[n];
        BothClosing = Window.Envelope(t.CommonClosure, Math.Max(1, t.Frames(0.07)));
        var smile = Window.Envelope(t.CommonMouth, Math.Max(1, t.Frames(0.30)));
        var speech = Window.Envelope(t.Speech, Math.Max(1, t.Frames(0.25)));
        var turn = Window.Envelope(t.TurnSpeed, Math.Max(1, t.Frames(0.10)));
        double up = _settings.MouthUp / Sq(t.MouthUpNoise), outwards = _settings.MouthOut / Sq(t.MouthOutNoise);
        var gain = (up * _settings.MouthUp) + (outwards * _settings.MouthOut);
        (up, outwards) = (up / gain, outwards / gain);
        var mouthNoise = Math.Sqrt(1 / gain);
        var settledAt = double.NegativeInfinity;
        for (var i = 0; i < n; i++)
        {
            if (!t.Face[i])
            {
                settledAt = double.PositiveInfinity;
                continue;
            }

            // The tracker needs a few frames to settle on a face that it has just found.
            settledAt = i == 0 || double.IsPositiveInfinity(settledAt) ? t.Times[i] + _settings.SettlingSeconds : settledAt;
            if (t.Times[i] < settledAt)
            {
                continue;
            }

            var lid = t.Lid[i] - (BlinkAsymmetry * t.CommonClosure[i]);
            var mouth = (up * t.MouthUp[i]) + (outwards * t.MouthOut[i]);
            var pose = _settings.PoseLeak * Math.Max(0, t.PoseOffset[i] - 3);
            var lidVariance = Sq(t.LidNoise) + Sq(_settings.BlinkLeakToLids * BothClosing[i]) + Sq(_settings.SmileLeakToLids * smile[i])
                + Sq(_settings.TurnLeakToLids * turn[i]) + Sq(pose);
            var mouthVariance = Sq(mouthNoise) + Sq(_settings.BlinkLeakToMouth * BothClosing[i]) + Sq(_settings.SmileLeakToMouth * smile[i])
                + Sq(_settings.SpeechLeakToMouth * speech[i]) + Sq(_settings.TurnLeakToMouth * turn[i]) + Sq(pose);
            _lid[i] = (float)(lid / Math.Sqrt(lidVariance));
            _mouth[i] = (float)(mouth / Math.Sqrt(mouthVariance));
        }
    }

    private static double Sq(double x) => x * x;

    // Lids and mouth together count as their sum over root two; one of them alone has to be larger by itself.
    private float[] Combine(float[] lid, float[] mouth, Side side)
    {
        var sign = side == Side.PatientLeft ? 1 : -1;
        var alone = (float)_settings.AloneWeight;
        var result = new float[lid.Length];
        for (var i = 0; i < result.Length; i++)
        {
            float a = sign * lid[i], b = sign * mouth[i];
            var best = Math.Max((a + b) / MathF.Sqrt(2), alone * Math.Max(a, b));
            result[i] = best > 0 ? best : 0;
        }

        return result;
    }

    private void BuildSmooth()
    {
        var scratch = new float[Math.Max(16, _traces.Count)];
        foreach (var side in Sides.Both)
        {
            Smooth[(int)side] = new float[_traces.Count];
        }

        var lidColour = NoiseColour.Fit(_lid, _traces.Quiet);
        var mouthColour = NoiseColour.Fit(_mouth, _traces.Quiet);
        foreach (var width in _settings.Widths)
        {
            var shape = Movement(width);
            var lid = Filtered(_lid, lidColour, shape, scratch);
            var mouth = Filtered(_mouth, mouthColour, shape, scratch);
            foreach (var side in Sides.Both)
            {
                var best = Smooth[(int)side];
                var combined = Combine(lid, mouth, side);
                for (var i = 0; i < best.Length; i++)
                {
                    best[i] = Math.Max(best[i], combined[i]);
                }
            }
        }
    }

    private void BuildParted()
    {
        var shape = Movement(_settings.PartedSeconds);
        var sum = shape.Sum();
        foreach (var side in Sides.Both)
        {
            var sharp = Sharp[(int)side];
            Parted[(int)side] = shape.Length == 1 ? sharp : Window.Weighted(sharp, [.. shape.Select(weight => (float)(weight / sum))]);
        }
    }

    // A movement of that many seconds as the frames around its middle see it.
    private double[] Movement(double seconds)
    {
        var frames = Math.Max(1, seconds / _traces.Dt);
        var reach = (int)Math.Ceiling((frames - 1) / 2);
        var shape = new double[(2 * reach) + 1];
        for (var k = -reach; k <= reach; k++)
        {
            shape[k + reach] = Math.Clamp((frames / 2) - Math.Abs(k) + 0.5, 0, 1);
        }

        return shape;
    }

    // The matched filter answers a strong movement with an echo on the other side; the plain mean over the same frames has
    // none, so it bounds the answer.
    private float[] Filtered(float[] signal, NoiseColour colour, double[] shape, float[] scratch)
    {
        var matched = Normalised(Window.Weighted(signal, colour.MatchedTo(shape)), _settings.LeastFilteredNoise, scratch);
        var plain = Normalised(Window.Weighted(signal, NoiseColour.White.MatchedTo(shape)), _settings.LeastAveragedNoise, scratch);
        var most = (float)_settings.MostFilterGain;
        for (var i = 0; i < matched.Length; i++)
        {
            var bound = most * Math.Abs(plain[i]);
            matched[i] = matched[i] * plain[i] <= 0 ? 0 : Math.Clamp(matched[i], -bound, bound);
        }

        return matched;
    }

    // Noise has tails that no model of it knows: what is left of it is measured, not believed to be one.
    private float[] Normalised(float[] signal, double least, float[] scratch)
    {
        Scale(signal, Math.Max(least, Robust.NoiseWithTails(signal, _traces.Quiet, scratch)));
        return signal;
    }

    private static void Scale(float[] signal, double noise)
    {
        var factor = (float)(1 / Math.Max(noise, 1e-6));
        for (var i = 0; i < signal.Length; i++)
        {
            signal[i] *= factor;
        }
    }
}
