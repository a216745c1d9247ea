using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.TimeCourse;

/// <summary>Force and severity of the model's twelve muscles of sixteen nerve endings each, all of them at once: populations spend their time here.</summary>
/// <remarks>
/// Two rounds of nerve endings fill three vectors of eight, so that a lane belongs to one muscle. The sum of 1/(1+pc) over eight powers p is a
/// fraction of two polynomials in the clock c whose coefficients are sums of products of powers, worked out once: sums of positive numbers, so
/// nothing cancels. The same to the last bit on every machine, as <see cref="Arithmetic.PortableVectors"/> is.
/// </remarks>
internal readonly ref struct TwelveMuscles
{
    /// <summary>Vectors of work space that a constructor wants.</summary>
    public const int Room = 3 * Terms;

    private const int Muscles = 12;
    private const int Endings = 16;
    private const int Rounds = 8;

    // Of each of the three: coefficients of the lower polynomial from the highest down, then those of the upper one.
    private const int Terms = Rounds + Rounds - 1;

    private readonly Span<Vector512<double>> _terms;
    private readonly double _visibleFrom;
    private readonly double _offset;
    private readonly double _factor;

    /// <summary>Prepares a person under a plan.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="powers">Powers of all nerve endings, see <see cref="BlockCurve.ResidualForce"/>; none above <see cref="BlockCurve.Plenty"/>.</param>
    /// <param name="room">Work space, <see cref="Room"/> vectors.</param>
    public TwelveMuscles(in KernelConstants kernel, ReadOnlySpan<double> powers, Span<Vector512<double>> room)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(powers.Length, Endings * Muscles);
        (_offset, _factor, _visibleFrom) = (1 - kernel.BlockMost, kernel.BlockMost / Endings, kernel.VisibleFrom);
        _terms = room;
        var vectors = MemoryMarshal.Cast<double, Vector512<double>>(powers);
        for (var part = 0; part < 3; part++)
        {
            var (a1, a2, a3, a4) = OfFour(vectors[part], vectors[part + 3], vectors[part + 6], vectors[part + 9]);
            var (b1, b2, b3, b4) = OfFour(vectors[part + 12], vectors[part + 15], vectors[part + 18], vectors[part + 21]);
            var sums = room.Slice(part * Terms, Terms);
            sums[0] = a4 * b4;
            sums[1] = Vector512.FusedMultiplyAdd(a3, b4, a4 * b3);
            sums[2] = Vector512.FusedMultiplyAdd(a2, b4, Vector512.FusedMultiplyAdd(a3, b3, a4 * b2));
            sums[3] = Vector512.FusedMultiplyAdd(a1, b4, Vector512.FusedMultiplyAdd(a2, b3, Vector512.FusedMultiplyAdd(a3, b2, a4 * b1)));
            sums[4] = Vector512.FusedMultiplyAdd(a1, b3, Vector512.FusedMultiplyAdd(a2, b2, Vector512.FusedMultiplyAdd(a3, b1, a4 + b4)));
            sums[5] = Vector512.FusedMultiplyAdd(a1, b2, Vector512.FusedMultiplyAdd(a2, b1, a3 + b3));
            sums[6] = Vector512.FusedMultiplyAdd(a1, b1, a2 + b2);
            sums[7] = a1 + b1;
            for (var k = 1; k < Rounds; k++)
            {
                sums[Rounds - 1 + k] = sums[k] * k;
            }
        }
    }

    // Sums of products of one, two, three and four of four powers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> One, Vector512<double> Two, Vector512<double> Three, Vector512<double> Four) OfFour(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d)
    {
        // What is less blocks nothing, and its products would be too small for quick numbers.
        var least = Vector512.Create(1e-30);
        (a, b, c, d) = (Vector512.Max(a, least), Vector512.Max(b, least), Vector512.Max(c, least), Vector512.Max(d, least));
        Vector512<double> ab = a * b, cd = c * d;
        Vector512<double> firstSum = a + b, lastSum = c + d;
        return (firstSum + lastSum, Vector512.FusedMultiplyAdd(firstSum, lastSum, ab + cd), Vector512.FusedMultiplyAdd(ab, lastSum, cd * firstSum), ab * cd);
    }

    /// <summary>Whether so many are.</summary>
    public static bool Are(int muscles, int endings) => muscles == Muscles && endings == Endings;

    /// <summary>Residual force of each muscle at one time.</summary>
    /// <param name="clock">Power of the clock, 0 to 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Forces ForceAt(double clock)
    {
        var time = Vector512.Create(clock);
        ref var terms = ref MemoryMarshal.GetReference(_terms);
        var (a, b, c) = (FreeOfEight(ref terms, time), FreeOfEight(ref Unsafe.Add(ref terms, Terms), time), FreeOfEight(ref Unsafe.Add(ref terms, 2 * Terms), time));
        // The first round is a and the lower half of b, the second the rest.
        return new Forces(ForceOf(a.GetLower() + b.GetUpper()), ForceOf(a.GetUpper() + c.GetLower()), ForceOf(b.GetLower() + c.GetUpper()));
    }

    /// <summary>Severity, as <see cref="VisibleSpasm.Severity"/>, for an exponent of 2.</summary>
    /// <param name="forces">Residual forces.</param>
    /// <param name="weights">Weight times gain of each muscle.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double SeverityOf(in Forces forces, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, Muscles);
        ref var weight = ref MemoryMarshal.GetReference(weights);
        var sum = Seen(forces.First) * Vector256.LoadUnsafe(ref weight);
        sum = Vector256.FusedMultiplyAdd(Seen(forces.Second), Vector256.LoadUnsafe(ref weight, 4), sum);
        sum = Vector256.FusedMultiplyAdd(Seen(forces.Third), Vector256.LoadUnsafe(ref weight, 8), sum);
        // Written out: in which order a library adds the lanes is its own affair.
        var two = sum.GetLower() + sum.GetUpper();
        return (two[0] + two[1]) / ((1 - _visibleFrom) * (1 - _visibleFrom));
    }

    private Vector256<double> ForceOf(Vector256<double> free) =>
        Vector256.FusedMultiplyAdd(free, Vector256.Create(_factor), Vector256.Create(_offset));

    private Vector256<double> Seen(Vector256<double> force)
    {
        var above = Vector256.Max(force - Vector256.Create(_visibleFrom), Vector256<double>.Zero);
        return above * above;
    }

    // (8 + 7 e1 c + 6 e2 c^2 + ... + e7 c^7) / (1 + e1 c + ... + e8 c^8), e being the sums of products of one, two ... eight powers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> FreeOfEight(ref Vector512<double> terms, Vector512<double> clock)
    {
        var under = terms;
        under = Vector512.FusedMultiplyAdd(under, clock, Unsafe.Add(ref terms, 1));
        under = Vector512.FusedMultiplyAdd(under, clock, Unsafe.Add(ref terms, 2));
        under = Vector512.FusedMultiplyAdd(under, clock, Unsafe.Add(ref terms, 3));
        under = Vector512.FusedMultiplyAdd(under, clock, Unsafe.Add(ref terms, 4));
        under = Vector512.FusedMultiplyAdd(under, clock, Unsafe.Add(ref terms, 5));
        under = Vector512.FusedMultiplyAdd(under, clock, Unsafe.Add(ref terms, 6));
        under = Vector512.FusedMultiplyAdd(under, clock, Unsafe.Add(ref terms, 7));
        under = Vector512.FusedMultiplyAdd(under, clock, Vector512<double>.One);
        var over = Unsafe.Add(ref terms, 8);
        over = Vector512.FusedMultiplyAdd(over, clock, Unsafe.Add(ref terms, 9));
        over = Vector512.FusedMultiplyAdd(over, clock, Unsafe.Add(ref terms, 10));
        over = Vector512.FusedMultiplyAdd(over, clock, Unsafe.Add(ref terms, 11));
        over = Vector512.FusedMultiplyAdd(over, clock, Unsafe.Add(ref terms, 12));
        over = Vector512.FusedMultiplyAdd(over, clock, Unsafe.Add(ref terms, 13));
        over = Vector512.FusedMultiplyAdd(over, clock, Unsafe.Add(ref terms, 14));
        over = Vector512.FusedMultiplyAdd(over, clock, Vector512.Create((double)Rounds));
        return over / under;
    }

    /// <summary>Residual forces, four muscles each.</summary>
    internal readonly record struct Forces(Vector256<double> First, Vector256<double> Second, Vector256<double> Third)
    {
        public void CopyTo(Span<double> force)
        {
            First.CopyTo(force);
            Second.CopyTo(force[4..]);
            Third.CopyTo(force[8..]);
        }
    }
}
