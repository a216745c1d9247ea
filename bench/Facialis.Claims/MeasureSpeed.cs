using System.Globalization;
using Facialis.Claims.Speed;

namespace Facialis.Claims;

/// <summary>Holds the whole analysis of an hour against the NumPy/SciPy reference: same file, same machine, runs in turn.</summary>
internal static class MeasureSpeed
{
    private const int Rounds = 5;
    private const double LeastRatio = 10;
    private const double MostMegabytes = 64;

    public static Claim Claim { get; } = new(
        "measure-speed",
        "An hour of recording is analysed in a tenth of the CPU time that NumPy and SciPy take, in under 64 MB.",
        Holds);

    private static bool Holds(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("facialis-speed-");
        try
        {
            var hour = Path.Combine(folder.FullName, "hour.i16");
            Console.WriteLine("Writing one hour: 108,000 frames of 478 landmarks.");
            HourFile.Write(hour);
            return Compare(hour);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Compare(string hour)
    {
        List<Run> ours = [], reading = [], theirs = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(Run.Of(ChildRun.OfSelf("measure-hour", hour)));
            theirs.Add(Run.Of(ChildRun.OfNumpy("numpy_peer.py", hour)));
            reading.Add(Run.Of(ChildRun.OfSelf("read-hour", hour)));
        }

        var (mine, peerRun, floor) = (Median(ours), Median(theirs), Median(reading));
        Console.WriteLine($"{"CPU time, median of " + Rounds,-44} {"analysis ms",12} {"process ms",12} {"peak MB",9}");
        Row("Facialis, whole analysis", mine);
        Row("NumPy and SciPy, reference analysis", peerRun);
        Row("Facialis, reading the file alone (the limit)", floor);
        var ratio = peerRun.AnalysisMs / mine.AnalysisMs;
        var holds = ratio >= LeastRatio && mine.PeakMb < MostMegabytes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{ratio:0.0} times less CPU than NumPy and SciPy (wanted {LeastRatio:0}), {mine.PeakMb:0} MB at most (wanted under {MostMegabytes:0})"));
        return holds;
    }

    private static void Row(string name, Run run) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-44} {run.AnalysisMs,12:0} {run.ProcessMs,12:0} {run.PeakMb,9:0.0}"));

    private static Run Median(List<Run> runs) => new(Middle(runs, r => r.AnalysisMs), Middle(runs, r => r.ProcessMs), runs.Max(r => r.PeakMb));

    private static double Middle(List<Run> runs, Func<Run, double> of) => runs.Select(of).Order().ElementAt(runs.Count / 2);

    private sealed record Run(double AnalysisMs, double ProcessMs, double PeakMb)
    {
        public static Run Of(ChildRun run) => new(run["analysis_ms"], run["process_ms"], run["peak_mb"]);
    }
}
