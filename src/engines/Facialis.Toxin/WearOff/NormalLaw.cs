namespace Facialis.Toxin;

/// <summary>The standard normal distribution.</summary>
internal static class NormalLaw
{
    private const double RootOfTwoPi = 2.5066282746310002;

    /// <summary>Beyond this many standard deviations nothing is left that a number here could hold.</summary>
    private const double Far = 37;

    public static double Density(double z) => Math.Exp(-0.5 * z * z) / RootOfTwoPi;

    /// <summary>Share of the distribution below z.</summary>
    /// <remarks>Series near the middle, continued fraction in the tails (Abramowitz and Stegun 26.2.10 and 26.2.14); about 14 digits.</remarks>
    public static double Below(double z) => z > 0 ? 1 - Tail(z) : Tail(-z);

    /// <summary>Share above z.</summary>
    public static double Above(double z) => Below(-z);

    private static double Tail(double z)
    {
        if (z >= Far)
        {
            return 0;
        }

        if (z < 2.5)
        {
            var (term, sum) = (z, z);
            for (var n = 1; Math.Abs(term) > 1e-17; n++)
            {
                term *= z * z / ((2 * n) + 1);
                sum += term;
            }

            return 0.5 - (Density(z) * sum);
        }

        var fraction = z;
        for (var n = 60; n >= 1; n--)
        {
            fraction = z + (n / fraction);
        }

        return Density(z) / fraction;
    }
}
