using Facialis.Spasm.Report;

namespace Facialis.Spasm.Statistics;

/// <summary>Rates of bursty events with intervals that respect their overdispersion.</summary>
/// <remarks>
/// Spasms come in bursts, so a Poisson interval is too narrow (simulated coverage of its 95 % interval: 49 to 95 %). The
/// variance is inflated by the larger of the Pearson dispersion over 10-s bins and over 30-s blocks, at least 1, with a
/// t quantile (simulated coverage 94 to 99 % from 3 minutes on).
/// </remarks>
internal static class RateInterval
{
    /// <summary>Below this much usable rest a count is shown without an interval, s: the interval would be too wide to be of use.</summary>
    public const double LeastSeconds = 120;

    private const int BinSeconds = 10;
    private const int BlockSeconds = 30;

    /// <summary>Rate of events at <paramref name="times"/> over the usable seconds.</summary>
    /// <param name="times">When the events were, s.</param>
    /// <param name="usable">The usable whole seconds, ascending.</param>
    public static Rate Of(IReadOnlyCollection<double> times, IReadOnlyList<int> usable)
    {
        var minutes = usable.Count / 60.0;
        var count = times.Count;
        var perMinute = usable.Count == 0 ? 0 : count / minutes;
        if (usable.Count < LeastSeconds)
        {
            return new Rate(count, minutes, perMinute, null, null, null);
        }

        var position = new Dictionary<int, int>(usable.Count);
        for (var i = 0; i < usable.Count; i++)
        {
            position[usable[i]] = i;
        }

        var at = times.Select(t => position.GetValueOrDefault((int)Math.Floor(t), -1)).Where(i => i >= 0).ToList();
        var dispersion = Math.Max(1, Math.Max(Pearson(at, usable.Count, BinSeconds), Pearson(at, usable.Count, BlockSeconds)));
        if (count == 0)
        {
            // Exact for a Poisson count of zero: -ln 0.025.
            return new Rate(0, minutes, 0, 0, 3.689 / minutes, 1);
        }

        var degrees = Math.Max(1, (usable.Count / BinSeconds) - 1);
        var reach = StudentT.Quantile975(degrees) * Math.Sqrt(dispersion / (count + 0.5));
        return new Rate(count, minutes, perMinute, perMinute * Math.Exp(-reach), (count + 0.5) / minutes * Math.Exp(reach), dispersion);
    }

    /// <summary>Degrees of freedom of a rate: its 10-s bins less one.</summary>
    public static double Degrees(Rate rate) => Math.Max(1, (rate.Minutes * 60 / BinSeconds) - 1);

    // Pearson's chi-squared over its degrees of freedom, for counts in equal stretches of usable time.
    private static double Pearson(List<int> positions, int usable, int stretch)
    {
        var bins = usable / stretch;
        if (bins < 3)
        {
            return 1;
        }

        var counts = new double[bins];
        foreach (var position in positions)
        {
            counts[Math.Min(bins - 1, position / stretch)]++;
        }

        var mean = counts.Average();
        return mean == 0 ? 1 : counts.Sum(c => (c - mean) * (c - mean)) / mean / (bins - 1);
    }
}
