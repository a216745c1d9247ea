using System.Diagnostics;
using System.Globalization;

namespace Facialis.Claims.Speed;

/// <summary>A program run to its end, and the figures that it printed, each after its name; the last one where a name comes twice.</summary>
internal sealed class ChildRun
{
    private readonly string[] _words;

    private ChildRun(string output) => _words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public double this[string name] => double.Parse(_words[Array.LastIndexOf(_words, name) + 1], CultureInfo.InvariantCulture);

    /// <summary>Runs one of the NumPy programs on one thread.</summary>
    /// <param name="script">Its file in bench/numpy-peer.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ChildRun OfNumpy(string script, params string[] arguments) =>
        Start(Python(), [Path.Combine(Repository.Root, "bench", "numpy-peer", script), .. arguments]);

    /// <summary>Runs a claim of this program in a process of its own.</summary>
    /// <param name="arguments">Its name and arguments.</param>
    public static ChildRun OfSelf(params string[] arguments)
    {
        var self = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(self) == "dotnet" ? Start(self, [typeof(ChildRun).Assembly.Location, .. arguments]) : Start(self, arguments);
    }

    // Debian's NumPy belongs to Debian's Python, which need not be the first on the path.
    private static string Python() => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static ChildRun Start(string program, string[] arguments)
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

        return new ChildRun(output);
    }
}
