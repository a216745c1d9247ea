using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Facialis.Platform.Backup;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Facialis.Cli;

/// <summary><c>facialis backup</c>, <c>backup new-key | check</c> and <c>facialis restore</c></summary>
internal static class BackupCommand
{
    /// <summary>What .NET gives as the result of an IOException on a full disk: ENOSPC, and ERROR_DISK_FULL on Windows.</summary>
    private static readonly int[] DiskFull = [28, unchecked((int)0x80070070)];

    private const int SqliteFull = 13;

    public static Command Build(Terminal terminal)
    {
        var data = Data("The installation's data folder.");
        data.DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Facialis__DataFolder") ?? "data";
        var database = Database("A SQLite file or a PostgreSQL connection string; otherwise facialis.db in the data folder.");
        var (key, to) = (KeyFile(), new Option<string>("--to") { Description = "The file to write; nothing is replaced.", Required = true });
        var withoutMasterKey = new Option<bool>("--without-master-key") { Description = "Leave the master key out; restoring then needs your own copy of it." };
        var command = new Command("backup", "Copy a whole installation into one encrypted file, while its server goes on.")
        {
            data, database, key, to, withoutMasterKey, NewKey(terminal), Check(terminal),
        };
        command.SetAction((parsed, cancel) => DoAsync(terminal, parsed.GetRequiredValue(to), async progress =>
        {
            var folder = parsed.GetRequiredValue(data);
            RefuseKeyInside(parsed.GetRequiredValue(key), folder);
            var source = NotEmpty(parsed.GetValue(database)) ?? Path.Combine(folder, "facialis.db");
            var content = await MakeBackup.RunAsync(
                new BackupRequest(folder, source, BackupKey.Read(parsed.GetRequiredValue(key)), parsed.GetRequiredValue(to), parsed.GetValue(withoutMasterKey)),
                terminal.Clock.GetUtcNow(), progress, cancel);
            terminal.Out.WriteLine($"{parsed.GetRequiredValue(to)}: {Sentence(content)}");
        }));
        return command;
    }

    public static Command BuildRestore(Terminal terminal)
    {
        var from = new Option<string>("--from") { Description = "The backup.", Required = true };
        var data = Data("The data folder to make; it must not be there yet, or be empty.");
        data.Required = true;
        var (key, database) = (KeyFile(), Database("Connection string of an empty PostgreSQL database, as the owner of its tables; leave it out for SQLite."));
        var command = new Command("restore", "Make an installation out of a backup, in a new folder; it is put in place when all of it was verified.") { from, key, data, database };
        command.SetAction((parsed, cancel) => DoAsync(terminal, parsed.GetRequiredValue(from), async progress =>
        {
            var source = NotEmpty(parsed.GetValue(database));
            if (source is not null && !DatabaseSnapshot.IsPostgres(source))
            {
                throw new UsageException("--database takes a PostgreSQL connection string (Host=...). A SQLite database is restored into the data folder; leave it out then.");
            }

            var folder = parsed.GetRequiredValue(data);
            var content = await RestoreBackup.RunAsync(
                new RestoreRequest(parsed.GetRequiredValue(from), BackupKey.Read(parsed.GetRequiredValue(key)), folder, source), progress, cancel);
            terminal.Out.WriteLine($"{folder}: {Sentence(content)} Every table is as it was, by number and hash of its rows.");
            if (!content.HasMasterKey)
            {
                terminal.Error.WriteLine("The master key was not in the backup: put your own copy back before the server starts, or no name can be read.");
            }
        }));
        return command;
    }

    private static Command NewKey(Terminal terminal)
    {
        var path = new Argument<string>("FILE") { Description = "The key file to make; readable by its owner only." };
        var command = new Command("new-key", "Make the key that backups are encrypted with.") { path };
        command.SetAction((parsed, _) => DoAsync(terminal, parsed.GetRequiredValue(path), _ =>
        {
            var file = parsed.GetRequiredValue(path);
            var key = BackupKey.Make(file);
            terminal.Out.WriteLine($"{file}: key {key.Id}. Keep a copy apart from the backups: without it none of them opens.");
            return Task.CompletedTask;
        }));
        return command;
    }

    private static Command Check(Terminal terminal)
    {
        var path = new Argument<string>("FILE") { Description = "The backup." };
        var key = KeyFile();
        var command = new Command("check", "Read a backup to its end and verify every byte, without restoring it.") { path, key };
        command.SetAction((parsed, cancel) => DoAsync(terminal, parsed.GetRequiredValue(path), async progress =>
        {
            var file = parsed.GetRequiredValue(path);
            terminal.Out.WriteLine($"{file}: {Sentence(await RestoreBackup.CheckAsync(file, BackupKey.Read(parsed.GetRequiredValue(key)), progress, cancel))}");
        }));
        return command;
    }

    private static async Task<int> DoAsync(Terminal terminal, string name, Func<IProgress<double>, Task> work)
    {
        try
        {
            using var progress = new ProgressLine(terminal, name, (bytes, seconds) =>
                string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB ({bytes / 1e6 / seconds:0} MB/s)"));
            await work(progress);
            return ExitCode.Done;
        }
        catch (BackupRefusedException refused)
        {
            await terminal.Error.WriteLineAsync(refused.Message);
            return ExitCode.Refused;
        }
        catch (Exception full) when ((full is IOException && DiskFull.Contains(full.HResult)) || full is SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull })
        {
            await terminal.Error.WriteLineAsync($"There is no space left ({full.Message}). Nothing half done was left behind.");
            return ExitCode.File;
        }
        catch (Exception failure) when (failure is BackupDamagedException or DbException or JsonException or ArgumentException)
        {
            await terminal.Error.WriteLineAsync(failure.Message);
            return ExitCode.File;
        }
    }

    /// <summary>A key that lies in what it protects is lost with it, and would be copied with it.</summary>
    private static void RefuseKeyInside(string key, string folder)
    {
        if (Path.GetFullPath(key).StartsWith(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new BackupRefusedException("The key file lies in the data folder, and would be lost with it. Keep it elsewhere.");
        }
    }

    private static string Sentence(BackupContent content) => string.Create(CultureInfo.InvariantCulture,
        $"{content.Header.Database} as of {content.Header.MadeAt:yyyy-MM-dd HH:mm:ss} UTC, version {content.Header.Program}, {content.Manifest.Tables.Count} tables with {content.Rows} rows, "
        + $"{content.Manifest.Files.Count} files, {(content.HasMasterKey ? "with" : "WITHOUT")} the master key. Key {content.Header.Key}.");

    private static Option<string> Data(string description) => new("--data") { Description = description };

    private static Option<string> KeyFile() => new("--key-file") { Description = "The key, as \"facialis backup new-key\" makes it.", Required = true };

    private static Option<string?> Database(string description) => new("--database")
    {
        Description = description,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Facialis__Database"),
    };

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
