using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.TimeCourse;

/// <summary>From residual force to what can be seen and to what a person can do.</summary>
public static class VisibleSpasm
{
    /// <summary>Share of a muscle's untreated spasm that is still seen: max(0, (r-r0)/(1-r0))^gamma.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="residualForce">Residual force r, 0 to 1.</param>
    public static double ShareAt(in KernelConstants kernel, double residualForce)
    {
        var above = (residualForce - kernel.VisibleFrom) / (1 - kernel.VisibleFrom);
        return above <= 0 ? 0 : kernel.VisibleGamma == 2 ? above * above : Math.Pow(above, kernel.VisibleGamma);
    }

    /// <summary>Voluntary strength, 0 to 1: r^0.7.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="residualForce">Residual force r, 0 to 1.</param>
    public static double VoluntaryStrength(in KernelConstants kernel, double residualForce) =>
        Math.Pow(Math.Clamp(residualForce, 0, 1), kernel.VoluntaryPower);

    /// <summary>Severity: the sum of weight times gain times the share still seen.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="residualForce">Residual force of each muscle.</param>
    /// <param name="weights">Weight times gain of each muscle.</param>
    public static double Severity(in KernelConstants kernel, ReadOnlySpan<double> residualForce, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        if (kernel.VisibleGamma != 2)
        {
            for (var m = 0; m < residualForce.Length; m++)
            {
                sum += weights[m] * ShareAt(kernel, residualForce[m]);
            }

            return sum;
        }

        // The usual case, without a branch or a division in the loop that populations spend their time in.
        for (var m = 0; m < residualForce.Length; m++)
        {
            var above = residualForce[m] - kernel.VisibleFrom;
            above = above > 0 ? above : 0;
            sum += weights[m] * above * above;
        }

        return sum / ((1 - kernel.VisibleFrom) * (1 - kernel.VisibleFrom));
    }

    /// <summary>Severity at several times, and the residual forces at one more.</summary>
    /// <param name="kernel">Constants.</param>
    /// <param name="powers">Powers of all nerve endings, see <see cref="BlockCurve.ResidualForce"/>.</param>
    /// <param name="clock">Powers of the clock at those times.</param>
    /// <param name="weights">Weight times gain of each muscle.</param>
    /// <param name="severity">Filled, one for each time.</param>
    /// <param name="forceClock">Power of the clock at the one more.</param>
    /// <param name="force">Filled with the residual force of each muscle.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Severities(
        in KernelConstants kernel, ReadOnlySpan<double> powers, ReadOnlySpan<double> clock, ReadOnlySpan<double> weights, Span<double> severity,
        double forceClock, Span<double> force)
    {
        if (kernel.VisibleGamma == 2 && TwelveMuscles.Are(weights.Length, powers.Length / weights.Length))
        {
            var muscles = new TwelveMuscles(kernel, powers, stackalloc Vector512<double>[TwelveMuscles.Room]);
            for (var i = 0; i < clock.Length; i++)
            {
                severity[i] = muscles.SeverityOf(muscles.ForceAt(clock[i]), weights);
            }

            muscles.ForceAt(forceClock).CopyTo(force);
            return;
        }

        for (var i = 0; i < clock.Length; i++)
        {
            BlockCurve.ResidualForce(kernel, powers, clock[i], force);
            severity[i] = Severity(kernel, force, weights);
        }

        BlockCurve.ResidualForce(kernel, powers, forceClock, force);
    }
}
