namespace Facialis.Spasm.Filtering;

/// <summary>
/// How each frame's noise goes on from the frames before it: an autoregressive model of second order. A face tracker smooths,
/// so neighbouring frames err alike, and a plain average over them quietens less than it seems to.
/// </summary>
internal readonly record struct NoiseColour(double First, double Second, double Innovation)
{
    /// <summary>Noise whose frames know nothing of each other.</summary>
    public static NoiseColour White { get; } = new(0, 0, 1);

    // Keeps the equations solvable where the noise hardly changes from frame to frame.
    private const double Ridge = 1.02;

    /// <summary>Fits the model (Yule-Walker) to the frames where <paramref name="use"/> is true; white where these are too few.</summary>
    /// <param name="signal">Evidence in standard deviations: noise less than one is noise that was not believed, and stays so.</param>
    /// <param name="use">The frames to learn from.</param>
    public static NoiseColour Fit(ReadOnlySpan<float> signal, ReadOnlySpan<bool> use)
    {
        double r0 = 0, r1 = 0, r2 = 0;
        long n0 = 0, n1 = 0, n2 = 0;
        for (var i = 0; i < signal.Length; i++)
        {
            if (!use[i])
            {
                continue;
            }

            double value = signal[i];
            r0 += value * value;
            n0++;
            if (i > 0 && use[i - 1])
            {
                r1 += value * signal[i - 1];
                n1++;
            }

            if (i > 1 && use[i - 2])
            {
                r2 += value * signal[i - 2];
                n2++;
            }
        }

        if (n1 < 30 || n2 < 30 || r0 <= 0)
        {
            return White;
        }

        (r0, r1, r2) = (Ridge * r0 / n0, r1 / n1, r2 / n2);
        var determinant = (r0 * r0) - (r1 * r1);
        if (determinant <= 0)
        {
            return White;
        }

        var first = ((r0 * r1) - (r1 * r2)) / determinant;
        var second = ((r0 * r2) - (r1 * r1)) / determinant;
        var innovation = r0 - (first * r1) - (second * r2);
        return innovation > 0 ? new NoiseColour(first, second, innovation * Math.Max(1, 1 / r0)) : White;
    }

    /// <summary>
    /// The filter that best tells a movement of this shape from noise of this colour (a matched filter on whitened frames).
    /// Its answer to pure noise has a standard deviation of one.
    /// </summary>
    /// <param name="shape">The movement frame by frame, of odd length, its middle at the middle.</param>
    /// <returns>Weights of odd length; the middle one belongs to the frame looked at.</returns>
    public float[] MatchedTo(ReadOnlySpan<double> shape)
    {
        var n = shape.Length;
        // The shape as whitened frames show it: two frames longer, for what the smoothing dragged along comes after it.
        var white = new double[n + 2];
        double energy = 0;
        for (var k = 0; k < white.Length; k++)
        {
            white[k] = At(shape, k) - (First * At(shape, k - 1)) - (Second * At(shape, k - 2));
            energy += white[k] * white[k];
        }

        // Correlating with it and whitening are both linear: together one set of weights, two frames longer at either end.
        var scale = 1 / Math.Sqrt(energy * Innovation);
        var weights = new float[n + 4];
        for (var k = 0; k < n + 2; k++)
        {
            weights[k + 2] += (float)(scale * white[k]);
            weights[k + 1] -= (float)(scale * First * white[k]);
            weights[k] -= (float)(scale * Second * white[k]);
        }

        return weights;
    }

    private static double At(ReadOnlySpan<double> shape, int k) => k >= 0 && k < shape.Length ? shape[k] : 0;
}
