namespace Facialis.Toxin;

/// <summary>When the effect of the last treatment wears off for one patient. It says nothing of doses.</summary>
/// <param name="MedianDays">Days after the injection that the effect reaches with even chances.</param>
/// <param name="FromDays">Start of the window: one in ten wears off earlier.</param>
/// <param name="ToDays">End of the window: one in ten wears off later.</param>
/// <param name="Source">The population that it began from.</param>
/// <param name="Cycles">Cycles of the patient that it rests on.</param>
/// <param name="Censored">Those of them that nobody saw wear off.</param>
/// <param name="OwnShare">How much the patient's own cycles count against the population, 0 to 1.</param>
public sealed record WearOffForecast(
    double MedianDays, double FromDays, double ToDays, WearOffPopulation Source, int Cycles, int Censored, double OwnShare)
{
    /// <summary>Share of cycles that the window is made to hold.</summary>
    public const double Window = 0.8;

    private const double LongestDays = 3650;
    private const double Tolerance = 0.01;

    /// <param name="population">Where the forecast begins.</param>
    /// <param name="earlier">The patient's earlier cycles, in any order.</param>
    /// <param name="heldDays">Days after the last injection on which the effect was still seen to hold; 0 where nothing is known.</param>
    public static WearOffForecast Of(WearOffPopulation population, IReadOnlyCollection<WearOffCycle> earlier, double heldDays = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(heldDays);
        var patient = PatientEffect.Of(population, heldDays > 0 ? [.. earlier, new WearOffCycle(heldDays, null)] : earlier);
        // Only what is still possible counts: the effect holds already so long.
        var possible = patient.HoldsLonger(heldDays);
        var seen = earlier.Count(cycle => !cycle.IsCensored);
        return new WearOffForecast(
            DayOf(0.5), DayOf((1 - Window) / 2), DayOf((1 + Window) / 2), population, earlier.Count, earlier.Count - seen, Share(population, seen));

        double DayOf(double share)
        {
            var (low, high) = (heldDays, Math.Max(LongestDays, heldDays * 2));
            while (high - low > Tolerance)
            {
                var middle = (low + high) / 2;
                (low, high) = patient.HoldsLonger(middle) > (1 - share) * possible ? (middle, high) : (low, middle);
            }

            return (low + high) / 2;
        }
    }

    /// <summary>What so many seen cycles count against the population, as in every such mean: b² / (b² + w² / n).</summary>
    private static double Share(WearOffPopulation population, int seen) => seen == 0
        ? 0
        : population.Between * population.Between / ((population.Between * population.Between) + (population.Within * population.Within / seen));
}
