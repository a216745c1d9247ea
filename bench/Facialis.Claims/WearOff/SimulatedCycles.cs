using Facialis.Anatomy.Synthesis;
using Facialis.Toxin;

namespace Facialis.Claims.WearOff;

/// <summary>Patients whose true wear-offs are known, with what a clinic would have seen of them.</summary>
/// <param name="True">Days of each cycle as they were.</param>
/// <param name="Seen">The same as a clinic knows them.</param>
internal sealed record SimulatedPatient(IReadOnlyList<double> True, IReadOnlyList<WearOffCycle> Seen)
{
    /// <summary>Of cycles, those that end in an injection before wear-off, or out of sight.</summary>
    private const double ShareCensored = 0.2;

    private const int FewestCycles = 2;
    private const int MostCycles = 9;
    private const int Week = 7;

    /// <summary>From the model that forecasts assume.</summary>
    public static SimulatedPatient LogNormal(SeededChance chance, WearOffPopulation population)
    {
        var own = population.Mean + (population.Between * chance.Normal());
        return Of(chance, () => Math.Exp(own + (population.Within * chance.Normal())));
    }

    /// <summary>From another one: gamma-distributed patients with Weibull cycles, whose spread is no logarithm's.</summary>
    public static SimulatedPatient GammaAndWeibull(SeededChance chance)
    {
        const int shape = 9; // patients differ by a third
        const double steepness = 4.5; // one patient's cycles by a quarter
        var own = Enumerable.Range(0, shape).Sum(_ => chance.Exponential(90.0 / shape));
        return Of(chance, () => Math.Max(own * Math.Pow(chance.Exponential(1), 1 / steepness), 1));
    }

    private static SimulatedPatient Of(SeededChance chance, Func<double> cycle)
    {
        var days = Enumerable.Range(0, (int)chance.Between(FewestCycles, MostCycles + 1)).Select(_ => cycle()).ToList();
        return new SimulatedPatient(days, days.ConvertAll(d => See(chance, d)));
    }

    /// <summary>A day that was told, a week of a diary, or the last day on which it was seen to hold.</summary>
    private static WearOffCycle See(SeededChance chance, double days)
    {
        var day = Math.Max((int)Math.Round(days), 1);
        return chance.Next() switch
        {
            < ShareCensored => WearOffCycle.HeldUntil((int)(days * chance.Next())),
            < 0.5 => WearOffCycle.WoreOffBetween((int)days / Week * Week, ((int)days / Week * Week) + Week),
            _ => WearOffCycle.WoreOffOn(day),
        };
    }
}
