using System.Diagnostics;
using System.Globalization;
using Facialis.Anatomy.Recordings;
using Facialis.Spasm;

namespace Facialis.Claims.Speed;

/// <summary>The two halves of the speed claim that run in a process of their own: the whole analysis, and reading alone.</summary>
internal static class HourRun
{
    public static Claim Measure { get; } = new("measure-hour", "(part of measure-speed) analyses FILE and prints its own CPU time and memory", Analyse);

    public static Claim Read { get; } = new("read-hour", "(part of measure-speed) reads FILE and prints its own CPU time and memory", ReadAlone);

    // Twice, as the reference does: the second run is the analysis itself, the first has the code compiled. Only CPU time counts.
    private static bool Analyse(string[] arguments) => Twice(arguments[0], reader =>
    {
        var report = SpasmAnalysis.Run(reader).Report;
        return $"frames {report.Recording.Frames} events {report.Events.Count}";
    });

    private static bool ReadAlone(string[] arguments) => Twice(arguments[0], reader =>
    {
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        var frames = 0;
        while (reader.TryRead(frame))
        {
            frames++;
        }

        return $"frames {frames}";
    });

    private static bool Twice(string path, Func<RawHourReader, string> run)
    {
        using var process = Process.GetCurrentProcess();
        for (var repeat = 0; repeat < 2; repeat++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            using var reader = new RawHourReader(stream);
            var what = run(reader);
            process.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what} analysis_ms {(process.TotalProcessorTime - before).TotalMilliseconds:0} process_ms {process.TotalProcessorTime.TotalMilliseconds:0} peak_mb {process.PeakWorkingSet64 / 1048576.0:0.0}"));
        }

        return true;
    }
}
