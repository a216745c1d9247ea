using System.Globalization;
using Facialis.Claims.Speed;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Scoring;
using Facialis.VirtualPatient.SideEffects;

namespace Facialis.Claims.PatientSpeed;

/// <summary>Whether both programs come to the same numbers: without it their times say nothing.</summary>
internal static class Agreement
{
    private const double Most = 1e-9;
    private static readonly ModelParameters Model = ModelParameters.Current;

    /// <summary>Compares what the NumPy program left in the folder, and prints the largest differences.</summary>
    public static bool Of(PeerFolder folder)
    {
        Console.WriteLine($"Agreement: largest difference, wanted at most {Most:0e0}");
        var agrees = Followed(folder) & Treated(folder) & Scored(folder);
        return agrees;
    }

    /// <summary>Runs the NumPy program once for a piece of work.</summary>
    public static double CpuMsOfNumpy(PeerFolder folder, params string[] work) => ChildRun.OfNumpy("virtual_patient_peer.py", [folder.FullName, .. work])["cpu_ms"];

    private static bool Followed(PeerFolder folder)
    {
        CpuMsOfNumpy(folder, "courses");
        var courses = PatientWork.Courses;
        double[] weeks = [.. Enumerable.Range(0, PatientWork.Weeks + 1).Select(w => 7.0 * w)];
        var muscles = weeks.Skip(1).Select(day => courses.Select(c => c.MusclesAt(PatientWork.Affected, day)).ToArray()).ToArray();
        var block = muscles.SelectMany(day => Enumerable.Range(0, Model.Geometry.Muscles.Count).SelectMany(m => day.Select(person => person[m].Block)));
        return Row($"block of {Model.Geometry.Muscles.Count} muscles, {courses.Count} people, {PatientWork.Weeks} weeks", block, folder.Read("out-block"))
            & Row("severity of the same", weeks.SelectMany(day => courses.Select(c => c.SeverityAt(day))), folder.Read("out-severity"));
    }

    private static bool Treated(PeerFolder folder)
    {
        CpuMsOfNumpy(folder, "population");
        var wishes = PatientWork.Population;
        int[] days = [.. Enumerable.Range(0, (7 * PatientWork.Weeks) + 1)];
        var work = new CrowdWork(Model, PatientWork.Plan, Model["placementSd"]);
        var (seen, risk) = (new double[wishes.People][], new double[wishes.People][]);
        for (var i = 0; i < seen.Length; i++)
        {
            (seen[i], risk[i]) = (new double[days.Length], new double[SideEffectChances.Kinds]);
            work.Treat(new CrowdPerson(Model, wishes, i), PatientWork.Affected, days, seen[i], risk[i]);
        }

        var result = PopulationStudy.Run(PatientWork.Plan, PatientWork.Affected, wishes);
        return Row($"improvement of {wishes.People} people on {days.Length} days", days.SelectMany(d => seen.Select(s => s[d])), folder.Read("out-seen"))
            & Row("their side effects", Enumerable.Range(0, SideEffectChances.Kinds).SelectMany(k => risk.Select(r => r[k])), folder.Read("out-risk"))
            & Row("means, scatter, responders", [.. result.MeanImprovement, .. result.SdImprovement, .. result.SideEffects, result.ResponderShare], folder.Read("out-totals"));
    }

    private static bool Scored(PeerFolder folder)
    {
        CpuMsOfNumpy(folder, "score");
        var scorer = new PlanScorer(PatientWork.Affected, PatientWork.Scored);
        var score = scorer.Score(PatientWork.Plan);
        var doses = scorer.Best.Doses.ToDictionary(d => d.SiteId, d => d.Units, StringComparer.Ordinal);
        var sites = new PermittedNeedles(Model, PatientWork.Affected).Sites;
        return Row("doses of the best permitted plan", sites.Select(s => doses.GetValueOrDefault(s.Id)), folder.Read("out-best"))
            & Row("skill, its error, worth of both plans, plans", [score.Skill, score.StandardError, score.Best.Utility, score.Plan.Utility, scorer.Evaluations], folder.Read("out-score"));
    }

    private static bool Row(string name, IEnumerable<double> ours, double[] theirs)
    {
        var mine = ours.ToArray();
        var difference = mine.Length == theirs.Length ? mine.Zip(theirs, (a, b) => Math.Abs(a - b)).Max() : double.NaN;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-52} {difference:0.0e+0}"));
        return difference <= Most;
    }
}
