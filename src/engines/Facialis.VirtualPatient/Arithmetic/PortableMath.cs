using System.Numerics;
using System.Runtime.CompilerServices;

namespace Facialis.VirtualPatient.Arithmetic;

/// <summary>Logarithm and exponential out of plus, minus, times and divide alone: the same to the last bit on every machine.</summary>
/// <remarks>The machine's own functions may differ in the last bit, which could turn a choice. Accurate to about 1e-15, relative.</remarks>
internal static class PortableMath
{
    internal const double Log2High = 0.693147180369123816490;
    internal const double Log2Low = 1.90821492927058770002e-10;

    /// <summary>Adding it puts a whole number into the last bits of a double, and taking it away gives the number back.</summary>
    internal const double Whole = 6755399441055744.0;

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

    /// <summary>The same logarithm of several numbers, to the last bit.</summary>
    public static Vector<double> Log(Vector<double> x)
    {
        var bits = Vector.AsVectorInt64(x);
        var whole = new Vector<double>(Whole);
        var exponent = Vector.AsVectorDouble(Vector.ShiftRightLogical(bits, 52) + Vector.AsVectorInt64(whole)) - whole - new Vector<double>(1022);
        var mantissa = Vector.AsVectorDouble((bits & new Vector<long>(0x000F_FFFF_FFFF_FFFF)) | new Vector<long>(0x3FE0_0000_0000_0000));
        var small = Vector.LessThan(mantissa, new Vector<double>(RootHalf));
        mantissa = Vector.ConditionalSelect(small, mantissa * 2, mantissa);
        exponent = Vector.ConditionalSelect(small, exponent - Vector<double>.One, exponent);
        var s = (mantissa - Vector<double>.One) / (mantissa + Vector<double>.One);
        var square = s * s;
        return (exponent * Log2High) + ((exponent * Log2Low) + (2 * s * ArtanhTail(square)) + (2 * s));
    }

    /// <summary>The series of artanh(s)/s after its 1, from the square of s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> ArtanhTail(Vector<double> square)
    {
        // Constants are written out: divided anew they would cost more than the sum.
        var sum = new Vector<double>(1.0 / 23) * square;
        sum = (sum + new Vector<double>(1.0 / 21)) * square;
        sum = (sum + new Vector<double>(1.0 / 19)) * square;
        sum = (sum + new Vector<double>(1.0 / 17)) * square;
        sum = (sum + new Vector<double>(1.0 / 15)) * square;
        sum = (sum + new Vector<double>(1.0 / 13)) * square;
        sum = (sum + new Vector<double>(1.0 / 11)) * square;
        sum = (sum + new Vector<double>(1.0 / 9)) * square;
        sum = (sum + new Vector<double>(1.0 / 7)) * square;
        sum = (sum + new Vector<double>(1.0 / 5)) * square;
        return (sum + new Vector<double>(1.0 / 3)) * square;
    }

    /// <summary>The same exponential of several numbers, to the last bit.</summary>
    public static Vector<double> Exp(Vector<double> x)
    {
        var none = Vector.LessThan(x, new Vector<double>(-700));
        x = Vector.Min(x, new Vector<double>(700));
        var k = Vector.Floor((x / new Vector<double>(Log2High + Log2Low)) + new Vector<double>(0.5));
        var rest = x - (k * Log2High) - (k * Log2Low);
        // Dividing by a power of two is multiplying, to the last bit.
        var one = Vector<double>.One;
        var sum = one + (rest * 0.0625);
        sum = one + (rest / new Vector<double>(15.0) * sum);
        sum = one + (rest / new Vector<double>(14.0) * sum);
        sum = one + (rest / new Vector<double>(13.0) * sum);
        sum = one + (rest / new Vector<double>(12.0) * sum);
        sum = one + (rest / new Vector<double>(11.0) * sum);
        sum = one + (rest / new Vector<double>(10.0) * sum);
        sum = one + (rest / new Vector<double>(9.0) * sum);
        sum = one + (rest * 0.125 * sum);
        sum = one + (rest / new Vector<double>(7.0) * sum);
        sum = one + (rest / new Vector<double>(6.0) * sum);
        sum = one + (rest / new Vector<double>(5.0) * sum);
        sum = one + (rest * 0.25 * sum);
        sum = one + (rest / new Vector<double>(3.0) * sum);
        sum = one + (rest * 0.5 * sum);
        sum = one + (rest * sum);
        // The last bits of the shifted number are k: moved into the exponent they make 2^k.
        var shifted = Vector.AsVectorInt64(k + new Vector<double>(Whole));
        var power = Vector.AsVectorDouble(Vector.ShiftLeft(shifted, 52) + Vector.AsVectorInt64(Vector<double>.One));
        return Vector.ConditionalSelect(none, Vector<double>.Zero, sum * power);
    }

    /// <summary>A positive number to a power.</summary>
    public static double Power(double x, double exponent) => Exp(exponent * Log(x));

    /// <summary>1/(1+e^-x).</summary>
    public static double Logistic(double x) => x >= 0 ? 1 / (1 + Exp(-x)) : Exp(x) / (1 + Exp(x));
}
