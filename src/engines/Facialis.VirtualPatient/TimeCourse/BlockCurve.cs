using System.Numerics;
using System.Numerics.Tensors;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.TimeCourse;

/// <summary>From levels within nerve endings to block and to residual force.</summary>
/// <remarks>Block = most z/(1+z) with z = (level/D50)^h: dose-response, onset, plateau and duration are this one curve.</remarks>
public static class BlockCurve
{
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
        // A level of 0 has the logarithm minus infinity and the power 0, which is right.
        TensorPrimitives.Multiply(exposure, 1 / d50, powers);
        TensorPrimitives.Log(powers, powers);
        TensorPrimitives.Multiply(powers, kernel.Hill, powers);
        TensorPrimitives.Exp(powers, powers);
    }

    /// <summary>Power of the clock at a day: times a nerve ending's own power it is that ending's z.</summary>
    internal static double PowerOf(in KernelConstants kernel, double level) => level <= 0 ? 0 : Math.Pow(level, kernel.Hill);

    /// <summary>Mean block of a muscle's nerve endings.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="powers">Their powers.</param>
    /// <param name="clockPower">Power of the clock at that day.</param>
    internal static double MeanBlock(in KernelConstants kernel, ReadOnlySpan<double> powers, double clockPower)
    {
        // 1 - 1/(1+z) is z/(1+z) and holds for z too large for a number as well.
        var free = 0.0;
        var i = 0;
        var lanes = Vector<double>.Count;
        if (Vector.IsHardwareAccelerated && powers.Length >= lanes)
        {
            var clock = new Vector<double>(clockPower);
            var sum = Vector<double>.Zero;
            for (; i <= powers.Length - (4 * lanes); i += 4 * lanes)
            {
                // Dividing is what takes the time: 1/a + 1/b + 1/c + 1/d is worked out with one division for all four.
                var a = OnePlus(powers[i..], clock);
                var b = OnePlus(powers[(i + lanes)..], clock);
                var c = OnePlus(powers[(i + (2 * lanes))..], clock);
                var d = OnePlus(powers[(i + (3 * lanes))..], clock);
                var (ab, cd) = (a * b, c * d);
                sum += (((a + b) * cd) + ((c + d) * ab)) / (ab * cd);
            }

            for (; i <= powers.Length - lanes; i += lanes)
            {
                sum += Vector<double>.One / OnePlus(powers[i..], clock);
            }

            free = Vector.Sum(sum);
        }

        for (; i < powers.Length; i++)
        {
            free += 1 / (1 + (powers[i] * clockPower));
        }

        return kernel.BlockMost * (1 - (free / powers.Length));
    }

    /// <summary>1 + z, kept below what four of them multiplied may be; beyond it a nerve ending is blocked whatever the digits.</summary>
    private static Vector<double> OnePlus(ReadOnlySpan<double> powers, Vector<double> clock) =>
        Vector<double>.One + Vector.Min(new Vector<double>(powers) * clock, new Vector<double>(Plenty));
}
