using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Facialis.VirtualPatient.Arithmetic;

/// <summary>Many numbers to one power, the same to the last bit on every machine: what a plan's score spends its time on.</summary>
/// <remarks>
/// By logarithms and exponentials of base 2, which need no constant of a base in between. The four divisions of 32 numbers are one: the last bits of
/// a result depend on its neighbours among the 32, and on nothing else. Accurate to about 1e-14, relative.
/// </remarks>
internal static class PortablePowers
{
    private const int Group = 4 * PortableVectors.Lanes;
    private const double Whole = PortableMath.Whole;
    private const long One = 0x3FF0_0000_0000_0000;

    /// <summary>Bits of the root of one half: mantissas go from there to the root of two.</summary>
    private const long RootHalf = 0x3FE6_A09E_667F_3BCD;

    /// <summary>Raises each number times a factor.</summary>
    /// <param name="values">The numbers; below 1e-300 they count as that. Filled with the results.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="exponent">The power.</param>
    /// <param name="most">Largest result, 1 to 1e300.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Raise(Span<double> values, double factor, double exponent, double most)
    {
        var power = new Power(Vector512.Create(factor), Vector512.Create(exponent), Vector512.Create(Math.Log2(most)));
        var vectors = MemoryMarshal.Cast<double, Vector512<double>>(values);
        var i = 0;
        for (; i <= vectors.Length - 4; i += 4)
        {
            power.RaiseFour(ref vectors[i]);
        }

        var rest = values[(i * PortableVectors.Lanes)..];
        if (rest.Length > 0)
        {
            Span<double> padded = stackalloc double[Group];
            padded.Fill(1);
            rest.CopyTo(padded);
            power.RaiseFour(ref MemoryMarshal.Cast<double, Vector512<double>>(padded)[0]);
            padded[..rest.Length].CopyTo(rest);
        }
    }

    private readonly struct Power(Vector512<double> factor, Vector512<double> exponent, Vector512<double> most)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void RaiseFour(ref Vector512<double> first)
        {
            ref var second = ref Unsafe.Add(ref first, 1);
            ref var third = ref Unsafe.Add(ref first, 2);
            ref var fourth = ref Unsafe.Add(ref first, 3);
            var (a, aExponent) = Split(first * factor);
            var (b, bExponent) = Split(second * factor);
            var (c, cExponent) = Split(third * factor);
            var (d, dExponent) = Split(fourth * factor);
            var one = Vector512<double>.One;
            Vector512<double> aPlus = a + one, bPlus = b + one, cPlus = c + one, dPlus = d + one;
            var (ab, cd) = (aPlus * bPlus, cPlus * dPlus);
            var inverse = one / (ab * cd);
            var (perAb, perCd) = (inverse * cd, inverse * ab);
            first = Of((a - one) * (perAb * bPlus), aExponent);
            second = Of((b - one) * (perAb * aPlus), bExponent);
            third = Of((c - one) * (perCd * dPlus), cExponent);
            fourth = Of((d - one) * (perCd * cPlus), dExponent);
        }

        // A number is 2^exponent times a mantissa between the roots of one half and of two.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (Vector512<double> Mantissa, Vector512<double> Exponent) Split(Vector512<double> x)
        {
            var bits = Vector512.Max(x, Vector512.Create(1e-300)).AsInt64();
            var biased = Vector512.ShiftRightLogical(bits + Vector512.Create(One - RootHalf), 52);
            var exponent = (biased + Vector512.Create(Whole).AsInt64()).AsDouble() - Vector512.Create(Whole + 1023);
            var mantissa = (bits - Vector512.ShiftLeft(biased, 52) + Vector512.Create(One)).AsDouble();
            return (mantissa, exponent);
        }

        // From s = (m-1)/(m+1): the logarithm is exponent + 2/ln 2 artanh s.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<double> Of(Vector512<double> s, Vector512<double> binary)
        {
            var square = s * s;
            var log = Vector512.Create(0.15186263588304877);
            log = Vector512.FusedMultiplyAdd(log, square, Vector512.Create(0.16972882833987804));
            log = Vector512.FusedMultiplyAdd(log, square, Vector512.Create(0.19235933878519512));
            log = Vector512.FusedMultiplyAdd(log, square, Vector512.Create(0.22195308321368667));
            log = Vector512.FusedMultiplyAdd(log, square, Vector512.Create(0.2623081892525388));
            log = Vector512.FusedMultiplyAdd(log, square, Vector512.Create(0.3205988979753252));
            log = Vector512.FusedMultiplyAdd(log, square, Vector512.Create(0.4121985831111324));
            log = Vector512.FusedMultiplyAdd(log, square, Vector512.Create(0.5770780163555853));
            log = Vector512.FusedMultiplyAdd(log, square, Vector512.Create(0.9617966939259756));
            log = Vector512.FusedMultiplyAdd(log, square, Vector512.Create(2.8853900817779268));
            var wanted = Vector512.FusedMultiplyAdd(log, s, binary) * exponent;
            wanted = Vector512.Min(Vector512.Max(wanted, Vector512.Create(-1000.0)), most);
            var shifted = wanted + Vector512.Create(Whole);
            var rest = wanted - (shifted - Vector512.Create(Whole));
            var sum = Vector512.Create(2.5678435993488206e-11);
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(4.4455382718708116e-10));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(7.054911620801123e-09));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.01780860092397e-07));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.321548679014431e-06));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.5252733804059841e-05));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.0001540353039338161));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.0013333558146428443));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.009618129107628477));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.05550410866482158));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.24022650695910072));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.6931471805599453));
            sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512<double>.One);

            // The last bits of the shifted number are the whole power: moved into the exponent they make it.
            return sum * (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512<double>.One.AsInt64()).AsDouble();
        }
    }
}
