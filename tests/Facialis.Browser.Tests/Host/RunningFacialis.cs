using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Facialis.Browser.Tests.Host;

/// <summary>The real program in a process of its own, with a data folder of its own, on a port that the system gave it.</summary>
public sealed partial class RunningFacialis : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly List<string> _output = [];

    private RunningFacialis(Process process, string folder, bool ownsFolder) =>
        (_process, _folder, _ownsFolder) = (process, folder, ownsFolder);

    /// <summary>Address of its start page, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The one-time link it printed, or empty when it printed none.</summary>
    public string OneTimeLink { get; private set; } = "";

    /// <summary>Everything it wrote to its console so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts it and waits until it says that it listens.</summary>
    /// <param name="dataFolder">A data folder to keep afterwards; without it one that is removed in the end.</param>
    /// <param name="settings">Settings as on the command line, for example "--Facialis:Demonstration=false".</param>
    /// <remarks>Without a folder it goes on from a copy of a first start with the same settings, which takes a third of the time of another first start.</remarks>
    public static async Task<RunningFacialis> StartAsync(string? dataFolder = null, params string[] settings)
    {
        if (dataFolder is not null)
        {
            return await StartInAsync(dataFolder, ownsFolder: false, settings);
        }

        var first = await FirstStarts.GetOrAdd(string.Join(' ', settings), _ => new(() => FirstStartAsync(settings))).Value;
        return await StartInAsync(CopyOf(first), ownsFolder: true, settings);
    }

    /// <summary>Data folders after a first start that nobody signed in to, by its settings.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> FirstStarts = new();

    private static async Task<string> FirstStartAsync(string[] settings)
    {
        await using var running = await StartInAsync(NewFolder(), ownsFolder: true, settings);
        Assert.Equal(0, await running.StopAsync()); // so that its database is whole in its file
        return CopyOf(running._folder);
    }

    /// <summary>Removes the kept first starts, at the end of all tests.</summary>
    public static async Task ForgetFirstStartsAsync()
    {
        foreach (var first in FirstStarts.Values)
        {
            Remove(await first.Value);
        }

        FirstStarts.Clear();
    }

    private static string NewFolder() => Path.Combine(Directory.CreateTempSubdirectory("facialis-browser-").FullName, "data");

    private static string CopyOf(string folder)
    {
        var copy = NewFolder();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // it was combined from two names
            File.Copy(file, target);
        }

        return copy;
    }

    private static async Task<RunningFacialis> StartInAsync(string folder, bool ownsFolder, string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "--urls=http://127.0.0.1:0", $"--Facialis:DataFolder={folder}", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var running = new RunningFacialis(process, folder, ownsFolder);
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => running.Read(line.Data, listening);
        process.ErrorDataReceived += (_, line) => running.Read(line.Data, listening);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The program ended:\n{running.Output}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await listening.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        return running;
    }

    /// <summary>Runs one of the program's commands on a data folder, to its end.</summary>
    public static async Task<(int Code, (string Output, string Error) Said)> CommandAsync(string dataFolder, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. command, $"--Facialis:DataFolder={dataFolder}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (output, await errors));
    }

    /// <summary>Asks it to end as a service manager does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(40));
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        if (_ownsFolder)
        {
            Remove(_folder);
        }
    }

    private static void Remove(string folder) => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true); // it was combined from two names

    /// <summary>The clone of the repository that these tests were built in: its "artifacts" holds "bin/Facialis.Browser.Tests/debug/".</summary>
    public static string Repository => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName; // the build's own layout

    /// <summary>The host that was built with these tests, in the same configuration.</summary>
    private static string Program
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory); // …/bin/Facialis.Browser.Tests/debug/
            return Path.Combine(here.Parent!.Parent!.FullName, "Facialis.Web", here.Name, "Facialis.Web.dll"); // the build's own layout
        }
    }

    private void Read(string? line, TaskCompletionSource listening)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (Ready().Match(line) is { Success: true } ready)
        {
            Address = ready.Groups["address"].Value;
        }

        if (line.StartsWith("Open ", StringComparison.Ordinal))
        {
            OneTimeLink = line["Open ".Length..];
        }

        if (line.StartsWith("Press Ctrl+C", StringComparison.Ordinal))
        {
            listening.TrySetResult(); // the last line it prints on its start
        }
    }

    [GeneratedRegex("^Facialis is ready at (?<address>http://\\S+)")]
    private static partial Regex Ready();
}
