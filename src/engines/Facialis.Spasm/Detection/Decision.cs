using Facialis.Anatomy;

namespace Facialis.Spasm.Detection;

/// <summary>
/// Decides which candidates are spasm events. Hemifacial spasm is one-sided (both sides in about 3 % of patients, and then at
/// different times: Wang and Jankovic 1998): where a recording itself shows which side is affected, smaller evidence is enough
/// on that side and more is asked of the other.
/// </summary>
internal static class Decision
{
    public static List<SegmentEvent> Decide(IReadOnlyList<SegmentEvent> candidates, DetectorSettings settings)
    {
        int Clear(Side side) => candidates.Count(c => c.Candidate.Side == side && c.Candidate.Strength >= settings.ClearStrength);
        var counts = new[] { Clear(Side.PatientRight), Clear(Side.PatientLeft) };
        double Limit(Side side)
        {
            int own = counts[(int)side], other = counts[(int)side.Opposite()];
            return own >= settings.AffectedEvents && own >= settings.AffectedRatio * other ? settings.AffectedThreshold
                : other >= settings.AffectedEvents && other >= settings.AffectedRatio * own ? settings.OtherThreshold
                : settings.Threshold;
        }

        double[] limits = [Limit(Side.PatientRight), Limit(Side.PatientLeft)];
        return [.. candidates.Where(c => c.Candidate.Strength >= limits[(int)c.Candidate.Side])];
    }
}
