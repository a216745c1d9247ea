namespace Facialis.Spasm.Filtering;

/// <summary>Order statistics and noise of signals that hold events: nothing here is moved by a minority of large values.</summary>
internal static class Robust
{
    /// <summary>The 40 % point of the absolute value of a standard normal variable.</summary>
    private const double HalfNormal40 = 0.5244;

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

        return count < 10 ? double.NaN : QuantileInPlace(scratch.AsSpan(0, count), 0.4) / HalfNormal40;
    }
}
