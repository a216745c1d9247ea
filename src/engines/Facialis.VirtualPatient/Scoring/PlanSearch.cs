using Facialis.VirtualPatient.Chance;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>Looks for the best doses: from several beginnings, one needle after the other in steps of a syringe, until no step helps.</summary>
internal sealed class PlanSearch(ScoreCrowd crowd, PermittedNeedles permitted, Utility utility, ulong seed)
{
    private const double Step = 1.25;
    private const int Beginnings = 3;
    private readonly double[] _worth = new double[crowd.People];

    /// <summary>Plans looked at.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The best doses found, U for each needle.</summary>
    public double[] Best()
    {
        var best = new double[permitted.Needles.Count];
        var most = ValueOf(best);
        var draws = Draws.Of(seed, ChancePurpose.Search);
        for (var beginning = 0; beginning < Beginnings; beginning++)
        {
            var units = new double[best.Length];
            for (var s = 0; beginning > 0 && s < units.Length; s++)
            {
                units[s] = draws.Chance(0.3) && permitted.HasRoom(s, units) ? Math.Floor(Math.Min(permitted.Ceilings[s], 2 * Step) / Step) * Step : 0;
            }

            var value = Climb(units);
            if (value > most)
            {
                (best, most) = (units, value);
            }
        }

        return best;
    }

    private double Climb(double[] units)
    {
        var value = ValueOf(units);
        for (var improved = true; improved;)
        {
            improved = false;
            for (var s = 0; s < units.Length; s++)
            {
                var (kept, chosen) = (units[s], units[s]);
                foreach (var dose in Doses(s, kept))
                {
                    if (dose > 0 && !permitted.HasRoom(s, units))
                    {
                        continue;
                    }

                    units[s] = dose;
                    var now = ValueOf(units);
                    if (now > value + 1e-9)
                    {
                        (value, chosen, improved) = (now, dose, true);
                    }
                }

                units[s] = chosen;
            }
        }

        return value;
    }

    /// <summary>A step up, a step down, and nothing at all.</summary>
    private IEnumerable<double> Doses(int needle, double now)
    {
        if (now + Step <= permitted.Ceilings[needle])
        {
            yield return now + Step;
        }

        if (now > 0)
        {
            yield return now - Step;
        }

        if (now > Step)
        {
            yield return 0;
        }
    }

    private double ValueOf(double[] units)
    {
        Evaluations++;
        crowd.Judge(units, utility, _worth);
        return _worth.Sum();
    }
}
