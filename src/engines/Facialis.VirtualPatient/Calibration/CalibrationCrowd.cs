using System.Collections.Immutable;
using Facialis.Anatomy;
using Facialis.VirtualPatient.Arithmetic;
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

    // With few people a look is over so soon that threads would mostly wait for each other; profiles go side by side instead.
    private const int FewPeople = 1000;
    private const double Log2 = 0.69314718055994530942;

    // Logarithm of BlockCurve.Plenty.
    private const double LogOfPlenty = 80.590478;

    private readonly ModelParameters _base;
    private readonly CrowdPerson[] _people;
    private readonly double[][] _logExposure;

    /// <param name="parameters">The model; geometry, width and needle error are taken from it.</param>
    /// <param name="deposits">The plan.</param>
    /// <param name="side">The half that is followed.</param>
    /// <param name="people">Number of people; above 0.</param>
    public CalibrationCrowd(ModelParameters parameters, IReadOnlyList<Deposit> deposits, Side side, int people)
    {
        _base = parameters;
        _people = new CrowdPerson[people];
        _logExposure = new double[people][];
        var wishes = new PopulationWishes { People = people };
        var geometry = parameters.Geometry;
        Parallel.For(0, people, i =>
        {
            var person = _people[i] = new CrowdPerson(parameters, wishes, i);
            var placed = Place(deposits, person, parameters["placementSd"]);
            var exposure = new double[geometry.EndplateLateral.Length];
            SpreadField.Expose(
                parameters.Kernel, placed, side, geometry.EndplateLateral, geometry.EndplateDown, person.IpdMm, person.Kinetics.WidthFactor,
                behindTarsus: false, exposure);
            PortableVectors.Log(exposure);
            _logExposure[i] = exposure;
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
        Parallel.For(0, groups.Length, new ParallelOptions { MaxDegreeOfParallelism = _people.Length <= FewPeople ? 1 : -1 }, group =>
        {
            var sums = groups[group] = new CourseSums();
            var (powers, force) = (new double[_logExposure[0].Length], new double[_base.Geometry.Muscles.Count]);
            var (clock, improvement) = (new double[Days.Length], new double[Days.Length]);
            for (var i = group * GroupSize; i < Math.Min(_people.Length, (group + 1) * GroupSize); i++)
            {
                var kinetics = PersonKinetics.Of(parameters, _people[i].Frailty, _people[i].IpdMm);
                Powers(parameters.Kernel, _logExposure[i], kinetics.D50, powers);
                ClockPowers(parameters.Kernel, kinetics.Clock, clock);
                VisibleSpasm.Severities(parameters.Kernel, powers, clock, _people[i].Weights, improvement, clock[^1], force);
                for (var d = 0; d < improvement.Length; d++)
                {
                    improvement[d] = 1 - improvement[d];
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
        var powers = new double[_logExposure[person].Length];
        Powers(parameters.Kernel, _logExposure[person], kinetics.D50, powers);
        BlockCurve.ResidualForce(parameters.Kernel, powers, BlockCurve.PowerOf(parameters.Kernel, kinetics.Clock.LevelAt(day)), strength);
        foreach (ref var one in strength)
        {
            one = VisibleSpasm.VoluntaryStrength(parameters.Kernel, one);
        }
    }

    // As BlockCurve.Powers, from logarithms that are worked out once for all sets of constants.
    private static void Powers(in KernelConstants kernel, ReadOnlySpan<double> logExposure, double d50, Span<double> powers)
    {
        var shift = PortableMath.Log(d50);
        for (var i = 0; i < powers.Length; i++)
        {
            powers[i] = Math.Min(kernel.Hill * (logExposure[i] - shift), LogOfPlenty);
        }

        PortableVectors.Exp(powers);
    }

    // As ToxinClock.LevelAt and BlockCurve.PowerOf, for all looks at once: this is where a calibration spends its time.
    private static void ClockPowers(in KernelConstants kernel, in ToxinClock clock, Span<double> powers)
    {
        for (var d = 0; d < powers.Length; d++)
        {
            powers[d] = -Days[d] / clock.TauDays;
        }

        PortableVectors.Exp(powers);
        for (var d = 0; d < powers.Length; d++)
        {
            powers[d] = 1 - ((1 + (Days[d] / clock.TauDays)) * powers[d]);
        }

        PortableVectors.Log(powers);
        for (var d = 0; d < powers.Length; d++)
        {
            powers[d] = Math.Min(0, kernel.Hill * (powers[d] - (Log2 * Days[d] / clock.HalfLifeDays)));
        }

        PortableVectors.Exp(powers);
        foreach (ref var power in powers)
        {
            power = Math.Min(power, 1);
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
