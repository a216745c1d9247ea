using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Facialis.Claims.Signing;

/// <summary>The built server as a process of its own, on a port of the loopback address. It can be killed and started again.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int Sigterm = 15;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Installation _installation;
    private Process? _process;

    public ServerProcess(Installation installation)
    {
        _installation = installation;
        Log = Path.Combine(installation.Folder, "server.log");
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
    }

    public Uri Address { get; }

    /// <summary>What it writes to its console.</summary>
    public string Log { get; }

    /// <summary>Process id.</summary>
    public int Id => _process?.Id ?? throw new InvalidOperationException("The server does not run.");

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Facialis.Web", "release", "Facialis.Web.dll");
        if (!File.Exists(program))
        {
            throw new InvalidOperationException("The server is not built: dotnet build src/Facialis.Web -c Release. The scripts in claims/ do it.");
        }

        // The shell gives its process to the server, so the id is the server's; what it says goes to a file as with any service.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, WorkingDirectory = _installation.Folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec dotnet \"$0\" --urls \"$1\" >> \"$2\" 2>&1");
        start.ArgumentList.Add(program);
        start.ArgumentList.Add(Address.ToString());
        start.ArgumentList.Add(Log);
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("DOTNET_", StringComparison.Ordinal) || k.StartsWith("Facialis", StringComparison.Ordinal)).ToList())
        {
            if (inherited is not "DOTNET_ROOT")
            {
                start.Environment.Remove(inherited); // the runtime's own defaults
            }
        }

        start.Environment["Facialis__DataFolder"] = _installation.Folder;
        start.Environment["Facialis__Database"] = _installation.Database;
        start.Environment["Facialis__Demonstration"] = "false";
        start.Environment["Facialis__TimeZone"] = _installation.Zone;
        start.Environment["Facialis__CheckpointMinutes"] = "1";
        _process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync(client))
        {
            if (_process.HasExited || clock.Elapsed > LongestStart)
            {
                throw new InvalidOperationException($"The server did not get ready:\n{string.Join('\n', File.ReadLines(Log).TakeLast(20))}");
            }

            await Task.Delay(25);
        }
    }

    /// <summary>Ends it at once, as a power cut would end the program.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill(); // SIGKILL
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Asks it to end, and waits.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _ = Signal(process.Id, Sigterm);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await process.WaitForExitAsync(patience.Token);
            process.Dispose();
            _process = null;
        }
    }

    public void Dispose()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
