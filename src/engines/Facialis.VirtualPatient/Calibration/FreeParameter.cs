using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>A constant that the calibration may move, and how far.</summary>
/// <param name="Name">Name in <see cref="ModelParameters"/>.</param>
/// <param name="Low">Least value searched, in the constant's unit.</param>
/// <param name="High">Largest value searched.</param>
/// <param name="IsLogarithmic">Whether steps are ratios.</param>
public sealed record FreeParameter(string Name, double Low, double High, bool IsLogarithmic = false)
{
    /// <summary>The seven constants that are fitted. The limits are those of the prototype.</summary>
    public static IReadOnlyList<FreeParameter> Fitted { get; } =
    [
        new("d50", 0.02, 1.5, IsLogarithmic: true),
        new("hill", 1.5, 9),
        new("tau", 0.5, 6),
        new("halfLife", 16, 40),
        new("d50Spread", 0.1, 0.8),
        new("halfLifeSpread", 0.03, 0.35),
        new("tauSpread", 0.2, 1.2),
    ];

    /// <summary>Constants that are held fast in the fit; their profiles show what would have been gained by moving them.</summary>
    public static IReadOnlyList<FreeParameter> HeldFast { get; } =
    [
        new("visibleGamma", 1, 3),
        new("visibleFrom", 0.05, 0.35),
        new("blockMost", 0.85, 0.99),
        new("sigma0", 6, 14),
    ];

    /// <summary>The value at a place between the limits.</summary>
    /// <param name="place">0 for the least, 1 for the largest.</param>
    public double At(double place)
    {
        place = Math.Clamp(place, 0, 1);
        return IsLogarithmic ? Low * Math.Pow(High / Low, place) : Low + (place * (High - Low));
    }

    /// <summary>Where a value lies between the limits, 0 to 1.</summary>
    public double PlaceOf(double value)
    {
        value = Math.Clamp(value, Low, High);
        return IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
    }
}
