using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Facialis.VirtualPatient.Arithmetic;

/// <summary>Exponentials and logarithms of many numbers at once, as <see cref="PortableMath"/> does them: the same to the last bit on every machine.</summary>
/// <remarks>
/// The library's own vector functions may fuse a product and a sum or not, from machine to machine and even from a program's first second to its
/// next, when the compiler comes back to them; a score must not depend on that. Here each is fused by name. Each number's result depends on that
/// number alone, so the eight lanes may be two or four narrower vectors where the machine has no wider ones.
/// </remarks>
internal static class PortableVectors
{
    /// <summary>Numbers worked on at once.</summary>
    public const int Lanes = 8;

    private const double Whole = PortableMath.Whole;

    /// <summary>e to each power; powers beyond -700 and 700 count as these.</summary>
    public static void Exp(Span<double> values) => ForEach<Exponential>(values);

    /// <summary>Natural logarithm of each number; numbers below 1e-300 count as that.</summary>
    public static void Log(Span<double> values) => ForEach<Logarithm>(values);

    /// <summary>e to each power; powers beyond -700 and 700 count as these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(-PortableMath.MostPower)), Vector512.Create(PortableMath.MostPower));
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(PortableMath.PerLog2), Vector512.Create(Whole));
        var k = Vector512.Create(Whole) - shifted;
        var rest = Vector512.FusedMultiplyAdd(
            k, Vector512.Create(PortableMath.Log2Low), Vector512.FusedMultiplyAdd(k, Vector512.Create(PortableMath.Log2High), x));
        var sum = Vector512.Create(1.0 / 479001600);
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 39916800));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 3628800));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 362880));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 40320));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 5040));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 720));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 120));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 24));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 6));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.0 / 2));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512<double>.One);
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512<double>.One);
        return sum * (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512<double>.One.AsInt64()).AsDouble();
    }

    /// <summary>Natural logarithm of each number; numbers below 1e-300 count as that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        var bits = Vector512.Max(x, Vector512.Create(1e-300)).AsInt64();
        var one = Vector512<double>.One;
        var mantissa = ((bits & Vector512.Create(0x000F_FFFF_FFFF_FFFF)) | one.AsInt64()).AsDouble();
        var exponent = (Vector512.ShiftRightLogical(bits, 52) + Vector512.Create(Whole).AsInt64()).AsDouble() - Vector512.Create(Whole + 1023);
        var large = Vector512.GreaterThan(mantissa, Vector512.Create(PortableMath.Root2));
        mantissa = Vector512.ConditionalSelect(large, mantissa * 0.5, mantissa);
        exponent = Vector512.ConditionalSelect(large, exponent + one, exponent);
        var s = (mantissa - one) / (mantissa + one);
        var square = s * s;
        var sum = Vector512.Create(1.0 / 19);
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.0 / 17));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.0 / 15));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.0 / 13));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.0 / 11));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.0 / 9));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.0 / 7));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.0 / 5));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(1.0 / 3));
        var twice = s + s;
        var tail = Vector512.FusedMultiplyAdd(twice, sum * square, exponent * Vector512.Create(PortableMath.Log2Low));
        return Vector512.FusedMultiplyAdd(exponent, Vector512.Create(PortableMath.Log2High), tail + twice);
    }

    /// <summary>Adds a multiple of some numbers to others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultiple(ReadOnlySpan<double> values, double factor, Span<double> sums)
    {
        var from = MemoryMarshal.Cast<double, Vector512<double>>(values);
        var to = MemoryMarshal.Cast<double, Vector512<double>>(sums);
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = Vector512.FusedMultiplyAdd(from[i], Vector512.Create(factor), to[i]);
        }

        for (var i = from.Length * Lanes; i < values.Length; i++)
        {
            sums[i] = Math.FusedMultiplyAdd(values[i], factor, sums[i]);
        }
    }

    /// <summary>Adds the squares of some numbers to others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquares(ReadOnlySpan<double> values, Span<double> sums)
    {
        var from = MemoryMarshal.Cast<double, Vector512<double>>(values);
        var to = MemoryMarshal.Cast<double, Vector512<double>>(sums);
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = Vector512.FusedMultiplyAdd(from[i], from[i], to[i]);
        }

        for (var i = from.Length * Lanes; i < values.Length; i++)
        {
            sums[i] = Math.FusedMultiplyAdd(values[i], values[i], sums[i]);
        }
    }

    /// <summary>Adds height e^(steepness d^2) to each sum, d being the distance of its place from one place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddBells(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double fromX, double fromY, double steepness, double height, Span<double> sums)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, sums.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, sums.Length);
        var bell = new Bell(Vector512.Create(fromX), Vector512.Create(fromY), Vector512.Create(steepness), Vector512.Create(height));
        var xs = MemoryMarshal.Cast<double, Vector512<double>>(x);
        var ys = MemoryMarshal.Cast<double, Vector512<double>>(y);
        var to = MemoryMarshal.Cast<double, Vector512<double>>(sums);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = bell.AddedTo(to[i], xs[i], ys[i]);
        }

        for (var i = to.Length * Lanes; i < sums.Length; i++)
        {
            var (dx, dy) = (x[i] - fromX, y[i] - fromY);
            var square = Math.FusedMultiplyAdd(dx, dx, dy * dy);
            sums[i] = Math.FusedMultiplyAdd(PortableMath.Exp(square * steepness), height, sums[i]);
        }
    }

    private interface IVectorFunction
    {
        static abstract Vector512<double> Of(Vector512<double> x);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForEach<TFunction>(Span<double> values) where TFunction : struct, IVectorFunction
    {
        var vectors = MemoryMarshal.Cast<double, Vector512<double>>(values);
        foreach (ref var vector in vectors)
        {
            vector = TFunction.Of(vector);
        }

        var rest = values[(vectors.Length * Lanes)..];
        if (rest.Length > 0)
        {
            Span<double> padded = stackalloc double[Lanes];
            padded.Fill(1);
            rest.CopyTo(padded);
            TFunction.Of(Vector512.Create<double>(padded)).CopyTo(padded);
            padded[..rest.Length].CopyTo(rest);
        }
    }

    private readonly struct Exponential : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> x) => Exp(x);
    }

    private readonly struct Logarithm : IVectorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> x) => Log(x);
    }

    private readonly struct Bell(Vector512<double> fromX, Vector512<double> fromY, Vector512<double> steepness, Vector512<double> height)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> AddedTo(Vector512<double> sum, Vector512<double> x, Vector512<double> y)
        {
            var (dx, dy) = (x - fromX, y - fromY);
            var square = Vector512.FusedMultiplyAdd(dx, dx, dy * dy);
            return Vector512.FusedMultiplyAdd(Exp(square * steepness), height, sum);
        }
    }
}
