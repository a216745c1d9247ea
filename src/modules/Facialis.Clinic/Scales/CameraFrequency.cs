using Facialis.Anatomy;
using Facialis.Spasm.Report;

namespace Facialis.Clinic.Scales;

/// <summary>The one item of a scale that a camera can propose: the frequency of the Jankovic scale (an estimate). Severity it cannot see.</summary>
public static class CameraFrequency
{
    /// <summary>
    /// 4 where spasm held the eye closed for half of the time or more, 3 where an involuntary closure lasted 1 s or longer, 2 where there was any;
    /// null where there was none, since blinking more often is not told apart from talking or light, or where nothing was measured.
    /// </summary>
    /// <param name="report">What a recording showed.</param>
    /// <param name="side">The patient's side.</param>
    public static int? Propose(SpasmReport report, Side side)
    {
        if (report.Verdict == Verdict.Refused)
        {
            return null;
        }

        if (report.Of(side).EyeClosedSecondsPerMinute >= 30)
        {
            return 4;
        }

        var closures = report.Events.Where(e => e.Counted && e.Side == side && e.Regions.Contains(Region.Eye)).ToList();
        return closures.Count == 0 ? null : closures.Any(e => e.DurationSeconds >= 1) ? 3 : 2;
    }
}
