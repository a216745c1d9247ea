namespace Facialis.VirtualPatient.Arithmetic;

/// <summary>Logarithm and exponential out of plus, times, divide and the fused product and sum alone: the same to the last bit on every machine.</summary>
/// <remarks>
/// The machine's own functions may differ in the last bit, which could turn a choice. A fused product and sum rounds once and is the same
/// everywhere, in software where the machine has none. Accurate to about 1e-15, relative. <see cref="PortableVectors"/> does the same to eight
/// numbers at once, step by step: a change here is a change there.
/// </remarks>
internal static class PortableMath
{
    internal const double Log2High = 0.693147180369123816490;
    internal const double Log2Low = 1.90821492927058770002e-10;
    internal const double PerLog2 = 1.4426950408889634;
    internal const double Root2 = 1.4142135623730951;

    /// <summary>Adding it puts a whole number into the last bits of a double, and taking it away gives the number back.</summary>
    internal const double Whole = 6755399441055744.0;

    /// <summary>Smallest and largest power of e.</summary>
    internal const double MostPower = 700;

    /// <summary>Natural logarithm of a normal, positive number.</summary>
    public static double Log(double x)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x, 2.3e-308);
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (double)((bits >> 52) - 1023);
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > Root2)
        {
            mantissa *= 0.5;
            exponent++;
        }

        // log m = 2 artanh((m-1)/(m+1)), a series that is short since m is near 1.
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 1.0 / 19;
        sum = Math.FusedMultiplyAdd(sum, square, 1.0 / 17);
        sum = Math.FusedMultiplyAdd(sum, square, 1.0 / 15);
        sum = Math.FusedMultiplyAdd(sum, square, 1.0 / 13);
        sum = Math.FusedMultiplyAdd(sum, square, 1.0 / 11);
        sum = Math.FusedMultiplyAdd(sum, square, 1.0 / 9);
        sum = Math.FusedMultiplyAdd(sum, square, 1.0 / 7);
        sum = Math.FusedMultiplyAdd(sum, square, 1.0 / 5);
        sum = Math.FusedMultiplyAdd(sum, square, 1.0 / 3);
        var twice = s + s;
        var tail = Math.FusedMultiplyAdd(twice, sum * square, exponent * Log2Low);
        return Math.FusedMultiplyAdd(exponent, Log2High, tail + twice);
    }

    /// <summary>e to a power; powers beyond -700 and 700 count as these.</summary>
    public static double Exp(double x)
    {
        x = Math.Clamp(x, -MostPower, MostPower);
        var shifted = Math.FusedMultiplyAdd(x, PerLog2, Whole);
        var k = shifted - Whole;
        var rest = Math.FusedMultiplyAdd(-k, Log2Low, Math.FusedMultiplyAdd(-k, Log2High, x));
        var sum = 1.0 / 479001600;
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 39916800);
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 3628800);
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 362880);
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 40320);
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 5040);
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 720);
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 120);
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 24);
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 6);
        sum = Math.FusedMultiplyAdd(sum, rest, 1.0 / 2);
        sum = Math.FusedMultiplyAdd(sum, rest, 1);
        sum = Math.FusedMultiplyAdd(sum, rest, 1);

        // The last bits of the shifted number are k: moved into the exponent they make 2^k.
        return sum * BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(shifted) << 52) + BitConverter.DoubleToInt64Bits(1));
    }

    /// <summary>A positive number to a power.</summary>
    public static double Power(double x, double exponent) => Exp(exponent * Log(x));

    /// <summary>1/(1+e^-x).</summary>
    public static double Logistic(double x) => x >= 0 ? 1 / (1 + Exp(-x)) : Exp(x) / (1 + Exp(x));
}
