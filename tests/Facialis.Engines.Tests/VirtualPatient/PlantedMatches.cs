using Facialis.Spasm.Report;
using Facialis.VirtualPatient.Recordings;

namespace Facialis.Engines.Tests.VirtualPatient;

/// <summary>Which planted contractions were found. The claim about the closed loop counts in the same way.</summary>
internal static class PlantedMatches
{
    private const double PeaksApartSeconds = 0.15;

    /// <summary>Each measured event answers one planted spasm of its side at most: overlapping by half of the shorter one, or peaks within 150 ms.</summary>
    /// <returns>For each planted one whether it was found.</returns>
    public static bool[] Of(IReadOnlyList<PlantedSpasm> planted, IReadOnlyList<SpasmEvent> measured)
    {
        var used = new bool[measured.Count];
        var found = new bool[planted.Count];
        for (var p = 0; p < planted.Count; p++)
        {
            var spasm = planted[p];
            var best = -1;
            for (var i = 0; i < measured.Count; i++)
            {
                var e = measured[i];
                var overlap = Math.Min(e.EndSeconds, spasm.EndSeconds) - Math.Max(e.StartSeconds, spasm.StartSeconds);
                var answers = e.Side == spasm.Side
                    && (overlap > 0.5 * Math.Min(e.DurationSeconds, spasm.DurationSeconds) || Math.Abs(e.PeakSeconds - spasm.PeakSeconds) < PeaksApartSeconds);
                if (!used[i] && answers && (best < 0 || Math.Abs(e.PeakSeconds - spasm.PeakSeconds) < Math.Abs(measured[best].PeakSeconds - spasm.PeakSeconds)))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                (used[best], found[p]) = (true, true);
            }
        }

        return found;
    }
}
