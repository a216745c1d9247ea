using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Engines.Tests.VirtualPatient;
using Facialis.Spasm;
using Facialis.Spasm.Report;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Recordings;
using Facialis.VirtualPatient.Spread;

namespace Facialis.Claims.ClosedLoop;

/// <summary>Films virtual people and measures them: what was planted must come back.</summary>
internal static class ClosedLoop
{
    private const int Seeds = 200;
    private const double RestSeconds = 180;

    /// <summary>The side must be right above this many contractions a minute.</summary>
    private const double ClearRate = 2;

    /// <summary>Contractions this many times as large as the jitter must be found.</summary>
    private const double ClearSize = 3;

    private static readonly double[] FrameRates = [24, 30, 60];

    /// <summary>Weeks after a usual orbital treatment at which people are filmed: untreated, much weakened, coming back.</summary>
    private static readonly int[] Weeks = [0, 4, 10];

    private static readonly string[] Orbital = ["OO_UP_PT_LAT", "OO_LO_PT_LAT", "OO_ORB_LATCANTH", "OO_ORB_INFLAT"];

    public static Claim Claim { get; } = new(
        "closed-loop", "What is planted in the recordings of virtual people is measured: rate within its interval, side, each clear contraction.", Holds);

    private static bool Holds(string[] arguments)
    {
        var seeds = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : Seeds;
        var results = new Loop[seeds];
        Parallel.For(0, seeds, i => results[i] = Measure((ulong)(i + 1), FrameRates[i % FrameRates.Length], Weeks[i / FrameRates.Length % Weeks.Length]));

        Console.WriteLine("| week | frames/s | people | contractions a minute | rate within interval | side right | F1, all | F1, above 3 times the jitter |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var group in results.GroupBy(r => (r.Week, r.FramesPerSecond)).OrderBy(g => g.Key))
        {
            var sum = Sum.Of(group);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group.Key.Week} | {group.Key.FramesPerSecond:0} | {sum.People} | {group.Average(r => r.PlantedPerMinute):0.0} | {sum.Within} of {sum.People} | {sum.SideRight} of {sum.SideAsked} | {sum.F1:0.000} | {sum.ClearF1:0.000} |"));
        }

        var all = Sum.Of(results);
        foreach (var worst in results.OrderBy(r => r.F1).Take(5))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"seed {worst.Seed}, {worst.Pattern}, week {worst.Week}, {worst.FramesPerSecond:0} frames/s: {worst.Found} found, {worst.Missed} missed, {worst.Extra} too many"));
        }

        var share = (double)all.Within / all.People;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"closed-loop: rate within its own interval in {all.Within} of {all.People} ({share:0.0%}; 90 to 98 %), side right in {all.SideRight} of {all.SideAsked}, F1 {all.ClearF1:0.000} above {ClearSize} times the jitter (0.95)"));
        return share is >= 0.90 and <= 0.98 && all.SideRight == all.SideAsked && all.ClearF1 >= 0.95;
    }

    private static Loop Measure(ulong seed, double framesPerSecond, int week)
    {
        var person = VirtualPerson.FromSeed(seed);
        Deposit[] deposits =
        [
            .. Orbital.Select(id => FaceAtlas.Current.FindSite(id)!).Select(site => // sites of the atlas
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
        var planted = recording.Spasms.Where(s => s.AtRest).ToList();
        var measured = report.Events.Where(e => e.Counted).ToList();
        var found = planted.Zip(PlantedMatches.Of(planted, measured), (spasm, isFound) => (Spasm: spasm, IsFound: isFound)).ToList();
        var rate = report.Of(person.Side).Events;
        double PerMinute(Side side) => planted.Count(s => s.Side == side) / (RestSeconds / 60);
        var truth = PerMinute(person.Side);
        var named = report.Affected.Answer;
        var own = person.Side == Side.PatientLeft ? AffectedSide.Left : AffectedSide.Right;
        return new Loop(
            seed, person.Spasm.Pattern, week, framesPerSecond, truth, rate.Low <= truth && truth <= rate.High,
            PerMinute(person.Side.Opposite()) > ClearRate ? named == AffectedSide.Both : named == own || (named == AffectedSide.Both && PerMinute(person.Side.Opposite()) > 0),
            found.Count(f => f.IsFound), found.Count(f => !f.IsFound), measured.Count - found.Count(f => f.IsFound),
            found.Count(f => f.IsFound && f.Spasm.TimesJitter >= ClearSize), found.Count(f => !f.IsFound && f.Spasm.TimesJitter >= ClearSize));
    }

    /// <param name="Seed">Who.</param>
    /// <param name="Pattern">How the spasm comes.</param>
    /// <param name="Week">Weeks after the treatment.</param>
    /// <param name="FramesPerSecond">Of the camera.</param>
    /// <param name="PlantedPerMinute">Contractions a minute on the worse side, truly.</param>
    /// <param name="IsWithin">Whether that lies in the measured interval.</param>
    /// <param name="IsSideRight">Whether the side was named, or both where both have spasm.</param>
    /// <param name="Found">Planted and found.</param>
    /// <param name="Missed">Planted and not found.</param>
    /// <param name="Extra">Found and not planted.</param>
    /// <param name="ClearFound">Clear ones found.</param>
    /// <param name="ClearMissed">Clear ones not found.</param>
    private sealed record Loop(
        ulong Seed, SpasmPattern Pattern, int Week, double FramesPerSecond, double PlantedPerMinute, bool IsWithin, bool IsSideRight,
        int Found, int Missed, int Extra, int ClearFound, int ClearMissed)
    {
        public double F1 => Found + Missed + Extra == 0 ? 1 : 2.0 * Found / ((2 * Found) + Missed + Extra);
    }

    private sealed record Sum(int People, int Within, int SideRight, int SideAsked, double F1, double ClearF1)
    {
        public static Sum Of(IEnumerable<Loop> loops)
        {
            var all = loops.ToList();
            var asked = all.Where(r => r.PlantedPerMinute > ClearRate).ToList();
            return new Sum(
                all.Count, all.Count(r => r.IsWithin), asked.Count(r => r.IsSideRight), asked.Count,
                Score(all.Sum(r => r.Found), all.Sum(r => r.Missed), all.Sum(r => r.Extra)),
                Score(all.Sum(r => r.ClearFound), all.Sum(r => r.ClearMissed), all.Sum(r => r.Extra)));
        }

        private static double Score(int found, int missed, int extra) => 2.0 * found / Math.Max(1, (2 * found) + missed + extra);
    }
}
