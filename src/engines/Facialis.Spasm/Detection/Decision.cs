using Facialis.Anatomy;

namespace Facialis.Spasm.Detection;

/// <summary>
/// Decides which candidates are spasm events. Hemifacial spasm is one-sided (both sides in about 3 % of patients, and then at
/// different times: Wang and Jankovic 1998): where a recording itself shows which side is affected, smaller evidence is enough
/// on that side and more is asked of the other.
/// </summary>
internal static class Decision
{
    /// <param name="candidates">What both sides show, in any order.</param>
    /// <param name="minutes">Length of the recording that they come from.</param>
    /// <param name="settings">The detector's constants.</param>
    public static List<SegmentEvent> Decide(IReadOnlyList<SegmentEvent> candidates, double minutes, DetectorSettings settings)
    {
        int Count(Side side, double strength) => candidates.Count(c => c.Candidate.Side == side && c.Candidate.Strength >= strength);
        bool Leads(Side side, double strength, double events, double ratio)
        {
            var own = Count(side, strength);
            return own >= events && own >= ratio * Count(side.Opposite(), strength);
        }

        bool Clearly(Side side) => Leads(side, settings.ClearStrength, settings.AffectedEvents, settings.AffectedRatio);
        double Limit(Side side) =>
            Clearly(side) ? AffectedLimit(candidates, side, minutes, settings)
            : Clearly(side.Opposite()) ? settings.OtherThreshold
            : Leads(side, settings.LeastThreshold, settings.FaintEvents, settings.FaintRatio) ? AffectedLimit(candidates, side, minutes, settings)
            : settings.Threshold;

        double[] limits = [Limit(Side.PatientRight), Limit(Side.PatientLeft)];
        return [.. candidates.Where(c => c.Candidate.Strength >= limits[(int)c.Candidate.Side])];
    }

    // The other side of the same face, in the same light, shows how far chance reaches in this recording.
    private static double AffectedLimit(IReadOnlyList<SegmentEvent> candidates, Side affected, double minutes, DetectorSettings settings)
    {
        var strong = candidates.Where(c => c.Candidate.Side == affected && c.Candidate.Strength >= settings.EchoStrength).ToList();
        var chance = candidates
            .Where(c => c.Candidate.Side != affected && !strong.Exists(s => c.Peak > s.Start - settings.EchoSeconds && c.Peak < s.End + settings.EchoSeconds))
            .Select(c => c.Candidate.Strength).OrderDescending().ToList();
        var rank = Math.Max(1, (int)Math.Round(settings.ChancePerMinute * minutes));
        var reached = rank <= chance.Count ? chance[rank - 1] : 0;
        return Math.Clamp(settings.ChanceFactor * reached, settings.LeastThreshold, settings.MostThreshold);
    }
}
