namespace Facialis.Spasm.Filtering;

/// <summary>Resting levels of a signal over time, evaluated on a coarse grid and joined by straight lines.</summary>
internal static class Baseline
{
    /// <summary>
    /// Subtracts the rolling mode: the middle of the densest half of the densest half ... of a window. It stays at rest even
    /// where spasm fills more than half of the window.
    /// </summary>
    public static void SubtractMode(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, double dt, double windowSeconds, Span<float> result)
        => Subtract(signal, use, dt, windowSeconds, gridSeconds: 0.5, samplesPerSecond: 10, HalfSampleMode, result);

    /// <summary>Subtracts the rolling median of the frames that may be used; the window widens where too few of them lie in it.</summary>
    public static void SubtractMedian(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, double dt, double windowSeconds, Span<float> result)
        => Subtract(signal, use, dt, windowSeconds, gridSeconds: 0.1, samplesPerSecond: 30, static sorted => Middle(sorted), result);

    /// <summary>Rolling quantile of the frames that may be used.</summary>
    public static void RollingQuantile(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, double dt, double windowSeconds, double share, Span<float> result)
        => Roll(signal, use, dt, windowSeconds, gridSeconds: 0.5, samplesPerSecond: 10, sorted => sorted[(int)Math.Round(share * (sorted.Length - 1))], result);

    private static void Subtract(
        ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, double dt, double windowSeconds, double gridSeconds, double samplesPerSecond,
        Func<float[], float> level, Span<float> result)
    {
        Roll(signal, use, dt, windowSeconds, gridSeconds, samplesPerSecond, level, result);
        for (var i = 0; i < signal.Length; i++)
        {
            result[i] = signal[i] - result[i];
        }
    }

    private static void Roll(
        ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, double dt, double windowSeconds, double gridSeconds, double samplesPerSecond,
        Func<float[], float> level, Span<float> result)
    {
        var n = signal.Length;
        var grid = Math.Max(1, (int)Math.Round(gridSeconds / dt));
        var step = Math.Max(1, (int)Math.Round(1 / (samplesPerSecond * dt)));
        var enough = Math.Max(5, (int)(windowSeconds / (dt * step) / 4));
        var previousAt = -1;
        var previous = 0f;
        for (var at = 0; ; at = Math.Min(at + grid, n - 1))
        {
            var half = (int)(windowSeconds / dt / 2);
            float[] window;
            while (true)
            {
                // At the ends the window moves inwards rather than shrink: a long hold must not fill it.
                var middle = Math.Clamp(at, Math.Min(half, n - 1 - half), Math.Max(half, n - 1 - half));
                window = Gather(signal, use, middle - half, middle + half, step);
                if (window.Length >= enough || half > n)
                {
                    break;
                }

                half *= 2;
            }

            var value = window.Length == 0 ? 0 : level(window);
            for (var i = previousAt + 1; i <= at; i++)
            {
                result[i] = previousAt < 0 ? value : previous + ((value - previous) * (i - previousAt) / (at - previousAt));
            }

            (previousAt, previous) = (at, value);
            if (at == n - 1)
            {
                return;
            }
        }
    }

    private static float[] Gather(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, int from, int to, int step)
    {
        from = Math.Max(0, from);
        to = Math.Min(signal.Length - 1, to);
        // Symmetric about the window's middle whatever the step, so that reversing time changes nothing.
        var values = new float[((to - from) / step) + 1];
        var count = 0;
        for (var i = from; i <= to; i += step)
        {
            if (use[i] && float.IsFinite(signal[i]))
            {
                values[count++] = signal[i];
            }
        }

        Array.Resize(ref values, count);
        Array.Sort(values);
        return values;
    }

    private static float Middle(float[] sorted) => (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;

    // Bickel's half-sample mode; of equally dense halves both count, so that a mirrored signal gives the mirrored mode.
    private static float HalfSampleMode(float[] sorted)
    {
        int from = 0, count = sorted.Length;
        while (count > 3)
        {
            var half = (count + 1) / 2;
            var narrowest = float.PositiveInfinity;
            int first = from, last = from;
            for (var i = from; i + half <= from + count; i++)
            {
                var width = sorted[i + half - 1] - sorted[i];
                if (width < narrowest)
                {
                    (narrowest, first, last) = (width, i, i);
                }
                else if (width == narrowest)
                {
                    last = i;
                }
            }

            if (first != last)
            {
                return (sorted[first] + sorted[last + half - 1]) / 2;
            }

            (from, count) = (first, half);
        }

        return (sorted[from] + sorted[from + count - 1]) / 2;
    }
}
