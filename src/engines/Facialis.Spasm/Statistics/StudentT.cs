namespace Facialis.Spasm.Statistics;

/// <summary>Quantiles of Student's t distribution.</summary>
internal static class StudentT
{
    private const double Normal975 = 1.959963984540054;

    /// <summary>
    /// 97.5 % quantile by the Cornish-Fisher expansion about the normal (Abramowitz and Stegun 26.7.5); within 0.5 % from
    /// 4 degrees of freedom on, exact below.
    /// </summary>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Quantile975(double degrees)
    {
        // Exact values, because the expansion is poor there.
        double[] few = [12.7062, 4.3027, 3.1824];
        if (degrees < 4)
        {
            return few[Math.Clamp((int)degrees, 1, 3) - 1];
        }

        const double x = Normal975;
        const double x2 = x * x;
        var g1 = ((x2 + 1) * x) / 4;
        var g2 = ((((5 * x2) + 16) * x2) + 3) * x / 96;
        var g3 = (((((3 * x2) + 19) * x2 + 17) * x2) - 15) * x / 384;
        var g4 = ((((((((79 * x2) + 776) * x2) + 1482) * x2) - 1920) * x2) - 945) * x / 92160;
        return x + (g1 / degrees) + (g2 / Math.Pow(degrees, 2)) + (g3 / Math.Pow(degrees, 3)) + (g4 / Math.Pow(degrees, 4));
    }
}
