using Facialis.Spasm.Report;

namespace Facialis.Spasm.Statistics;

/// <summary>Intervals for shares of time by drawing blocks of neighbouring seconds, which keeps bursts together.</summary>
internal static class BlockBootstrap
{
    private const int BlockSeconds = 5;
    private const int Draws = 1000;

    // The same recording gives the same interval.
    private const int Seed = 20_260_101;

    /// <summary>Share of time from the part (0 to 1) of each usable second.</summary>
    public static TimeShare Share(IReadOnlyList<double> parts)
    {
        var sum = parts.Sum();
        if (parts.Count < RateInterval.LeastSeconds)
        {
            return new TimeShare(sum, parts.Count, parts.Count == 0 ? 0 : sum / parts.Count, null, null);
        }

        var random = new Random(Seed);
        var prefix = new double[parts.Count + 1];
        for (var i = 0; i < parts.Count; i++)
        {
            prefix[i + 1] = prefix[i] + parts[i];
        }

        var blocks = parts.Count / BlockSeconds;
        var shares = new double[Draws];
        for (var d = 0; d < Draws; d++)
        {
            double total = 0;
            for (var b = 0; b < blocks; b++)
            {
                var start = random.Next(parts.Count - BlockSeconds + 1);
                total += prefix[start + BlockSeconds] - prefix[start];
            }

            shares[d] = total / (blocks * BlockSeconds);
        }

        Array.Sort(shares);
        return new TimeShare(sum, parts.Count, sum / parts.Count, shares[(int)(0.025 * Draws)], shares[(int)(0.975 * Draws) - 1]);
    }
}
