using System.Numerics;
using System.Runtime.InteropServices;

namespace Facialis.VirtualPatient.Arithmetic;

/// <summary>Exponentials and logarithms of many numbers at once, as <see cref="PortableMath"/> does them: the same to the last bit on every machine.</summary>
/// <remarks>
/// The library's own vector functions may fuse a product and a sum or not, from machine to machine and even from a program's first second to its
/// next, when the compiler comes back to them; a score must not depend on that. Each number's result depends on that number alone.
/// </remarks>
internal static class PortableVectors
{
    private const double Whole = PortableMath.Whole;
    private const double Log2High = PortableMath.Log2High;
    private const double Log2Low = PortableMath.Log2Low;
    private const double Root2 = 1.4142135623730951;

    /// <summary>e to each power; powers beyond -700 and 700 count as these.</summary>
    public static void Exp(Span<double> values) => ForEach<Exponential>(values);

    private readonly struct Exponential : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x)
        {
            x = Vector.Min(Vector.Max(x, new Vector<double>(-700)), new Vector<double>(700));
            var shifted = (x * (1 / (Log2High + Log2Low))) + new Vector<double>(Whole);
            var k = shifted - new Vector<double>(Whole);
            var rest = x - (k * Log2High) - (k * Log2Low);
            // Constants are written out: looked up or divided anew they would cost more than the sum.
            var sum = new Vector<double>(1.0 / 6227020800);
            sum = (sum * rest) + new Vector<double>(1.0 / 479001600);
            sum = (sum * rest) + new Vector<double>(1.0 / 39916800);
            sum = (sum * rest) + new Vector<double>(1.0 / 3628800);
            sum = (sum * rest) + new Vector<double>(1.0 / 362880);
            sum = (sum * rest) + new Vector<double>(1.0 / 40320);
            sum = (sum * rest) + new Vector<double>(1.0 / 5040);
            sum = (sum * rest) + new Vector<double>(1.0 / 720);
            sum = (sum * rest) + new Vector<double>(1.0 / 120);
            sum = (sum * rest) + new Vector<double>(1.0 / 24);
            sum = (sum * rest) + new Vector<double>(1.0 / 6);
            sum = (sum * rest) + new Vector<double>(1.0 / 2);
            sum = (sum * rest) + new Vector<double>(1.0);
            sum = (sum * rest) + new Vector<double>(1.0);

            // The last bits of the shifted number are k: moved into the exponent they make 2^k.
            return sum * Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(shifted), 52) + Vector.AsVectorInt64(Vector<double>.One));
        }
    }

    /// <summary>Natural logarithm of each number; numbers below 1e-300 count as that.</summary>
    public static void Log(Span<double> values) => ForEach<Logarithm>(values);

    private readonly struct Logarithm : IVectorFunction
    {
        public static Vector<double> Of(Vector<double> x)
        {
            var bits = Vector.AsVectorInt64(Vector.Max(x, new Vector<double>(1e-300)));
            var one = Vector.AsVectorInt64(Vector<double>.One);
            var mantissa = Vector.AsVectorDouble((bits & new Vector<long>(0x000F_FFFF_FFFF_FFFF)) | one);
            var whole = Vector.AsVectorInt64(new Vector<double>(Whole));
            var exponent = Vector.AsVectorDouble(Vector.ShiftRightLogical(bits, 52) + whole) - new Vector<double>(Whole + 1023);
            var large = Vector.GreaterThan(mantissa, new Vector<double>(Root2));
            mantissa = Vector.ConditionalSelect(large, mantissa * 0.5, mantissa);
            exponent = Vector.ConditionalSelect(large, exponent + Vector<double>.One, exponent);
            var s = (mantissa - Vector<double>.One) / (mantissa + Vector<double>.One);
            var square = s * s;
            return (exponent * Log2High) + ((exponent * Log2Low) + (s * PortableMath.ArtanhTail(square) * 2) + (s * 2));
        }
    }

    /// <summary>Adds a multiple of some numbers to others.</summary>
    public static void AddMultiple(ReadOnlySpan<double> values, double factor, Span<double> sums)
    {
        var from = MemoryMarshal.Cast<double, Vector<double>>(values);
        var to = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (var i = 0; i < from.Length; i++)
        {
            to[i] += from[i] * factor;
        }

        for (var i = from.Length * Vector<double>.Count; i < values.Length; i++)
        {
            sums[i] += values[i] * factor;
        }
    }

    /// <summary>Squares of the distances of many places from one, times a factor.</summary>
    public static void SquaredDistances(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double fromX, double fromY, double factor, Span<double> squares)
    {
        var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        var ys = MemoryMarshal.Cast<double, Vector<double>>(y);
        var to = MemoryMarshal.Cast<double, Vector<double>>(squares);
        for (var i = 0; i < to.Length; i++)
        {
            var (dx, dy) = (xs[i] - new Vector<double>(fromX), ys[i] - new Vector<double>(fromY));
            to[i] = ((dx * dx) + (dy * dy)) * factor;
        }

        for (var i = to.Length * Vector<double>.Count; i < squares.Length; i++)
        {
            var (dx, dy) = (x[i] - fromX, y[i] - fromY);
            squares[i] = ((dx * dx) + (dy * dy)) * factor;
        }
    }

    /// <summary>Makes larger numbers that large.</summary>
    public static void Limit(Span<double> values, double most)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        foreach (ref var vector in vectors)
        {
            vector = Vector.Min(vector, new Vector<double>(most));
        }

        for (var i = vectors.Length * Vector<double>.Count; i < values.Length; i++)
        {
            values[i] = Math.Min(values[i], most);
        }
    }

    /// <summary>Multiplies each number.</summary>
    public static void Scale(Span<double> values, double factor)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        foreach (ref var vector in vectors)
        {
            vector *= factor;
        }

        for (var i = vectors.Length * Vector<double>.Count; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }

    private interface IVectorFunction
    {
        static abstract Vector<double> Of(Vector<double> x);
    }

    private static void ForEach<TFunction>(Span<double> values) where TFunction : struct, IVectorFunction
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        foreach (ref var vector in vectors)
        {
            vector = TFunction.Of(vector);
        }

        var rest = values[(vectors.Length * Vector<double>.Count)..];
        if (rest.Length > 0)
        {
            Span<double> padded = stackalloc double[Vector<double>.Count];
            padded.Fill(1);
            rest.CopyTo(padded);
            TFunction.Of(new Vector<double>(padded)).CopyTo(padded);
            padded[..rest.Length].CopyTo(rest);
        }
    }
}
