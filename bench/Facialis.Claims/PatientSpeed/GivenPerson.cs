using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Spread;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.Claims.PatientSpeed;

/// <summary>A person as the NumPy program is given it, with the place that each needle truly reached.</summary>
/// <param name="Kinetics">Dose, clock, width and size.</param>
/// <param name="Frailty">The rest of the person's answer to toxin.</param>
/// <param name="Weights">Weight times gain of each muscle, adding up to 1.</param>
/// <param name="Placed">Ends of the needles.</param>
internal sealed record GivenPerson(PersonKinetics Kinetics, Frailty Frailty, IReadOnlyList<double> Weights, IReadOnlyList<FacePosition> Placed)
{
    private static readonly ModelParameters Model = ModelParameters.Current;

    /// <summary>A virtual person, every needle exactly where it was planned.</summary>
    public static GivenPerson Of(VirtualCourse course, IReadOnlyList<Deposit> needles) => new(
        course.Kinetics, course.Person.Frailty,
        [.. course.Person.Spasm.Weights.Zip(course.Person.Spasm.Gains, (w, g) => w * g / course.Person.Spasm.UntreatedSeverity)],
        [.. needles.Select(n => n.Position)]);

    /// <summary>One of a population: its needles err one after the other.</summary>
    public static GivenPerson OfPopulation(PopulationWishes wishes, int index, IReadOnlyList<Deposit> needles)
    {
        var person = new CrowdPerson(Model, wishes, index);
        var draws = Draws.Of(person.Seed, ChancePurpose.Placement);
        var placed = new FacePosition[needles.Count];
        for (var s = 0; s < placed.Length; s++)
        {
            placed[s] = Missed(needles[s].Position, person, ref draws);
        }

        return new GivenPerson(person.Kinetics, person.Frailty, person.Weights, placed);
    }

    /// <summary>One of those on whom plans are scored: each needle errs by chance of its own.</summary>
    public static GivenPerson OfScore(PopulationWishes wishes, int index, IReadOnlyList<Deposit> needles)
    {
        var person = new CrowdPerson(Model, wishes, index);
        var placed = new FacePosition[needles.Count];
        for (var s = 0; s < placed.Length; s++)
        {
            var draws = Draws.Of(person.Seed, ChancePurpose.Placement, (ulong)s);
            placed[s] = Missed(needles[s].Position, person, ref draws);
        }

        return new GivenPerson(person.Kinetics, person.Frailty, person.Weights, placed);
    }

    /// <summary>Writes people and needles.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">Name of the group in the folder.</param>
    /// <param name="people">The people.</param>
    /// <param name="needles">The needles, all on the side with the spasm.</param>
    public static void Write(PeerFolder folder, string name, IReadOnlyList<GivenPerson> people, IReadOnlyList<Deposit> needles)
    {
        folder.Write($"{name}-person", people.SelectMany(p => (double[])
        [
            p.Kinetics.D50, p.Kinetics.Clock.TauDays, p.Kinetics.Clock.HalfLifeDays, p.Kinetics.WidthFactor, p.Kinetics.IpdMm, p.Frailty.SideEffects,
        ]));
        folder.Write($"{name}-weights", people.SelectMany(p => p.Weights));
        folder.Write($"{name}-placed", people.SelectMany(p => p.Placed).SelectMany(Pair));
        folder.Write($"{name}-behind", people.SelectMany(p => p.Behind()).SelectMany(Pair));
        folder.Write($"{name}-needles", needles.SelectMany(n => (double[])[n.Units, n.VolumeMl, n.Plane == TissuePlane.Pretarsal ? 1 : 0]));
    }

    private static IEnumerable<double> Pair(FacePosition position) => [position.LateralIpd, position.DownIpd];

    private static FacePosition Missed(FacePosition aim, in CrowdPerson person, ref Draws draws)
    {
        var sd = Model["placementSd"] / person.IpdMm;
        return new FacePosition(aim.LateralIpd + (sd * draws.Normal()), aim.DownIpd + (sd * draws.Normal()));
    }

    private IEnumerable<FacePosition> Behind()
    {
        var count = Model.Geometry.OffTargets.Count;
        var (lateral, down) = (new double[count], new double[count]);
        PersonKinetics.OffTargets(Model, Frailty, Kinetics.IpdMm, lateral, down);
        return lateral.Zip(down, (x, y) => new FacePosition(x, y));
    }
}
