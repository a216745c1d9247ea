namespace Facialis.Spasm.Filtering;

/// <summary>Moving extremes and means, in time that does not depend on the window's width.</summary>
internal static class Window
{
    /// <summary>The largest absolute value within <paramref name="reach"/> frames to either side; NaN counts as zero.</summary>
    public static float[] Envelope(float[] signal, int reach)
    {
        var n = signal.Length;
        var result = new float[n];
        // Indices whose values fall from front to back: the front is the window's largest.
        var queue = new int[n];
        int front = 0, back = 0;
        for (var i = 0; i < n + reach; i++)
        {
            if (i < n)
            {
                var value = Size(signal[i]);
                while (back > front && Size(signal[queue[back - 1]]) <= value)
                {
                    back--;
                }

                queue[back++] = i;
            }

            var at = i - reach;
            if (at >= 0)
            {
                while (queue[front] < at - reach)
                {
                    front++;
                }

                result[at] = Size(signal[queue[front]]);
            }
        }

        return result;
    }

    /// <summary>The mean over <paramref name="half"/> frames to either side, of those that are numbers; NaN where none is.</summary>
    public static float[] Mean(float[] signal, int half)
    {
        if (half == 0)
        {
            return [.. signal];
        }

        var n = signal.Length;
        var result = new float[n];
        double sum = 0;
        var count = 0;
        for (var i = 0; i < n + half; i++)
        {
            if (i < n && float.IsFinite(signal[i]))
            {
                sum += signal[i];
                count++;
            }

            var gone = i - (2 * half) - 1;
            if (gone >= 0 && float.IsFinite(signal[gone]))
            {
                sum -= signal[gone];
                count--;
            }

            if (i >= half)
            {
                result[i - half] = count == 0 ? float.NaN : (float)(sum / count);
            }
        }

        return result;
    }

    private static float Size(float value) => float.IsFinite(value) ? Math.Abs(value) : 0;
}
