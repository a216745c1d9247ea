using System.Collections.Immutable;
using Facialis.Anatomy;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Spread;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>People under one plan, with all worked out that the fitted constants do not touch: the same people for every set of constants.</summary>
internal sealed class CalibrationCrowd
{
    private const int GroupSize = 50;

    private readonly ModelParameters _base;
    private readonly CrowdPerson[] _people;
    private readonly double[][] _exposure;

    /// <param name="parameters">The model; geometry, width and needle error are taken from it.</param>
    /// <param name="deposits">The plan.</param>
    /// <param name="side">The half that is followed.</param>
    /// <param name="people">Number of people; above 0.</param>
    public CalibrationCrowd(ModelParameters parameters, IReadOnlyList<Deposit> deposits, Side side, int people)
    {
        _base = parameters;
        _people = new CrowdPerson[people];
        _exposure = new double[people][];
        var wishes = new PopulationWishes { People = people };
        var geometry = parameters.Geometry;
        Parallel.For(0, people, i =>
        {
            var person = _people[i] = new CrowdPerson(parameters, wishes, i);
            var placed = Place(deposits, person, parameters["placementSd"]);
            var (exposure, scratch) = (new double[geometry.EndplateLateral.Length], new double[geometry.EndplateLateral.Length]);
            SpreadField.Expose(
                parameters.Kernel, placed, side, geometry.EndplateLateral, geometry.EndplateDown, person.IpdMm, person.Kinetics.WidthFactor,
                behindTarsus: false, exposure, scratch);
            _exposure[i] = exposure;
        });
    }

    /// <summary>Days of the looks; the day of the treatment is not among them.</summary>
    public static ImmutableArray<int> Days { get; } =
        [1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91, 98, 105, 112, 126, 140, 161, 182];

    /// <summary>Number of people.</summary>
    public int People => _people.Length;

    /// <summary>Follows everybody under the given constants. The result is the same on any number of threads.</summary>
    public CourseFigures Follow(ModelParameters parameters)
    {
        var groups = new CourseSums[(_people.Length + GroupSize - 1) / GroupSize];
        Parallel.For(0, groups.Length, group =>
        {
            var sums = groups[group] = new CourseSums();
            var (powers, force) = (new double[_exposure[0].Length], new double[_base.Geometry.Muscles.Count]);
            var improvement = new double[Days.Length];
            for (var i = group * GroupSize; i < Math.Min(_people.Length, (group + 1) * GroupSize); i++)
            {
                var kinetics = PersonKinetics.Of(parameters, _people[i].Frailty, _people[i].IpdMm);
                BlockCurve.Powers(parameters.Kernel, _exposure[i], kinetics.D50, powers);
                for (var d = 0; d < improvement.Length; d++)
                {
                    BlockCurve.ResidualForce(parameters.Kernel, powers, BlockCurve.PowerOf(parameters.Kernel, kinetics.Clock.LevelAt(Days[d])), force);
                    improvement[d] = 1 - VisibleSpasm.Severity(parameters.Kernel, force, _people[i].Weights);
                }

                sums.Add(improvement);
            }
        });
        var all = new CourseSums();
        foreach (var group in groups)
        {
            all.Add(group);
        }

        return all.Result(parameters["halfLife"]);
    }

    /// <summary>Voluntary strength of every muscle of a person at a day, 0 to 1.</summary>
    public void Strength(ModelParameters parameters, int person, double day, Span<double> strength)
    {
        var kinetics = PersonKinetics.Of(parameters, _people[person].Frailty, _people[person].IpdMm);
        var powers = new double[_exposure[person].Length];
        BlockCurve.Powers(parameters.Kernel, _exposure[person], kinetics.D50, powers);
        BlockCurve.ResidualForce(parameters.Kernel, powers, BlockCurve.PowerOf(parameters.Kernel, kinetics.Clock.LevelAt(day)), strength);
        foreach (ref var one in strength)
        {
            one = VisibleSpasm.VoluntaryStrength(parameters.Kernel, one);
        }
    }

    private static Deposit[] Place(IReadOnlyList<Deposit> deposits, in CrowdPerson person, double placementSdMm)
    {
        var draws = Draws.Of(person.Seed, ChancePurpose.Placement);
        var sd = placementSdMm / person.IpdMm;
        var placed = new Deposit[deposits.Count];
        for (var s = 0; s < placed.Length; s++)
        {
            var at = deposits[s].Position;
            placed[s] = deposits[s] with { Position = new FacePosition(at.LateralIpd + (sd * draws.Normal()), at.DownIpd + (sd * draws.Normal())) };
        }

        return placed;
    }
}
