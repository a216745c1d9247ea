namespace Facialis.VirtualPatient.Arithmetic;

/// <summary>Logarithm and exponential out of plus, minus, times and divide alone: the same to the last bit on every machine.</summary>
/// <remarks>The machine's own functions may differ in the last bit, which could turn a choice. Accurate to about 1e-15, relative.</remarks>
internal static class PortableMath
{
    private const double Log2High = 0.693147180369123816490;
    private const double Log2Low = 1.90821492927058770002e-10;
    private const double RootHalf = 0.70710678118654752440;

    /// <summary>Natural logarithm of a normal, positive number.</summary>
    public static double Log(double x)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x, 2.3e-308);
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1022;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FE0_0000_0000_0000);
        if (mantissa < RootHalf)
        {
            mantissa *= 2;
            exponent--;
        }

        // log m = 2 artanh((m-1)/(m+1)), a series that is short since m is near 1.
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 0.0;
        for (var k = 23; k >= 3; k -= 2)
        {
            sum = (sum + (1.0 / k)) * square;
        }

        return (exponent * Log2High) + ((exponent * Log2Low) + (2 * s * sum) + (2 * s));
    }

    /// <summary>e to a power between -700 and 700; beyond these 0 or the value at 700.</summary>
    public static double Exp(double x)
    {
        if (x < -700)
        {
            return 0;
        }

        x = Math.Min(x, 700);
        var k = Math.Floor((x / (Log2High + Log2Low)) + 0.5);
        var rest = x - (k * Log2High) - (k * Log2Low);
        var sum = 1.0;
        for (var n = 16; n >= 1; n--)
        {
            sum = 1 + (rest / n * sum);
        }

        return sum * BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
    }

    /// <summary>A positive number to a power.</summary>
    public static double Power(double x, double exponent) => Exp(exponent * Log(x));

    /// <summary>1/(1+e^-x).</summary>
    public static double Logistic(double x) => x >= 0 ? 1 / (1 + Exp(-x)) : Exp(x) / (1 + Exp(x));
}
