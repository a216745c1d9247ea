using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.TimeCourse;

/// <summary>Force and severity of the model's twelve muscles of sixteen nerve endings each, all of them at once: populations spend their time here.</summary>
/// <remarks>
/// Two rounds of nerve endings fill three vectors of eight, so that a lane belongs to one muscle. The same to the last bit on every machine, as
/// <see cref="Arithmetic.PortableVectors"/> is.
/// </remarks>
internal readonly struct TwelveMuscles
{
    private const int Muscles = 12;
    private const int Endings = 16;
    private const int TwoRounds = 2 * Muscles;

    private readonly double _visibleFrom;
    private readonly double _offset;
    private readonly double _factor;

    public TwelveMuscles(in KernelConstants kernel)
    {
        (_offset, _factor, _visibleFrom) = (1 - kernel.BlockMost, kernel.BlockMost / Endings, kernel.VisibleFrom);
    }

    /// <summary>Whether so many are.</summary>
    public static bool Are(int muscles, int endings) => muscles == Muscles && endings == Endings;

    /// <summary>Residual force of each muscle at one time.</summary>
    /// <param name="powers">Powers of all nerve endings, see <see cref="BlockCurve.ResidualForce"/>.</param>
    /// <param name="clock">Power of the clock, 0 to 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Forces ForceAt(ReadOnlySpan<double> powers, double clock)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(powers.Length, Endings * Muscles);
        ref var first = ref MemoryMarshal.GetReference(powers);
        var time = Vector512.Create(clock);
        var (a, b, c) = (FreeOfEight(ref first, time), FreeOfEight(ref Unsafe.Add(ref first, 8), time), FreeOfEight(ref Unsafe.Add(ref first, 16), time));
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

    // Dividing is what takes the time: the sum of eight times 1/(1+z) is worked out with one division.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> FreeOfEight(ref double powers, Vector512<double> clock)
    {
        var (a, b) = (OnePlus(ref powers, 0, clock), OnePlus(ref powers, 1, clock));
        var (c, d) = (OnePlus(ref powers, 2, clock), OnePlus(ref powers, 3, clock));
        var (ab, cd) = (a * b, c * d);
        var firstFour = ab * cd;
        var overFirst = Vector512.FusedMultiplyAdd(a + b, cd, (c + d) * ab);
        (a, b) = (OnePlus(ref powers, 4, clock), OnePlus(ref powers, 5, clock));
        (c, d) = (OnePlus(ref powers, 6, clock), OnePlus(ref powers, 7, clock));
        (ab, cd) = (a * b, c * d);
        var lastFour = ab * cd;
        var overLast = Vector512.FusedMultiplyAdd(a + b, cd, (c + d) * ab);
        return Vector512.FusedMultiplyAdd(overFirst, lastFour, overLast * firstFour) / (firstFour * lastFour);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> OnePlus(ref double powers, int round, Vector512<double> clock) =>
        Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref powers, (nuint)(round * TwoRounds)), clock, Vector512<double>.One);

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
