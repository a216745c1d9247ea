using System.Diagnostics;
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
        var peer = Path.Combine(Repository.Root, "bench", "numpy-peer", "numpy_peer.py");
        var self = Environment.ProcessPath!;
        var program = typeof(MeasureSpeed).Assembly.Location;
        string[] Own(string what) => Path.GetFileNameWithoutExtension(self) == "dotnet" ? [program, what, hour] : [what, hour];
        List<Run> ours = [], reading = [], theirs = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(Start(self, Own("measure-hour")));
            theirs.Add(Start(Python(), [peer, hour]));
            reading.Add(Start(self, Own("read-hour")));
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

    // Debian's NumPy belongs to Debian's Python, which need not be the first on the path.
    private static string Python() => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static Run Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["OMP_NUM_THREADS"] = "1";
        // 64 MB of heap at most, so that garbage is collected as on a small machine; needing more would end the process.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x4000000";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}. It needs Debian's python3-numpy and python3-scipy.");
        }

        var words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        double After(string word) => double.Parse(words[Array.LastIndexOf(words, word) + 1], CultureInfo.InvariantCulture);
        return new Run(After("analysis_ms"), After("process_ms"), After("peak_mb"));
    }

    private sealed record Run(double AnalysisMs, double ProcessMs, double PeakMb);
}
