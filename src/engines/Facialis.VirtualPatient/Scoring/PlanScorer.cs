using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Spread;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>Scores plans: finds the best permitted plan once, then sets any plan against it on the same people.</summary>
public sealed class PlanScorer
{
    private const int Resamples = 200;
    private readonly ModelParameters _parameters;
    private readonly PopulationWishes _wishes;
    private readonly Side _affected;
    private readonly Utility _utility;
    private readonly double[] _bestWorth;

    /// <summary>Finds the best permitted plan.</summary>
    /// <param name="affected">The side with the spasm.</param>
    /// <param name="wishes">Who is treated; 300 people where null. With <see cref="PopulationWishes.Like"/> all have one person's face and spasm.</param>
    /// <param name="utility">Weights; those of the model where null.</param>
    /// <param name="parameters">The model; the current one where null.</param>
    public PlanScorer(Side affected, PopulationWishes? wishes = null, Utility? utility = null, ModelParameters? parameters = null)
    {
        _parameters = parameters ?? ModelParameters.Current;
        _wishes = wishes ?? new PopulationWishes { People = 300 };
        (_affected, _utility) = (affected, utility ?? Utility.Of(_parameters));
        var permitted = new PermittedNeedles(_parameters, affected);
        var crowd = new ScoreCrowd(_parameters, _wishes, permitted.Needles, affected);
        var search = new PlanSearch(crowd, permitted, _utility, _wishes.Seed);
        var units = search.Best();
        Evaluations = search.Evaluations;
        _bestWorth = new double[crowd.People];
        Best = Worth(crowd, units, permitted.Sites.Select(s => s.Id), _bestWorth);
    }

    /// <summary>The best permitted plan found.</summary>
    public PlanWorth Best { get; }

    /// <summary>Plans looked at to find it.</summary>
    public int Evaluations { get; }

    /// <summary>Scores a plan on the same people.</summary>
    /// <param name="deposits">The plan, see <see cref="Courses.CourseTreatment.Of"/>.</param>
    public PlanScore Score(IReadOnlyList<Deposit> deposits)
    {
        ArgumentNullException.ThrowIfNull(deposits);
        var worth = new double[_bestWorth.Length];
        var plan = deposits.Count == 0
            ? new PlanWorth([], 0, 0, 0, 0, 0, 0)
            : Worth(
                new ScoreCrowd(_parameters, _wishes, deposits, _affected), [.. deposits.Select(d => d.Units)],
                deposits.Select(d => FaceAtlas.Current.Nearest(FacePoint.Nearest((decimal)d.Position.LateralIpd, (decimal)d.Position.DownIpd)).Site.Id), worth);
        // Nothing given is worth nothing: no improvement and no harm.
        return new PlanScore
        {
            ModelStamp = _parameters.Stamp,
            Seed = _wishes.Seed,
            People = worth.Length,
            Skill = 100 * worth.Sum() / _bestWorth.Sum(),
            StandardError = Resampled(worth),
            Plan = plan,
            Best = Best,
        };
    }

    private PlanWorth Worth(ScoreCrowd crowd, double[] units, IEnumerable<string> siteIds, double[] worth)
    {
        var (benefit, ptosis, diplopia, mouth) = crowd.Judge(new GivenPlan(crowd, units), _utility, worth);
        return new PlanWorth(
            [.. siteIds.Zip(units, (id, u) => new SiteUnits(id, u)).Where(s => s.Units > 0)], units.Sum(), benefit, ptosis, diplopia, mouth, worth.Average());
    }

    private double Resampled(double[] worth)
    {
        var draws = Draws.Of(_wishes.Seed, ChancePurpose.Bootstrap);
        var (sum, squares) = (0.0, 0.0);
        for (var r = 0; r < Resamples; r++)
        {
            var (plan, best) = (0.0, 0.0);
            for (var i = 0; i < worth.Length; i++)
            {
                var chosen = (int)(draws.Uniform() * worth.Length);
                plan += worth[chosen];
                best += _bestWorth[chosen];
            }

            var skill = 100 * plan / best;
            sum += skill;
            squares += skill * skill;
        }

        return Math.Sqrt(Math.Max(0, (squares - (sum * sum / Resamples)) / (Resamples - 1)));
    }
}
