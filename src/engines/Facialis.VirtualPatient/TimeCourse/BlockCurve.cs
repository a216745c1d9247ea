using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.TimeCourse;

/// <summary>From levels within nerve endings to block and to residual force.</summary>
/// <remarks>Block = most z/(1+z) with z = (level/D50)^h: dose-response, onset, plateau and duration are this one curve.</remarks>
public static class BlockCurve
{
    /// <summary>Power beyond which a nerve ending is blocked whatever the digits; eight of them multiplied are still a number.</summary>
    internal const double Plenty = 1e35;

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
        // A level of 0 comes out as a power of 1e-304 at most, which blocks nothing.
        exposure.CopyTo(powers);
        PortablePowers.Raise(powers, 1 / d50, kernel.Hill, Plenty);
    }

    /// <summary>Power of the clock at a day: times a nerve ending's own power it is that ending's z.</summary>
    internal static double PowerOf(in KernelConstants kernel, double level) => level < 1e-300 ? 0 : PortableMath.Power(level, kernel.Hill);

    /// <summary>Turns days since the injection into powers of the clock, each as <see cref="PowerOf"/> gives it.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="clock">A person's clock.</param>
    /// <param name="days">The days; filled with the powers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void DaysToPowers(in KernelConstants kernel, ToxinClock clock, Span<double> days)
    {
        var (hill, least) = (Vector512.Create(kernel.Hill), Vector512.Create(1e-300));
        var vectors = MemoryMarshal.Cast<double, Vector512<double>>(days);
        foreach (ref var vector in vectors)
        {
            var level = clock.LevelAt(vector);
            var power = PortableVectors.Exp(PortableVectors.Log(level) * hill);
            vector = Vector512.ConditionalSelect(Vector512.LessThan(level, least), Vector512<double>.Zero, power);
        }

        foreach (ref var day in days[(vectors.Length * PortableVectors.Lanes)..])
        {
            day = PowerOf(kernel, clock.LevelAt(day));
        }
    }

    /// <summary>Residual force of every muscle: 1 less the mean block of its nerve endings.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="powers">Powers of all nerve endings: the first of every muscle, then the second of every muscle, and so on.</param>
    /// <param name="clockPower">Power of the clock at that day, 0 to 1.</param>
    /// <param name="force">Filled; one for each muscle.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ResidualForce(in KernelConstants kernel, ReadOnlySpan<double> powers, double clockPower, Span<double> force)
    {
        var muscles = force.Length;
        var endplates = powers.Length / muscles;
        var scale = kernel.BlockMost / endplates;
        ArgumentOutOfRangeException.ThrowIfNotEqual(powers.Length, endplates * muscles);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clockPower, 1);
        if (TwelveMuscles.Are(muscles, endplates))
        {
            new TwelveMuscles(kernel, powers, stackalloc Vector512<double>[TwelveMuscles.Room]).ForceAt(clockPower).CopyTo(force);
            return;
        }

        for (var m = 0; m < muscles; m++)
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
}
