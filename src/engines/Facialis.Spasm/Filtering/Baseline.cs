namespace Facialis.Spasm.Filtering;

/// <summary>Resting levels of a signal over time, evaluated on a coarse grid and joined by straight lines.</summary>
internal static class Baseline
{
    private delegate float Level(Span<float> window);

    /// <summary>
    /// Subtracts the rolling mode: the middle of the densest half of the densest half ... of a window. It stays at rest even
    /// where spasm fills more than half of the window.
    /// </summary>
    public static void SubtractMode(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, double dt, double windowSeconds, Span<float> result)
        => Subtract(signal, use, new Grid(dt, windowSeconds, EverySeconds: 4, SamplesPerSecond: 4), HalfSampleMode, result);

    /// <summary>Subtracts the rolling median of the frames that may be used; the window widens where too few of them lie in it.</summary>
    public static void SubtractMedian(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, double dt, double windowSeconds, Span<float> result)
        => Subtract(signal, use, new Grid(dt, windowSeconds, EverySeconds: 0.5, SamplesPerSecond: 30), static window => Robust.QuantileInPlace(window, 0.5), result);

    /// <summary>Rolling quantile of the frames that may be used.</summary>
    public static void RollingQuantile(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, double dt, double windowSeconds, double share, Span<float> result)
        => Roll(signal, use, new Grid(dt, windowSeconds, EverySeconds: 4, SamplesPerSecond: 4), window => Robust.QuantileInPlace(window, share), result);

    private static void Subtract(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, Grid grid, Level level, Span<float> result)
    {
        Roll(signal, use, grid, level, result);
        for (var i = 0; i < signal.Length; i++)
        {
            result[i] = signal[i] - result[i];
        }
    }

    private static void Roll(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, Grid grid, Level level, Span<float> result)
    {
        var n = signal.Length;
        var every = Math.Max(1, (int)Math.Round(grid.EverySeconds / grid.Dt));
        var step = Math.Max(1, (int)Math.Round(1 / (grid.SamplesPerSecond * grid.Dt)));
        var enough = Math.Max(5, (int)(grid.WindowSeconds / (grid.Dt * step) / 4));
        var scratch = new float[(n / step) + 2];
        var previousAt = -1;
        var previous = 0f;
        for (var at = 0; ; at = Math.Min(at + every, n - 1))
        {
            var half = (int)(grid.WindowSeconds / grid.Dt / 2);
            int count;
            while (true)
            {
                // At the ends the window moves inwards rather than shrink: a long hold must not fill it.
                var middle = Math.Clamp(at, Math.Min(half, n - 1 - half), Math.Max(half, n - 1 - half));
                count = Gather(signal, use, middle - half, middle + half, step, scratch);
                if (count >= enough || half > n)
                {
                    break;
                }

                half *= 2;
            }

            var value = count == 0 ? 0 : level(scratch.AsSpan(0, count));
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

    private static int Gather(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use, int from, int to, int step, float[] values)
    {
        to = Math.Min(signal.Length - 1, to);
        var count = 0;
        for (var i = Math.Max(0, from); i <= to; i += step)
        {
            if (use[i] && float.IsFinite(signal[i]))
            {
                values[count++] = signal[i];
            }
        }

        return count;
    }

    // Bickel's half-sample mode; of equally dense halves both count, so that a mirrored signal gives the mirrored mode.
    private static float HalfSampleMode(Span<float> window)
    {
        window.Sort();
        int from = 0, count = window.Length;
        while (count > 3)
        {
            var half = (count + 1) / 2;
            var narrowest = float.PositiveInfinity;
            int first = from, last = from;
            for (var i = from; i + half <= from + count; i++)
            {
                var width = window[i + half - 1] - window[i];
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
                return (window[first] + window[last + half - 1]) / 2;
            }

            (from, count) = (first, half);
        }

        return (window[from] + window[from + count - 1]) / 2;
    }

    private readonly record struct Grid(double Dt, double WindowSeconds, double EverySeconds, double SamplesPerSecond);
}
