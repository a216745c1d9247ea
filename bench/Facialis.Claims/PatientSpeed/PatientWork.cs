using System.Text.Json;
using Facialis.Anatomy;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Scoring;
using Facialis.VirtualPatient.SideEffects;
using Facialis.VirtualPatient.Spread;

namespace Facialis.Claims.PatientSpeed;

/// <summary>What both programs are asked to do: the plan, the people, the score.</summary>
internal static class PatientWork
{
    /// <summary>People of the population.</summary>
    public const int People = 2000;

    /// <summary>Weeks after the treatment.</summary>
    public const int Weeks = 16;

    private const int FollowedPeople = 40;
    private const int ScoredPeople = 300;

    /// <summary>Resamplings behind a score's standard error, as <see cref="PlanScorer"/> has them.</summary>
    private const int Resamples = 200;

    public static Side Affected => Side.PatientLeft;

    /// <summary>The six points in front of the tarsus and beside the mouth's corner that the model was tried with.</summary>
    public static IReadOnlyList<Deposit> Plan { get; } =
    [
        Needle(0.364, -0.103, 2.5), Needle(0.649, -0.103, 2.5), Needle(0.791, -0.016, 5), Needle(0.649, 0.095, 2.5), Needle(0.475, 0.103, 2.5), Needle(0.823, 0.491, 1.25),
    ];

    /// <summary>Virtual people who are followed one by one.</summary>
    public static IReadOnlyList<VirtualCourse> Courses { get; } =
    [
        .. Enumerable.Range(1, FollowedPeople).Select(seed => VirtualPerson.FromSeed((ulong)seed))
            .Select(person => VirtualCourse.Of(person.Side == Affected ? person : person.Mirrored(), [new CourseTreatment(0, Plan)])),
    ];

    /// <summary>On one thread, as NumPy works: two that share a core would each be slower.</summary>
    public static PopulationWishes Population => new() { People = People, Weeks = Weeks, Threads = 1 };

    /// <summary>On one thread, too.</summary>
    public static PopulationWishes Scored => new() { People = ScoredPeople, Weeks = Weeks, Threads = 1 };

    /// <summary>Writes everything that the NumPy program is given.</summary>
    public static void Write(PeerFolder folder)
    {
        var model = ModelParameters.Current;
        var geometry = model.Geometry;
        var groups = new MuscleGroups(geometry);
        var values = model.All.ToDictionary(p => p.Name, object (p) => p.Value);
        values["muscles"] = geometry.Muscles.Count;
        values["endplatesPerMuscle"] = geometry.EndplatesPerMuscle;
        values["weeks"] = Weeks;
        values["judgedDay"] = SideEffectDraw.JudgedDay;
        values["step"] = PlanSearch.Step;
        values["mouth"] = groups.Mouth.Muscles;
        values["lids"] = groups.Lids.Muscles;
        values["brow"] = groups.Brow.Muscles;
        folder.WriteText("model.json", JsonSerializer.Serialize(values));
        folder.Write("endplates", geometry.EndplateLateral.Zip(geometry.EndplateDown).SelectMany(p => (double[])[p.First, p.Second]));
        GivenPerson.Write(folder, "courses", [.. Courses.Select(c => GivenPerson.Of(c, Plan))], Plan);
        GivenPerson.Write(folder, "crowd", [.. Enumerable.Range(0, People).Select(i => GivenPerson.OfPopulation(Population, i, Plan))], Plan);
        WriteScore(folder, new PermittedNeedles(model, Affected));
    }

    private static void WriteScore(PeerFolder folder, PermittedNeedles permitted)
    {
        var sites = permitted.Needles;
        GivenPerson.Write(folder, "sites", [.. Enumerable.Range(0, ScoredPeople).Select(i => GivenPerson.OfScore(Scored, i, sites))], sites);
        GivenPerson.Write(folder, "plan", [.. Enumerable.Range(0, ScoredPeople).Select(i => GivenPerson.OfScore(Scored, i, Plan))], Plan);
        folder.Write("ceilings", permitted.Ceilings);
        folder.Write("beginnings", PlanSearch.Beginnings(permitted, Scored.Seed).SelectMany(units => units));
        folder.Write("close", Enumerable.Range(0, sites.Count).SelectMany(a => Enumerable.Range(0, sites.Count).Select(b => IsClose(permitted, a, b) ? 1.0 : 0)));
        var draws = Draws.Of(Scored.Seed, ChancePurpose.Bootstrap);
        folder.Write("resamples", Enumerable.Range(0, Resamples * ScoredPeople).Select(_ => Math.Floor(draws.Uniform() * ScoredPeople)));
    }

    private static bool IsClose(PermittedNeedles permitted, int needle, int other)
    {
        var units = new double[permitted.Needles.Count];
        units[other] = 1;
        return !permitted.HasRoom(needle, units);
    }

    private static Deposit Needle(double lateral, double down, double units)
    {
        var at = new FacePosition(lateral, down);
        return new Deposit(Affected, at, units, 0.05, Deposit.PlaneAt(at, Anatomy.Sites.NeedleDepth.Subcutaneous));
    }
}
