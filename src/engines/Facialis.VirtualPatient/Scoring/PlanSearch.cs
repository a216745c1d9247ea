using Facialis.VirtualPatient.Chance;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>Looks for the best doses: from several beginnings, one needle after the other in steps of a syringe, until no step helps.</summary>
internal sealed class PlanSearch(ScoreCrowd crowd, PermittedNeedles permitted, Utility utility, ulong seed)
{
    /// <summary>Step of a syringe, U.</summary>
    public const double Step = 1.25;

    private const int BeginningCount = 3;
    private readonly double[] _worth = new double[crowd.People];

    /// <summary>Plans looked at.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The best doses found, U for each needle.</summary>
    public double[] Best()
    {
        var best = new double[permitted.Needles.Count];
        var most = ValueOf(new GivenPlan(crowd, best));
        foreach (var units in Beginnings(permitted, seed))
        {
            var value = Climb(units);
            if (value > most)
            {
                (best, most) = (units, value);
            }
        }

        return best;
    }

    /// <summary>Doses that the search begins with: none, then some by chance.</summary>
    public static IEnumerable<double[]> Beginnings(PermittedNeedles permitted, ulong seed)
    {
        var draws = Draws.Of(seed, ChancePurpose.Search);
        for (var beginning = 0; beginning < BeginningCount; beginning++)
        {
            var units = new double[permitted.Needles.Count];
            for (var s = 0; beginning > 0 && s < units.Length; s++)
            {
                units[s] = draws.Chance(0.3) && permitted.HasRoom(s, units) ? Math.Floor(Math.Min(permitted.Ceilings[s], 2 * Step) / Step) * Step : 0;
            }

            yield return units;
        }
    }

    private double Climb(double[] units)
    {
        Span<double> doses = stackalloc double[3];
        Span<double> sums = stackalloc double[3];
        var plan = new GivenPlan(crowd, units);
        var value = ValueOf(plan);
        for (var improved = true; improved;)
        {
            improved = false;
            for (var s = 0; s < units.Length; s++)
            {
                if (units[s] == 0 && !permitted.HasRoom(s, units))
                {
                    continue;
                }

                var count = Doses(s, units[s], doses);
                Evaluations += count;
                crowd.JudgeDoses(plan, s, doses[..count], utility, sums[..count]);
                for (var k = 0; k < count; k++)
                {
                    if (sums[k] > value + 1e-9)
                    {
                        (value, units[s], improved) = (sums[k], doses[k], true);
                    }
                }

                plan.Change(s, units[s]);
            }
        }

        return value;
    }

    /// <summary>A step up, a step down, and nothing at all.</summary>
    private int Doses(int needle, double now, Span<double> doses)
    {
        var count = 0;
        if (now + Step <= permitted.Ceilings[needle])
        {
            doses[count++] = now + Step;
        }

        if (now > 0)
        {
            doses[count++] = now - Step;
        }

        if (now > Step)
        {
            doses[count++] = 0;
        }

        return count;
    }

    private double ValueOf(GivenPlan plan)
    {
        Evaluations++;
        crowd.Judge(plan, utility, _worth);
        return _worth.Sum();
    }
}
