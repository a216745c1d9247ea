using System.Runtime.Intrinsics;
using Facialis.VirtualPatient.Arithmetic;

namespace Facialis.VirtualPatient.TimeCourse;

/// <summary>How the effect within a nerve ending rises and fades, for one person.</summary>
/// <param name="TauDays">Time constant of uptake, days; above 0.</param>
/// <param name="HalfLifeDays">Half-life, days; above 0.</param>
public readonly record struct ToxinClock(double TauDays, double HalfLifeDays)
{
    private const double Log2 = 0.69314718055994530942;

    /// <summary>Level per unit of exposure, so many days after the injection: [1-(1+t/tau) e^(-t/tau)] 2^(-t/half-life); 0 before it.</summary>
    /// <param name="days">Days since the injection.</param>
    public double LevelAt(double days)
    {
        if (days <= 0)
        {
            return 0;
        }

        var ratio = days * (1 / TauDays);
        return (1 - ((1 + ratio) * PortableMath.Exp(-ratio))) * PortableMath.Exp(days * (-Log2 / HalfLifeDays));
    }

    /// <summary>Levels of several days, the same to the last bit.</summary>
    /// <param name="days">Days since the injection.</param>
    internal Vector512<double> LevelAt(Vector512<double> days)
    {
        var one = Vector512<double>.One;
        var ratio = days * (1 / TauDays);
        var level = (one - ((one + ratio) * PortableVectors.Exp(-ratio))) * PortableVectors.Exp(days * (-Log2 / HalfLifeDays));
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(days, Vector512<double>.Zero), Vector512<double>.Zero, level);
    }
}
