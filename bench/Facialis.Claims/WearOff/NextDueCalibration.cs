using System.Globalization;
using Facialis.Anatomy.Synthesis;
using Facialis.Toxin;

namespace Facialis.Claims.WearOff;

/// <summary>Forecasts every cycle of patients who were held back from fitting, and looks how often the window of 80 percent holds it.</summary>
/// <remarks>Where patients hardly differ and hold 12 weeks, nothing beats a fixed 12 weeks, and a forecast comes to the same.</remarks>
internal static class NextDueCalibration
{
    private const int FixedDays = 84;
    private const double LowestCover = 0.75;
    private const double HighestCover = 0.85;
    private const int Seed = 20261128;

    public static Claim Claim { get; } = new(
        "next-due-calibration",
        "The window of 80 percent holds 75 to 85 percent of the wear-offs of simulated patients held back from fitting; the mean error is below that of a fixed 12 weeks.",
        Holds);

    private static bool Holds(string[] arguments)
    {
        var patients = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 1000;
        List<Outcome> outcomes = [];
        Console.WriteLine($"{"patients from",-34} {"forecast from",-30} {"forecasts",9} {"in window",10} {"error",7} {"12 weeks",9}   (mean absolute error, days)");
        foreach (var population in WearOffPopulation.All)
        {
            outcomes.Add(Forecast(population.Id, population, Make(chance => SimulatedPatient.LogNormal(chance, population))));
        }

        foreach (var (name, make) in Clinics)
        {
            var all = Make(make);
            var half = all.Count / 2;
            var fitted = WearOffFit.Of([.. all.Take(half).Select(p => p.Seen)], WearOffPopulation.Kollewe);
            outcomes.Add(Forecast(name, fitted, all[half..]));
        }

        var good = outcomes.TrueForAll(o => o is { Cover: >= LowestCover and <= HighestCover } && o.Error < o.FixedError);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"next-due-calibration: windows of 80 % hold {100 * outcomes.Min(o => o.Cover):0.0} to {100 * outcomes.Max(o => o.Cover):0.0} % (wanted 75 to 85); mean error {outcomes.Min(o => o.Error / o.FixedError):0.00} to {outcomes.Max(o => o.Error / o.FixedError):0.00} times that of a fixed 12 weeks (wanted below 1)"));
        return good;

        List<SimulatedPatient> Make(Func<SeededChance, SimulatedPatient> make)
        {
            var chance = new SeededChance(Seed);
            return [.. Enumerable.Range(0, patients).Select(_ => make(chance))];
        }
    }

    /// <summary>Clinics whose population is fitted to half of their patients; the last one is not what a forecast assumes.</summary>
    private static readonly IReadOnlyList<(string Name, Func<SeededChance, SimulatedPatient> Make)> Clinics =
    [
        ("a clinic like Bentivoglio's", chance => SimulatedPatient.LogNormal(chance, WearOffPopulation.BentivoglioOna)),
        ("a clinic of less unlike patients", chance => SimulatedPatient.LogNormal(chance, WearOffPopulation.Kollewe with { Between = 0.2, Within = 0.25 })),
        ("gamma patients, Weibull cycles", SimulatedPatient.GammaAndWeibull),
    ];

    private static Outcome Forecast(string name, WearOffPopulation population, IReadOnlyList<SimulatedPatient> patients)
    {
        var (count, held, error, fixedError) = (0, 0, 0.0, 0.0);
        foreach (var patient in patients)
        {
            for (var next = 0; next < patient.True.Count; next++)
            {
                var forecast = WearOffForecast.Of(population, [.. patient.Seen.Take(next)]);
                var days = patient.True[next];
                count++;
                held += days >= forecast.FromDays && days <= forecast.ToDays ? 1 : 0;
                error += Math.Abs(days - forecast.MedianDays);
                fixedError += Math.Abs(days - FixedDays);
            }
        }

        var outcome = new Outcome((double)held / count, error / count, fixedError / count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-34} {population.Id,-30} {count,9} {100 * outcome.Cover,8:0.0} % {outcome.Error,7:0.0} {outcome.FixedError,9:0.0}"));
        return outcome;
    }

    /// <param name="Cover">Share of wear-offs within the window.</param>
    /// <param name="Error">Mean absolute error of the forecast, days.</param>
    /// <param name="FixedError">That of a fixed 12 weeks, days.</param>
    private sealed record Outcome(double Cover, double Error, double FixedError);
}
