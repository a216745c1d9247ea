using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>Finds the population that a clinic's own cycles come from, censored ones included, by expectation and maximisation.</summary>
public static class WearOffFit
{
    /// <summary>Patients below which a clinic's own figures say less than the published ones.</summary>
    public const int FewestPatients = 20;

    private const int MostRounds = 200;
    private const double Settled = 1e-4;

    /// <summary>A spread of nothing would make every next step divide by it.</summary>
    private const double LeastSpread = 0.02;

    /// <param name="patients">The cycles of each patient.</param>
    /// <param name="start">Where the search begins; with few data it also decides where it ends.</param>
    /// <returns>The population; its mark is that of an estimate, and its source says from how much.</returns>
    /// <exception cref="ArgumentException">There are too few patients, or none whose wear-off was seen.</exception>
    public static WearOffPopulation Of(IReadOnlyCollection<IReadOnlyCollection<WearOffCycle>> patients, WearOffPopulation start)
    {
        var some = patients.Where(cycles => cycles.Count > 0).ToList();
        if (some.Count < FewestPatients || !some.Exists(cycles => cycles.Any(c => !c.IsCensored)))
        {
            throw new ArgumentException($"A population is fitted to {FewestPatients} patients or more, some of whom saw the effect wear off.", nameof(patients));
        }

        var count = some.Sum(cycles => cycles.Count);
        var population = start with
        {
            Id = "clinic",
            Source = $"This clinic: {count} treatments of {some.Count} patients",
            Mark = SourceMark.Estimate,
        };
        for (var round = 0; round < MostRounds; round++)
        {
            var next = Step(some, population, count);
            var moved = Math.Abs(next.Mean - population.Mean) + Math.Abs(next.Between - population.Between) + Math.Abs(next.Within - population.Within);
            population = next;
            if (moved < Settled)
            {
                break;
            }
        }

        return population;
    }

    /// <summary>One step: where each patient and each unseen wear-off is expected to lie, then the population that fits those best.</summary>
    private static WearOffPopulation Step(List<IReadOnlyCollection<WearOffCycle>> patients, WearOffPopulation population, int count)
    {
        var (logs, squares, between) = (0.0, 0.0, 0.0);
        foreach (var cycles in patients)
        {
            var effect = PatientEffect.Of(population, cycles);
            foreach (var (offset, weight) in effect.Offsets.Zip(effect.Weights))
            {
                between += weight * offset * offset;
                foreach (var cycle in cycles)
                {
                    var (mean, variance) = Expected(population, offset, cycle);
                    logs += weight * mean;
                    squares += weight * (variance + (mean * mean));
                }
            }
        }

        // Mean and variance of what remains of each logarithm beside the patient's own offset.
        var rest = logs / count;
        return population with
        {
            Mean = population.Mean + rest,
            Between = Math.Max(Math.Sqrt(between / patients.Count), LeastSpread),
            Within = Math.Max(Math.Sqrt(Math.Max((squares / count) - (rest * rest), 0)), LeastSpread),
        };
    }

    /// <summary>Mean and variance of a cycle's logarithm beside population and patient, within what was seen of it.</summary>
    private static (double Mean, double Variance) Expected(WearOffPopulation population, double offset, WearOffCycle cycle)
    {
        var width = population.Within;
        var from = cycle.FromDays <= 0 ? double.NegativeInfinity : Z(cycle.FromDays);
        var to = cycle.ToDays is { } days ? Z(days) : double.PositiveInfinity;
        var inside = from > 0 ? NormalLaw.Above(from) - NormalLaw.Above(to) : NormalLaw.Below(to) - NormalLaw.Below(from);
        if (inside < 1e-300)
        {
            var nearest = width * (double.IsNegativeInfinity(from) || Math.Abs(to) < Math.Abs(from) ? to : from);
            return (nearest, 0); // so far from this patient that only the nearer end counts
        }

        var first = (Density(from) - Density(to)) / inside;
        var second = (Times(from) - Times(to)) / inside;
        return (width * first, width * width * Math.Max(1 + second - (first * first), 0));

        double Z(double d) => (Math.Log(d) - population.Mean - offset) / width;
        static double Density(double z) => double.IsInfinity(z) ? 0 : NormalLaw.Density(z);
        static double Times(double z) => double.IsInfinity(z) ? 0 : z * NormalLaw.Density(z);
    }
}
