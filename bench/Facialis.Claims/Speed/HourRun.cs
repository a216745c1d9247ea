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

    private static bool Analyse(string[] arguments)
    {
        using var stream = Open(arguments[0]);
        using var reader = new RawHourReader(stream);
        var report = SpasmAnalysis.Run(reader).Report;
        Print($"frames {report.Recording.Frames} events {report.Events.Count}");
        return true;
    }

    private static bool ReadAlone(string[] arguments)
    {
        using var stream = Open(arguments[0]);
        using var reader = new RawHourReader(stream);
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        var frames = 0;
        while (reader.TryRead(frame))
        {
            frames++;
        }

        Print($"frames {frames}");
        return true;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    private static void Print(string what)
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what} cpu_ms {process.TotalProcessorTime.TotalMilliseconds:0} peak_mb {process.PeakWorkingSet64 / 1048576.0:0.0}"));
    }
}
