namespace Facialis.Spasm.Filtering;

/// <summary>Order statistics and noise of signals that hold events: nothing here is moved by a minority of large values.</summary>
internal static class Robust
{
    /// <summary>The 40 % point of the absolute value of a standard normal variable.</summary>
    private const double HalfNormal40 = 0.5244;

    /// <summary>Its 90 % point.</summary>
    private const double HalfNormal90 = 1.6449;

    /// <summary>Quantile by linear interpolation between order statistics; reorders <paramref name="values"/>; NaN if empty.</summary>
    public static float QuantileInPlace(Span<float> values, double share)
    {
        if (values.IsEmpty)
        {
            return float.NaN;
        }

        var at = share * (values.Length - 1);
        var low = (int)at;
        var first = Select(values, low);
        if (low + 1 >= values.Length || at == low)
        {
            return first;
        }

        // Everything after the selected place is at least as large: the next order statistic is the least of it.
        var next = float.PositiveInfinity;
        foreach (var value in values[(low + 1)..])
        {
            next = Math.Min(next, value);
        }

        return (float)(first + ((at - low) * (next - first)));
    }

    // Hoare's selection: afterwards the value at the index is where sorting would put it, smaller ones before it.
    private static float Select(Span<float> values, int index)
    {
        int left = 0, right = values.Length - 1;
        while (left < right)
        {
            var pivot = values[(left + right) >>> 1];
            int i = left, j = right;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (index <= j)
            {
                right = j;
            }
            else if (index >= i)
            {
                left = i;
            }
            else
            {
                break;
            }
        }

        return values[index];
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

    /// <summary>As <see cref="Noise"/>, or larger where the 90 % points of both signs say so: unrest with tails makes false events.</summary>
    /// <remarks>Spasm goes one way. A tail of one sign alone is taken for spasm that the marks of rest overlooked, and does not count.</remarks>
    public static double NoiseWithTails(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, float[] scratch)
    {
        var count = Absolute(signal, use, scratch);
        if (count < 10)
        {
            return double.NaN;
        }

        var body = QuantileInPlace(scratch.AsSpan(0, count), 0.4) / HalfNormal40;
        var tails = Math.Min(Tail(signal, use, 1, scratch), Tail(signal, use, -1, scratch));
        return Math.Max(body, tails);
    }

    // As a standard deviation, from the values of one sign; few of them are no tail.
    private static double Tail(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, int sign, float[] scratch)
    {
        var step = StepOf(signal);
        var count = 0;
        for (var i = 0; i < signal.Length; i += step)
        {
            var value = sign * signal[i];
            if (use[i] && value > 0)
            {
                scratch[count++] = value;
            }
        }

        return count < 10 ? 0 : QuantileInPlace(scratch.AsSpan(0, count), 0.9) / HalfNormal90;
    }

    private static int Absolute(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, float[] scratch)
    {
        var step = StepOf(signal);
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

    // Four thousand values settle a quantile to about a part in a hundred.
    private static int StepOf(ReadOnlySpan<float> signal) => Math.Max(1, signal.Length / 4000);
}
