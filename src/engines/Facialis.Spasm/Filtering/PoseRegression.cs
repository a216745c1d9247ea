namespace Facialis.Spasm.Filtering;

/// <summary>Removes from a signal what head pose explains, by least squares that leave out the frames with events.</summary>
internal static class PoseRegression
{
    private const int Terms = 6;
    private const int Rounds = 4;
    private const double TrimAtSigma = 3;

    /// <summary>
    /// Subtracts the fit on 1, yaw, pitch, roll, yaw squared, pitch squared from <paramref name="signal"/> in place.
    /// A small ridge keeps terms at zero that the recording does not exercise.
    /// </summary>
    public static void Subtract(Span<float> signal, ReadOnlySpan<float> yaw, ReadOnlySpan<float> pitch, ReadOnlySpan<float> roll, ReadOnlySpan<bool> use, float[] scratch)
    {
        var step = Math.Max(1, signal.Length / 2000);
        var keep = double.PositiveInfinity;
        var centre = 0.0;
        Span<double> beta = stackalloc double[Terms];
        Span<double> x = stackalloc double[Terms];
        var normal = new double[Terms * (Terms + 1)];
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(normal);
            for (var i = 0; i < signal.Length; i += step)
            {
                if (!use[i] || !float.IsFinite(signal[i]))
                {
                    continue;
                }

                Fill(x, yaw[i], pitch[i], roll[i]);
                if (round > 0 && Math.Abs(signal[i] - Dot(x, beta) - centre) > keep)
                {
                    continue;
                }

                for (var r = 0; r < Terms; r++)
                {
                    for (var c = r; c < Terms; c++)
                    {
                        normal[(r * (Terms + 1)) + c] += x[r] * x[c];
                    }

                    normal[(r * (Terms + 1)) + Terms] += x[r] * signal[i];
                }
            }

            if (normal[0] < 50)
            {
                return;
            }

            Solve(normal, beta);
            var count = 0;
            for (var i = 0; i < signal.Length; i += step)
            {
                if (use[i] && float.IsFinite(signal[i]))
                {
                    Fill(x, yaw[i], pitch[i], roll[i]);
                    scratch[count++] = (float)(signal[i] - Dot(x, beta));
                }
            }

            centre = Robust.QuantileInPlace(scratch.AsSpan(0, count), 0.5);
            for (var i = 0; i < count; i++)
            {
                scratch[i] = (float)Math.Abs(scratch[i] - centre);
            }

            keep = TrimAtSigma * 1.4826 * Robust.QuantileInPlace(scratch.AsSpan(0, count), 0.5);
        }

        for (var i = 0; i < signal.Length; i++)
        {
            Fill(x, yaw[i], pitch[i], roll[i]);
            signal[i] -= (float)Dot(x, beta);
        }
    }

    // Angles in units of 10 degrees keep the squares in scale with the rest.
    private static void Fill(Span<double> x, float yaw, float pitch, float roll)
    {
        double y = yaw / 10, p = pitch / 10;
        (x[0], x[1], x[2], x[3], x[4], x[5]) = (1, y, p, roll / 10, y * y, p * p);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < Terms; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Solve(double[] m, Span<double> beta)
    {
        const int width = Terms + 1;
        var ridge = m[0] * 1e-3;
        for (var r = 0; r < Terms; r++)
        {
            for (var c = 0; c < r; c++)
            {
                m[(r * width) + c] = m[(c * width) + r];
            }
        }

        for (var r = 1; r < Terms; r++)
        {
            m[(r * width) + r] += ridge;
        }

        for (var p = 0; p < Terms; p++)
        {
            for (var r = p + 1; r < Terms; r++)
            {
                var factor = m[(r * width) + p] / m[(p * width) + p];
                for (var c = p; c < width; c++)
                {
                    m[(r * width) + c] -= factor * m[(p * width) + c];
                }
            }
        }

        for (var r = Terms - 1; r >= 0; r--)
        {
            var value = m[(r * width) + Terms];
            for (var c = r + 1; c < Terms; c++)
            {
                value -= m[(r * width) + c] * beta[c];
            }

            beta[r] = value / m[(r * width) + r];
        }
    }
}
