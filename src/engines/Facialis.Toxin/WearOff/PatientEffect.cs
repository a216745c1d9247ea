namespace Facialis.Toxin;

/// <summary>How far a patient lies from the population, as weights on a grid: what the patient's own cycles leave of the population's spread.</summary>
internal sealed class PatientEffect
{
    /// <summary>Points of the grid; twice as many change no forecast by a tenth of a day.</summary>
    private const int Points = 41;

    /// <summary>The first grid reaches this many standard deviations of the population to either side.</summary>
    private const double Reach = 5;

    /// <summary>A finer grid reaches this many standard deviations of what the coarser one found.</summary>
    private const double FinerReach = 6;

    /// <summary>A patient with many cycles is known better than the grid is fine; then it is laid again where the patient was found.</summary>
    private const int MostGrids = 4;
    private const double FewestSteps = 1.5;

    /// <summary>Below this spread between patients everybody is alike, and one point is enough.</summary>
    private const double Alike = 1e-9;

    private PatientEffect(WearOffPopulation population, double[] offsets, double[] weights) =>
        (Population, Offsets, Weights) = (population, offsets, weights);

    public WearOffPopulation Population { get; }

    /// <summary>Distances from the population's mean, in logarithms of days.</summary>
    public IReadOnlyList<double> Offsets { get; }

    /// <summary>Probability of each; they sum to 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>Mean distance from the population.</summary>
    public double Mean => Offsets.Zip(Weights, (offset, weight) => offset * weight).Sum();

    public static PatientEffect Of(WearOffPopulation population, IEnumerable<WearOffCycle> cycles)
    {
        if (population.Between < Alike)
        {
            return new PatientEffect(population, [0], [1]);
        }

        var seen = cycles.ToList();
        var (centre, reach) = (0.0, Reach * population.Between);
        for (var grid = 1; ; grid++)
        {
            var effect = OnGrid(population, seen, centre, reach);
            var step = 2 * reach / (Points - 1);
            var mean = effect.Mean;
            var width = Math.Sqrt(effect.Offsets.Zip(effect.Weights, (offset, weight) => weight * (offset - mean) * (offset - mean)).Sum());
            if (width > FewestSteps * step || grid == MostGrids)
            {
                return effect;
            }

            (centre, reach) = (mean, FinerReach * Math.Max(width, step / 2));
        }
    }

    private static PatientEffect OnGrid(WearOffPopulation population, List<WearOffCycle> seen, double centre, double reach)
    {
        var offsets = new double[Points];
        var logs = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            offsets[i] = centre + (reach * ((2.0 * i / (Points - 1)) - 1));
            var z = offsets[i] / population.Between;
            logs[i] = (-0.5 * z * z) + seen.Sum(cycle => Math.Log(Math.Max(Likelihood(population, offsets[i], cycle), double.Epsilon)));
        }

        var most = logs.Max();
        var weights = logs.Select(log => Math.Exp(log - most)).ToArray();
        var sum = weights.Sum();
        return new PatientEffect(population, offsets, [.. weights.Select(weight => weight / sum)]);
    }

    /// <summary>Probability that the next effect holds longer than so many days.</summary>
    public double HoldsLonger(double days)
    {
        if (days <= 0)
        {
            return 1;
        }

        var sum = 0.0;
        var log = Math.Log(days);
        for (var i = 0; i < Offsets.Count; i++)
        {
            sum += Weights[i] * NormalLaw.Above((log - Population.Mean - Offsets[i]) / Population.Within);
        }

        return sum;
    }

    /// <summary>Probability of what was seen of a cycle, for a patient at a distance from the population.</summary>
    private static double Likelihood(WearOffPopulation population, double offset, WearOffCycle cycle)
    {
        var from = cycle.FromDays <= 0 ? double.NegativeInfinity : Z(cycle.FromDays);
        if (cycle.ToDays is not { } days)
        {
            return NormalLaw.Above(from);
        }

        // The smaller tails are subtracted, which keeps the digits of a short interval far out.
        return from > 0 ? NormalLaw.Above(from) - NormalLaw.Above(Z(days)) : NormalLaw.Below(Z(days)) - NormalLaw.Below(from);

        double Z(double d) => (Math.Log(d) - population.Mean - offset) / population.Within;
    }
}
