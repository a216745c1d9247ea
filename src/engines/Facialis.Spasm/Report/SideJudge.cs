using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;

namespace Facialis.Spasm.Report;

/// <summary>Says which side moves by itself, and how sure that is.</summary>
internal static class SideJudge
{
    /// <summary>Fewer events than this settle nothing.</summary>
    private const int FewEvents = 3;

    /// <summary>Rate up to which detection errors alone may account for events, per minute (docs/accuracy.md, healthy movement).</summary>
    private const double ChancePerMinute = 0.3;

    /// <summary>Both sides count as affected where the lesser side has this many events and this share of the other's.</summary>
    private const int EventsOnBoth = 5;
    private const double ShareOnBoth = 0.25;

    /// <summary>As long as the bins of the rates' dispersion, s.</summary>
    private const double StretchSeconds = 10;

    public static SideJudgement Judge(SideMeasures right, SideMeasures left, IEnumerable<SpasmEvent> events, Mirroring mirroring)
    {
        var (r, l) = (right.Events, left.Events);
        var figures = string.Create(CultureInfo.InvariantCulture, $"Right {r.Count}, left {l.Count} events in {r.Minutes:0.0} min");
        var total = r.Count + l.Count;
        if (total < FewEvents)
        {
            return total == 0 || (double)total / Math.Max(1e-9, r.Minutes) <= ChancePerMinute
                ? new SideJudgement(AffectedSide.Neither, 0, $"{figures}: no more than detection errors alone may give.")
                : new SideJudgement(AffectedSide.CannotTell, 0, $"{figures}: too few to tell.");
        }

        if (mirroring == Mirroring.Unknown)
        {
            return new SideJudgement(AffectedSide.CannotTell, 0, $"{figures}, but right and left are not confirmed.");
        }

        int more = Math.Max(r.Count, l.Count), fewer = Math.Min(r.Count, l.Count);
        if (fewer >= EventsOnBoth && fewer >= ShareOnBoth * more)
        {
            return new SideJudgement(AffectedSide.Both, 0.9, $"{figures}: both sides move, at different times.");
        }

        var (leading, trailing) = r.Count > l.Count ? (right, left) : (left, right);
        // Rates of events in bursts differ much by chance; in how many stretches of time the one side leads does not. Whichever tells more.
        var certainty = Math.Max(ByRates(leading.Events, trailing.Events), ByStretches(leading.Side, events));
        if (certainty < 0.9)
        {
            return new SideJudgement(AffectedSide.CannotTell, certainty, $"{figures}: the sides are too alike to tell.");
        }

        var answer = leading.Side == Side.PatientRight ? AffectedSide.Right : AffectedSide.Left;
        return new SideJudgement(answer, certainty, $"{figures}.");
    }

    // The posterior probability that the first rate is the higher one, normal approximation of the log ratio with the larger
    // dispersion of the two.
    private static double ByRates(Rate leading, Rate trailing)
    {
        double more = leading.Count + 0.5, fewer = trailing.Count + 0.5;
        var dispersion = Math.Max(1, Math.Max(leading.Dispersion ?? 1, trailing.Dispersion ?? 1));
        return NormalDistribution(Math.Log(more / fewer) / Math.Sqrt(dispersion * ((1 / more) + (1 / fewer))));
    }

    // The posterior probability that a stretch with more events of one side than of the other is more often one of the leading side
    // (uniform prior, normal approximation).
    private static double ByStretches(Side leading, IEnumerable<SpasmEvent> events)
    {
        var signs = events.Where(e => e.Counted).GroupBy(e => Math.Floor(e.PeakSeconds / StretchSeconds))
            .Select(stretch => Math.Sign(stretch.Sum(e => e.Side == leading ? 1 : -1))).Where(sign => sign != 0).ToList();
        return NormalDistribution(signs.Sum() / Math.Sqrt(signs.Count + 2));
    }

    // Abramowitz and Stegun 26.2.17, error below 7.5e-8.
    private static double NormalDistribution(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var tail = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z >= 0 ? 1 - tail : tail;
    }
}
