using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Facialis.Claims.Signing;
using Facialis.Platform.Audit;
using Facialis.Platform.Backup;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facialis.Claims.Backup;

/// <summary>One database's share of the cycles.</summary>
/// <param name="server">Connection string of a PostgreSQL server without a database; null for SQLite.</param>
/// <param name="cycles">How many.</param>
internal sealed class BackupRun(string? server, int cycles)
{
    private const int Writers = 4;

    /// <summary>Patients who wait for a signature at the beginning of each cycle; when they are all treated, charts are read, which writes too.</summary>
    private const int WaitingEachCycle = 60;

    private readonly BackupFigures _figures = new(server is null ? "SQLite" : "PostgreSQL");
    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly ConcurrentDictionary<Guid, string> _acknowledged = new();
    private readonly ConcurrentQueue<Guid> _patients = new();
    private readonly ConcurrentBag<string> _unexpected = [];
    private readonly Random _chance = new(20261128);
    private readonly string _folder = Directory.CreateTempSubdirectory("facialis-backups-").FullName;
    private IReadOnlyList<string> _reasons = [];
    private int _answers;

    public async Task<BackupFigures> RunAsync()
    {
        try
        {
            await using var installation = await Installation.MakeAsync(server);
            var room = new WaitingRoom(installation, points: 8);
            await room.OpenAsync();
            var one = (await room.AddAsync(1))[0];
            using var running = new ServerProcess(installation);
            await installation.Services.GetRequiredService<Checkpoints>().WriteAsync(CancellationToken.None); // so that each restored log is held against one
            await running.StartAsync();
            var tablets = Enumerable.Range(0, Writers).Select(_ => new Tablet(running.Address)).ToList();
            foreach (var tablet in tablets)
            {
                await tablet.SignInAsync();
            }

            _reasons = await tablets[0].AskedReasonsAsync(one);
            var key = Path.Combine(_folder, "backup.key");
            Expect(await FacialisAsync("backup", "new-key", key), 0, "Keep a copy apart");
            for (var cycle = 0; cycle < cycles; cycle++)
            {
                (await room.AddAsync(WaitingEachCycle)).ForEach(_waiting.Enqueue);
                foreach (var tablet in tablets)
                {
                    await tablet.ProveAsync();
                }

                await CycleAsync(installation, tablets, key, isLast: cycle == cycles - 1);
                _figures.Cycles++;
            }

            await running.StopAsync();
            tablets.ForEach(t => t.Dispose());
            _figures.Faults.AddRange(_unexpected.Distinct().Select(answer => $"an answer of the server: {answer}"));
            return _figures;
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task CycleAsync(Installation installation, List<Tablet> tablets, string key, bool isLast)
    {
        var backup = Path.Combine(_folder, $"{_figures.Cycles}.backup");
        var acknowledged = await BackUpWhileWritingAsync(installation, tablets, key, backup);
        var content = await RestoreBackup.CheckAsync(backup, BackupKey.Read(key), null, CancellationToken.None);

        var folder = Path.Combine(_folder, $"{_figures.Cycles}-restored");
        var database = server is null ? null : $"facialis_{Guid.NewGuid():N}";
        if (server is not null)
        {
            await Installation.RunAsync($"{server};Database=postgres;Pooling=false", $"CREATE DATABASE {database}");
        }

        var target = server is null ? null : $"{server};Database={database}";
        await RefusalsAsync(backup, BackupKey.Read(key), folder, target);
        var clock = Stopwatch.StartNew();
        string[] place = target is null ? [] : ["--database", target];
        Expect(await FacialisAsync(["restore", "--from", backup, "--key-file", key, "--data", folder, .. place]), 0, "Every table is as it was");
        _figures.RestoreSeconds.Add(clock.Elapsed.TotalSeconds);

        await using (var snapshot = await DatabaseSnapshot.OpenAsync(target ?? Path.Combine(folder, "facialis.db"), CancellationToken.None))
        {
            var restored = await snapshot.DigestAsync(CancellationToken.None);
            _figures.Rows += restored.Sum(t => t.Rows);
            if (restored.SequenceEqual(content.Manifest.Tables))
            {
                _figures.Equal++;
            }
            else
            {
                _figures.Faults.Add($"cycle {_figures.Cycles}: {string.Join(", ", restored.Except(content.Manifest.Tables).Select(t => t.Name))} differ from the snapshot");
            }
        }

        await LookAsync(folder, installation.Zone, database, acknowledged, isLast);
        File.Delete(backup);
    }

    /// <returns>What had been acknowledged when the backup began.</returns>
    private async Task<ConcurrentDictionary<Guid, string>> BackUpWhileWritingAsync(Installation installation, List<Tablet> tablets, string key, string backup)
    {
        using var over = new CancellationTokenSource();
        var before = _answers;
        var writers = tablets.Select(tablet => Task.Run(() => WriteAsync(tablet, over.Token))).ToList();
        while (_answers < before + Writers && !writers.Exists(w => w.IsCompleted))
        {
            await Task.Delay(1, CancellationToken.None);
        }

        await Task.Delay(_chance.Next(100), CancellationToken.None); // each backup begins at another moment of the writing
        var acknowledged = new ConcurrentDictionary<Guid, string>(_acknowledged);
        var (answers, clock) = (_answers, Stopwatch.StartNew());
        string[] database = installation.IsPostgres ? ["--database", installation.Database] : [];
        Expect(await FacialisAsync(["backup", "--data", installation.Folder, "--key-file", key, "--to", backup, .. database]), 0, "with the master key");
        _figures.BackupSeconds.Add(clock.Elapsed.TotalSeconds);
        var meanwhile = _answers - answers;
        _figures.WrittenMeanwhile += meanwhile;
        _figures.LeastMeanwhile = Math.Min(_figures.LeastMeanwhile, meanwhile);
        await over.CancelAsync();
        await Task.WhenAll(writers);
        return acknowledged;
    }

    private async Task WriteAsync(Tablet tablet, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (_waiting.TryDequeue(out var next))
            {
                using var answer = await tablet.SignAsync(next, _reasons, CancellationToken.None);
                var body = await answer.Content.ReadAsStringAsync(CancellationToken.None);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    _acknowledged[next.Treatment] = body;
                    _patients.Enqueue(next.Patient);
                }
                else
                {
                    _unexpected.Add($"{(int)answer.StatusCode} {body}");
                }
            }
            else if (_patients.TryDequeue(out var patient))
            {
                await tablet.LoadAsync($"/clinic/patients/{patient:D}"); // noted in the audit log
                _patients.Enqueue(patient);
            }

            Interlocked.Increment(ref _answers);
        }
    }

    /// <summary>A wrong key, a changed byte, a file cut off anywhere, and tables of a later program.</summary>
    private async Task RefusalsAsync(string backup, BackupKey key, string folder, string? target)
    {
        var whole = await File.ReadAllBytesAsync(backup);
        var changed = (byte[])whole.Clone();
        changed[_chance.Next(changed.Length)] ^= (byte)(1 << _chance.Next(8));
        var wrong = backup + ".wrong";
        var other = BackupKey.Make(backup + ".key");
        await TryAsync("a wrong key", backup, other);
        await File.WriteAllBytesAsync(wrong, changed);
        await TryAsync("a changed byte", wrong, key);
        await File.WriteAllBytesAsync(wrong, whole[.._chance.Next(whole.Length)]);
        await TryAsync("a file cut off", wrong, key);
        await using (var newer = File.Create(wrong))
        {
            using var writer = new BackupWriter(
                newer, BackupHeader.Of(target is null ? DatabaseKind.Sqlite : DatabaseKind.Postgres, "29991231000000_Later", key, DateTimeOffset.UtcNow), key);
            writer.Finish(new BackupManifest([], []));
        }

        await TryAsync("a newer schema", wrong, key);

        async Task TryAsync(string what, string file, BackupKey with)
        {
            _figures.Tried++;
            try
            {
                await RestoreBackup.RunAsync(new RestoreRequest(file, with, folder, target), null, CancellationToken.None);
                _figures.Faults.Add($"{what} was restored");
            }
            catch (Exception refusal) when (refusal is BackupRefusedException or BackupDamagedException)
            {
                var left = Directory.EnumerateFileSystemEntries(_folder, "*restor*").ToList();
                if (left.Count == 0 && refusal.Message.Contains(' ', StringComparison.Ordinal) && refusal.Message.EndsWith('.'))
                {
                    _figures.Refused++;
                }
                else
                {
                    _figures.Faults.Add($"{what}: \"{refusal.Message}\" and left {string.Join(", ", left)}");
                }
            }
        }
    }

    /// <summary>Starts on what was restored, and looks whether what belongs together is there together.</summary>
    private async Task LookAsync(string folder, string zone, string? database, ConcurrentDictionary<Guid, string> acknowledged, bool isLast)
    {
        await using var restored = await Installation.OpenAsync(folder, zone, server, database);
        var verdict = await KillVerdict.OfAsync(restored, new KillFigures(0, acknowledged, [], 0, 0, 0, []));
        _figures.Acknowledged += acknowledged.Count;
        _figures.Lost += verdict.Lost;
        _figures.HalfWritten += verdict.HalfWritten + verdict.Doubled;
        _figures.AuditWhole += verdict.AuditFault is null ? 1 : 0;
        _figures.Faults.AddRange(verdict.Faults.Select(fault => $"cycle {_figures.Cycles}, restored: {fault}"));
        if (isLast)
        {
            using var running = new ServerProcess(restored);
            await running.StartAsync();
            using var tablet = new Tablet(running.Address);
            await tablet.SignInAsync();
            await running.StopAsync();
        }

        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>The command line as a process of its own.</summary>
    private static async Task<(int Code, string Said)> FacialisAsync(params string[] arguments)
    {
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Facialis.Cli", "release", "facialis.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("Facialis__", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The command line did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await errors);
    }

    private static void Expect((int Code, string Said) answer, int code, string says)
    {
        if (answer.Code != code || !answer.Said.Contains(says, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The command line answered {answer.Code}: {answer.Said}");
        }
    }
}
