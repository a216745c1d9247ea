using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.TimeCourse;

/// <summary>From levels within nerve endings to block and to residual force.</summary>
/// <remarks>Block = most z/(1+z) with z = (level/D50)^h: dose-response, onset, plateau and duration are this one curve.</remarks>
public static class BlockCurve
{
    // Four of them multiplied are still a number; beyond it a nerve ending is blocked whatever the digits.
    private const double Plenty = 1e70;

    /// <summary>Block of one nerve ending, 0 to the largest block.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="level">Level within it, U.</param>
    /// <param name="d50">This person's D50, U.</param>
    public static double BlockAt(in KernelConstants kernel, double level, double d50)
    {
        if (level <= 0)
        {
            return 0;
        }

        var z = Math.Pow(level / d50, kernel.Hill);
        // Far above D50 z may be too large for a number; the block is then the largest.
        return double.IsPositiveInfinity(z) ? kernel.BlockMost : kernel.BlockMost * z / (1 + z);
    }

    /// <summary>Powers (exposure/D50)^h of nerve endings: all that a day's block needs of them, worked out once per plan and person.</summary>
    internal static void Powers(in KernelConstants kernel, ReadOnlySpan<double> exposure, double d50, Span<double> powers)
    {
        // A level of 0 comes out as a power of 1e-304, which blocks nothing.
        exposure.CopyTo(powers);
        PortableVectors.Scale(powers, 1 / d50);
        PortableVectors.Log(powers);
        PortableVectors.Scale(powers, kernel.Hill);
        PortableVectors.Exp(powers);
        PortableVectors.Limit(powers, Plenty);
    }

    /// <summary>Power of the clock at a day: times a nerve ending's own power it is that ending's z.</summary>
    internal static double PowerOf(in KernelConstants kernel, double level) => level < 1e-300 ? 0 : PortableMath.Power(level, kernel.Hill);

    /// <summary>Turns days since the injection into powers of the clock, each as <see cref="PowerOf"/> gives it.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="clock">A person's clock.</param>
    /// <param name="days">The days; filled with the powers.</param>
    internal static void DaysToPowers(in KernelConstants kernel, ToxinClock clock, Span<double> days)
    {
        var (hill, least) = (new Vector<double>(kernel.Hill), new Vector<double>(1e-300));
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(days);
        foreach (ref var vector in vectors)
        {
            var level = clock.LevelAt(vector);
            var power = PortableMath.Exp(PortableMath.Log(Vector.Max(level, least)) * hill);
            vector = Vector.ConditionalSelect(Vector.LessThan(level, least), Vector<double>.Zero, power);
        }

        foreach (ref var day in days[(vectors.Length * Vector<double>.Count)..])
        {
            day = PowerOf(kernel, clock.LevelAt(day));
        }
    }

    /// <summary>Residual force of every muscle: 1 less the mean block of its nerve endings.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="powers">Powers of all nerve endings: the first of every muscle, then the second of every muscle, and so on.</param>
    /// <param name="clockPower">Power of the clock at that day, 0 to 1.</param>
    /// <param name="force">Filled; one for each muscle.</param>
    internal static void ResidualForce(in KernelConstants kernel, ReadOnlySpan<double> powers, double clockPower, Span<double> force)
    {
        var muscles = force.Length;
        var endplates = powers.Length / muscles;
        var scale = kernel.BlockMost / endplates;
        var m = 0;
        ArgumentOutOfRangeException.ThrowIfNotEqual(powers.Length, endplates * muscles);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clockPower, 1);
        if (Vector.IsHardwareAccelerated && endplates % 4 == 0)
        {
            // One lane for each muscle.
            var clock = new Vector<double>(clockPower);
            var (offset, factor) = (new Vector<double>(1 - kernel.BlockMost), new Vector<double>(scale));
            ref var first = ref MemoryMarshal.GetReference(powers);
            ref var result = ref MemoryMarshal.GetReference(force);
            for (; m <= muscles - Vector<double>.Count; m += Vector<double>.Count)
            {
                var free = Vector<double>.Zero;
                ref var four = ref Unsafe.Add(ref first, m);
                for (var q = 0; q < endplates; q += 4)
                {
                    // Dividing is what takes the time: 1/a + 1/b + 1/c + 1/d is worked out with one division for all four.
                    var a = OnePlus(ref four, 0, clock);
                    var b = OnePlus(ref four, muscles, clock);
                    var c = OnePlus(ref four, 2 * muscles, clock);
                    var d = OnePlus(ref four, 3 * muscles, clock);
                    var (ab, cd) = (a * b, c * d);
                    free += (((a + b) * cd) + ((c + d) * ab)) / (ab * cd);
                    four = ref Unsafe.Add(ref four, 4 * muscles);
                }

                Vector.StoreUnsafe(offset + (free * factor), ref result, (nuint)m);
            }
        }

        for (; m < muscles; m++)
        {
            // 1 - 1/(1+z) is z/(1+z) and holds for z too large for a number as well.
            var free = 0.0;
            for (var q = 0; q < endplates; q++)
            {
                free += 1 / (1 + (powers[(q * muscles) + m] * clockPower));
            }

            force[m] = 1 - kernel.BlockMost + (free * scale);
        }
    }

    private static Vector<double> OnePlus(ref double powers, int index, Vector<double> clock) =>
        Vector<double>.One + (Vector.LoadUnsafe(ref powers, (nuint)index) * clock);
}
