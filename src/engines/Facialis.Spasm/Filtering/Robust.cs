namespace Facialis.Spasm.Filtering;

/// <summary>Order statistics and noise of signals that hold events: nothing here is moved by a minority of large values.</summary>
internal static class Robust
{
    /// <summary>The 40 % point of the absolute value of a standard normal variable.</summary>
    private const double HalfNormal40 = 0.5244;

    /// <summary>Its 90 % point.</summary>
    private const double HalfNormal90 = 1.6449;

    /// <summary>Quantile by linear interpolation between order statistics; sorts <paramref name="values"/> in place; NaN if empty.</summary>
    public static float QuantileInPlace(Span<float> values, double share)
    {
        if (values.IsEmpty)
        {
            return float.NaN;
        }

        values.Sort();
        var at = share * (values.Length - 1);
        var low = (int)at;
        var high = Math.Min(low + 1, values.Length - 1);
        return (float)(values[low] + ((at - low) * (values[high] - values[low])));
    }

    /// <summary>
    /// Standard deviation of the noise under the events: from the 40 % point of the absolute values, so that it holds while
    /// fewer than six frames in ten belong to events. Frames where <paramref name="use"/> is false are left out.
    /// </summary>
    public static double Noise(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, float[] scratch)
    {
        var count = Absolute(signal, use, scratch);
        return count < 10 ? double.NaN : QuantileInPlace(scratch.AsSpan(0, count), 0.4) / HalfNormal40;
    }

    /// <summary>As <see cref="Noise"/>, or larger where the 90 % point says so: unrest with tails makes false events.</summary>
    public static double NoiseWithTails(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, float[] scratch)
    {
        var count = Absolute(signal, use, scratch);
        if (count < 10)
        {
            return double.NaN;
        }

        var absolute = scratch.AsSpan(0, count);
        return Math.Max(QuantileInPlace(absolute, 0.4) / HalfNormal40, QuantileInPlace(absolute, 0.9) / HalfNormal90);
    }

    private static int Absolute(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, float[] scratch)
    {
        // Ten thousand values settle a quantile to a few parts in a thousand.
        var step = Math.Max(1, signal.Length / 10_000);
        var count = 0;
        for (var i = 0; i < signal.Length; i += step)
        {
            if (use[i] && float.IsFinite(signal[i]))
            {
                scratch[count++] = Math.Abs(signal[i]);
            }
        }

        return count;
    }
}
