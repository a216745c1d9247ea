using System.Numerics.Tensors;

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

    /// <summary>
    /// The sum of each frame's surroundings under <paramref name="weights"/>, whose middle one belongs to the frame itself;
    /// beyond the ends lies rest.
    /// </summary>
    /// <param name="signal">Finite values.</param>
    /// <param name="weights">An odd number of them.</param>
    public static float[] Weighted(float[] signal, float[] weights)
    {
        var n = signal.Length;
        var reach = weights.Length / 2;
        var padded = new float[n + (2 * reach)];
        signal.CopyTo(padded, reach);
        var result = new float[n];
        for (var k = 0; k < weights.Length; k++)
        {
            TensorPrimitives.MultiplyAdd(padded.AsSpan(k, n), weights[k], result, result);
        }

        return result;
    }

    private static float Size(float value) => float.IsFinite(value) ? Math.Abs(value) : 0;
}
