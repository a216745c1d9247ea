using Facialis.Anatomy;
using Facialis.Spasm.Report;

namespace Facialis.Claims.Accuracy;

/// <summary>How a report fares against the truth.</summary>
/// <remarks>
/// A detected event matches a true spasm or hold of the same side if the two overlap after widening by 0.1 s; one to one, in
/// time order.
/// </remarks>
internal sealed record Score
{
    private const double Widening = 0.1;

    public required int True { get; init; }

    public required int Found { get; init; }

    public required int Detected { get; init; }

    /// <summary>Share of detected events on a side that truly has spasms; null without detections.</summary>
    public required double? RightSide { get; init; }

    public required double Minutes { get; init; }

    /// <summary>Found and true events by grade.</summary>
    public required IReadOnlyDictionary<int, (int Found, int True)> ByGrade { get; init; }

    /// <summary>Detected events that match nothing, with what truly happened around them.</summary>
    public required IReadOnlyList<(SpasmEvent Event, string Near)> FalseEvents { get; init; }

    public required IReadOnlyList<TrueEvent> Missed { get; init; }

    /// <summary>True holds whose match was named tonic, and true holds in all.</summary>
    public required (int Named, int True) Holds { get; init; }

    public int False => Detected - Found;

    public double Recall => True == 0 ? 1 : (double)Found / True;

    public double Precision => Detected == 0 ? 1 : (double)Found / Detected;

    public double F1 => Harmonic(Found, True, False);

    public double FalsePerMinute => False / Minutes;

    /// <summary>Recall and F1 without the grade that is near the noise; false events count in full.</summary>
    public double RecallFromGrade2 => FromGrade2.True == 0 ? 1 : (double)FromGrade2.Found / FromGrade2.True;

    public double F1FromGrade2 => Harmonic(FromGrade2.Found, FromGrade2.True, False);

    public (int Found, int True) FromGrade2 => (
        ByGrade.Where(g => g.Key != 1).Sum(g => g.Value.Found), ByGrade.Where(g => g.Key != 1).Sum(g => g.Value.True));

    public static Score Of(SpasmReport report, Truth truth)
    {
        var spasms = truth.Spasms.ToList();
        var detected = report.Events.Where(e => e.Counted).ToList();
        var match = new Dictionary<TrueEvent, SpasmEvent>();
        var used = new HashSet<SpasmEvent>();
        foreach (var real in spasms)
        {
            var hit = detected.FirstOrDefault(e => !used.Contains(e) && e.Side == real.Side
                && e.StartSeconds - Widening <= real.End && e.EndSeconds + Widening >= real.Start);
            if (hit is not null)
            {
                used.Add(hit);
                match[real] = hit;
            }
        }

        var sides = spasms.Select(e => e.Side).OfType<Side>().ToHashSet();
        var holds = spasms.Where(e => e.Kind == "tonic").ToList();
        return new Score
        {
            True = spasms.Count,
            Found = match.Count,
            Detected = detected.Count,
            RightSide = detected.Count == 0 || sides.Count == 0 ? null : (double)detected.Count(e => sides.Contains(e.Side)) / detected.Count,
            Minutes = truth.DurationSeconds / 60,
            ByGrade = spasms.GroupBy(e => e.Grade ?? 0).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => (g.Count(match.ContainsKey), g.Count())),
            FalseEvents = [.. detected.Where(e => !used.Contains(e)).Select(e => (e, Near(e, truth)))],
            Missed = [.. spasms.Where(e => !match.ContainsKey(e))],
            Holds = (holds.Count(e => match.TryGetValue(e, out var hit) && hit.Kind == SpasmKind.Tonic), holds.Count),
        };
    }

    /// <summary>Harmonic mean of recall and precision; 1 where there is nothing to find and nothing was found.</summary>
    public static double Harmonic(int found, int all, int wrong) => all + found + wrong == 0 ? 1 : 2.0 * found / (all + found + wrong);

    private static string Near(SpasmEvent e, Truth truth)
    {
        const double reach = 0.3;
        var around = truth.Events.Where(t => t.Start - reach <= e.PeakSeconds && e.PeakSeconds <= t.End + reach).Select(t => t.Kind).Distinct().ToList();
        return around.Count == 0 ? "rest" : string.Join("+", around);
    }
}
