using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Anatomy.Synthesis;
using Facialis.Claims.Accuracy;
using Facialis.Engines.Tests.VirtualPatient;
using Facialis.Spasm;
using Facialis.Spasm.Report;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Recordings;
using Facialis.VirtualPatient.Spread;

namespace Facialis.Claims.ClosedLoop;

/// <summary>A virtual person who was filmed and measured.</summary>
/// <param name="Seed">Who.</param>
/// <param name="Pattern">How the spasm comes.</param>
/// <param name="Week">Weeks after the treatment; 0 for none.</param>
/// <param name="FramesPerSecond">Of the camera.</param>
/// <param name="Size">Middle size of the contractions, times the jitter.</param>
/// <param name="PlantedPerMinute">Contractions a minute on the person's side, truly.</param>
/// <param name="IsWithin">Whether that lies in the measured interval.</param>
/// <param name="IsSideRight">Whether the side was named, or both where both have spasm.</param>
/// <param name="All">All contractions.</param>
/// <param name="Clear">Those above <see cref="ClearSize"/>.</param>
internal sealed record FilmedPerson(
    ulong Seed, SpasmPattern Pattern, int Week, double FramesPerSecond, double Size, double PlantedPerMinute, bool IsWithin, bool IsSideRight, Matches All, Matches Clear)
{
    /// <summary>Contractions this many times as large as the jitter must be found.</summary>
    public const double ClearSize = 3;

    /// <summary>The side must be right above this many contractions a minute.</summary>
    public const double ClearRate = 2;

    private const double RestSeconds = 180;

    private static readonly string[] Orbital = ["OO_UP_PT_LAT", "OO_LO_PT_LAT", "OO_ORB_LATCANTH", "OO_ORB_INFLAT"];

    /// <summary>Films and measures; a usual orbital treatment lies that many weeks back, or none where it is week 0.</summary>
    public static FilmedPerson Film(ulong seed, double framesPerSecond, int week)
    {
        var person = VirtualPerson.FromSeed(seed);
        Deposit[] deposits =
        [
            .. Orbital.Select(id => FaceAtlas.Current.FindSite(id)!).Select(site =>
            {
                var at = FacePosition.Of(site.UsualPoint);
                return new Deposit(person.Side, at, 2.5, 0.1, Deposit.PlaneAt(at, site.Depth));
            }),
        ];
        var course = VirtualCourse.Of(person, week == 0 ? [] : [new CourseTreatment(0, deposits)]);
        var recording = VirtualRecording.Of(
            course, 7 * week, new RecordingWishes { RestSeconds = RestSeconds, ChecksSide = true, AllLandmarks = false, FramesPerSecond = framesPerSecond });
        using var reader = recording.Open();
        var report = SpasmAnalysis.Run(reader).Report;

        // What no frame shows is not in the recording; the rate is that of the person all the same.
        var lost = recording.Script.Movements.Where(m => m.Kind == MovementKind.FaceLost).ToList();
        var atRest = recording.Spasms.Where(s => s.AtRest).ToList();
        var planted = atRest.Where(s => !lost.Exists(m => s.PeakSeconds >= m.StartSeconds && s.PeakSeconds < m.EndSeconds)).ToList();
        var measured = report.Events.Where(e => e.Counted).ToList();
        var found = planted.Zip(PlantedMatches.Of(planted, measured), (spasm, isFound) => (Spasm: spasm, IsFound: isFound)).ToList();
        var extra = measured.Count - found.Count(f => f.IsFound);
        Matches Of(double least) =>
            new(found.Count(f => f.IsFound && f.Spasm.TimesJitter >= least), found.Count(f => !f.IsFound && f.Spasm.TimesJitter >= least), extra);

        double PerMinute(Side side) => atRest.Count(s => s.Side == side) / (RestSeconds / 60);
        var (truth, rate) = (PerMinute(person.Side), report.Of(person.Side).Events);
        var sizes = planted.Select(s => s.TimesJitter).Order().ToList();
        return new FilmedPerson(
            seed, person.Spasm.Pattern, week, framesPerSecond, sizes.Count == 0 ? 0 : sizes[sizes.Count / 2], truth, rate.Low <= truth && truth <= rate.High,
            IsNamed(person.Side, PerMinute(person.Side.Opposite()), report.Affected.Answer), Of(0), Of(ClearSize));
    }

    // Where both sides have spasm often enough, both must be named; where the other has little of it, both may be.
    private static bool IsNamed(Side side, double otherPerMinute, AffectedSide named)
    {
        var own = side == Side.PatientLeft ? AffectedSide.Left : AffectedSide.Right;
        return otherPerMinute > ClearRate ? named == AffectedSide.Both : named == own || (named == AffectedSide.Both && otherPerMinute > 0);
    }
}

/// <summary>Contractions found and missed, and events that are none.</summary>
internal readonly record struct Matches(int Found, int Missed, int Extra)
{
    /// <summary>Share of agreement; 1 where there is nothing to find and nothing was found.</summary>
    public double F1 => Score.Harmonic(Found, Found + Missed, Extra);

    public static Matches Sum(IEnumerable<Matches> all)
    {
        var sum = default(Matches);
        foreach (var one in all)
        {
            sum = new Matches(sum.Found + one.Found, sum.Missed + one.Missed, sum.Extra + one.Extra);
        }

        return sum;
    }
}
