using System.Globalization;
using Facialis.Claims.Speed;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Scoring;

namespace Facialis.Claims.PatientSpeed;

/// <summary>
/// Holds the virtual patient against a NumPy program that does the same work: agreement first, then CPU time of both in turn. Neither the start of a
/// program nor the reading of its input counts. Both work on one thread. The NumPy program is given the people; Facialis makes them, and that counts.
/// </summary>
internal static class VirtualPatientSpeed
{
    private const int Rounds = 5;
    private const int WarmUp = 4;
    private const double LeastRatio = 20;
    private const double LeastRealTime = 300;
    private const double FrameMs = 16.7;
    private const int FilmedPeople = 9;

    /// <summary>What four times the people may add to the working set: the rest is the noise of a process.</summary>
    private const double MostGrowthMb = 2;

    public static Claim Claim { get; } = new(
        "virtual-patient-speed",
        "Populations and skill scores of virtual patients take a twentieth of the CPU time that NumPy takes for the same numbers.",
        Holds);

    private static bool Holds(string[] arguments)
    {
        var rounds = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : Rounds;
        using var folder = new PeerFolder();
        PatientWork.Write(folder);
        if (!Agreement.Of(folder))
        {
            Console.WriteLine("virtual-patient-speed: the programs do not agree, so nothing is compared.");
            return false;
        }

        var (population, score) = Compare(folder, rounds);
        var realTime = FilmedMinute.TimesRealTime(FilmedPeople);
        var (median, slowest) = DraggedSlider.Drag();
        var growth = Growth();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"virtual-patient-speed: population {population:0.0} times, skill score {score:0.0} times less CPU than NumPy (wanted {LeastRatio:0}), recording {realTime:0} times real time ({LeastRealTime:0}), slider {median:0.00} ms, 99 in 100 within {slowest:0.00} ms ({FrameMs}), {growth:0.0} MB more for four times the people ({MostGrowthMb:0})"));
        return population >= LeastRatio && score >= LeastRatio && realTime >= LeastRealTime && slowest <= FrameMs && growth <= MostGrowthMb;
    }

    private static (double Population, double Score) Compare(PeerFolder folder, int rounds)
    {
        var limit = new ArithmeticLimit();
        var scorer = new PlanScorer(PatientWork.Affected, PatientWork.Scored);
        var sites = new PermittedNeedles(ModelParameters.Current, PatientWork.Affected).Sites.Count;
        Console.WriteLine();
        Console.WriteLine("| work | Facialis, CPU ms | NumPy, CPU ms | times | NumPy tuned by hand, ms | times | and the law rearranged, ms | times | arithmetic alone, ms | share |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var population = Row(
            $"population, {PatientWork.People} people, {PatientWork.Weeks} weeks", "population", 10,
            () => PopulationStudy.Run(PatientWork.Plan, PatientWork.Affected, PatientWork.Population), limit.Population);
        var score = Row(
            $"skill score, {scorer.Evaluations} plans on {PatientWork.Scored.People} people", "score", 1,
            () => new PlanScorer(PatientWork.Affected, PatientWork.Scored).Score(PatientWork.Plan), () => limit.Score(scorer, sites));
        return (population, score);

        double Row(string name, string work, int times, Action ours, Action arithmetic)
        {
            // The compiler comes back to what runs often: that belongs to the start of a program, which does not count.
            for (var i = 0; i < WarmUp * times; i++)
            {
                ours();
                arithmetic();
            }

            var runs = Enumerable.Range(0, rounds).Select(_ => new Round(
                CpuTime.Of(ours, times), Agreement.CpuMsOfNumpy(folder, work), Agreement.CpuMsOfNumpy(folder, work, "tuned"),
                Agreement.CpuMsOfNumpy(folder, work, "powers"), CpuTime.Of(arithmetic, times))).ToArray();
            double Middle(Func<Round, double> of) => Median.Of(runs.Select(of));
            var ratio = Middle(r => r.Numpy / r.Ours);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Middle(r => r.Ours):0.0} | {Middle(r => r.Numpy):0} | {ratio:0.0} | {Middle(r => r.Tuned):0} | {Middle(r => r.Tuned / r.Ours):0.0} | {Middle(r => r.Rearranged):0} | {Middle(r => r.Rearranged / r.Ours):0.0} | {Middle(r => r.Arithmetic):0.0} | {Middle(r => r.Arithmetic / r.Ours):0%} |"));
            return ratio;
        }
    }

    private static double Growth()
    {
        // Both so large that every thread takes part.
        int[] crowds = [4 * PatientWork.People, 16 * PatientWork.People];
        Console.WriteLine();
        Console.WriteLine("| people | allocated for one run, MB | peak working set, MB |");
        Console.WriteLine("|---|---|---|");
        var peaks = crowds.Select(people =>
        {
            var run = ChildRun.OfSelf(CrowdMemory.Claim.Name, people.ToString(CultureInfo.InvariantCulture));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {people} | {run["allocated_mb"]:0.0} | {run["peak_mb"]:0.0} |"));
            return run["peak_mb"];
        }).ToArray();
        return peaks[1] - peaks[0];
    }

    /// <param name="Ours">Facialis, CPU ms.</param>
    /// <param name="Numpy">NumPy as the prototype is written.</param>
    /// <param name="Tuned">NumPy in blocks, arrays used again, fields worked out once for each site.</param>
    /// <param name="Rearranged">The same, and powers taken out of the days as Facialis does.</param>
    /// <param name="Arithmetic">Exponentials, logarithms and force kernels alone.</param>
    private sealed record Round(double Ours, double Numpy, double Tuned, double Rearranged, double Arithmetic);
}
