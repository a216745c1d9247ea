using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Facialis.Platform.Audit;

namespace Facialis.Cli;

/// <summary><c>facialis audit verify</c></summary>
internal static class AuditCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Build(Terminal terminal) => new("audit", "Check the log of who did what.") { Verify(terminal) };

    private static Command Verify(Terminal terminal)
    {
        var data = new Option<string>("--data")
        {
            Description = "The installation's data folder.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Facialis__DataFolder") ?? "data",
        };
        var database = new Option<string?>("--database")
        {
            Description = "A SQLite file or a PostgreSQL connection string; otherwise facialis.db in the data folder.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Facialis__Database"),
        };
        var checkpoints = new Option<string?>("--checkpoints")
        {
            Description = "Folder of the checkpoints; otherwise checkpoints in the data folder.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Facialis__CheckpointFolder"),
        };
        var key = new Option<string?>("--key") { Description = "The audit key, to check seals; otherwise keys/audit.pem in the data folder, where it is there." };
        var publicKey = new Option<string?>("--public-key") { Description = "Your own copy of the public key; otherwise that of the key, or the one beside the checkpoints." };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each log." };
        var command = new Command("verify", "Work every hash out again: finds edited, removed, added, swapped and cut-off entries.")
        {
            data, database, checkpoints, key, publicKey, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var folder = parsed.GetRequiredValue(data);
            var file = new CheckpointFile(NotEmpty(parsed.GetValue(checkpoints)) ?? Path.Combine(folder, "checkpoints"));
            var keyPath = NotEmpty(parsed.GetValue(key)) ?? Existing(Path.Combine(folder, "keys", AuditKey.FileName));
            if (keyPath is not null && !File.Exists(keyPath))
            {
                throw new FileNotFoundException($"There is no key {keyPath}.");
            }

            using var auditKey = keyPath is null ? null : new AuditKey(keyPath);
            var source = NotEmpty(parsed.GetValue(database)) ?? Path.Combine(folder, "facialis.db");
            try
            {
                return await VerifyAsync(terminal, source, file, auditKey, NotEmpty(parsed.GetValue(publicKey)), parsed.GetValue(json), cancel);
            }
            catch (Exception failure) when (failure is DbException or CryptographicException or JsonException or ArgumentException)
            {
                await terminal.Error.WriteLineAsync(failure.Message);
                return ExitCode.File;
            }
        });
        return command;
    }

    private static async Task<int> VerifyAsync(
        Terminal terminal, string database, CheckpointFile file, AuditKey? key, string? publicKeyPath, bool json, CancellationToken cancel)
    {
        var checkpoints = file.Read();
        using var publicKey = PublicKey(file, key, publicKeyPath, checkpoints.Count > 0);
        for (var line = 0; line < checkpoints.Count; line++)
        {
            if (!checkpoints[line].IsSignedBy(publicKey))
            {
                terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: line {line + 1} IS NOT SIGNED BY THIS KEY."));
                return ExitCode.Refused;
            }
        }

        await using var source = await AuditSource.OpenAsync(database, cancel);
        var verdicts = await new AuditVerification(source, checkpoints, key).AllAsync(cancel);
        foreach (var verdict in verdicts)
        {
            terminal.Out.WriteLine(json ? JsonSerializer.Serialize(verdict, Json) : Sentence(verdict));
        }

        if (key is null)
        {
            terminal.Error.WriteLine("Seals were not checked, since the audit key was not given: what was forged after the last checkpoint may pass.");
        }

        if (checkpoints.Count == 0)
        {
            terminal.Error.WriteLine("There are no checkpoints: a log that was cut off or rewritten by who holds the key may pass.");
        }

        return verdicts.TrueForAll(v => v.Fault is null) ? ExitCode.Done : ExitCode.Refused;
    }

    private static string Sentence(AuditVerdict verdict)
    {
        var log = verdict.Log == Guid.Empty ? "installation" : $"clinic {verdict.Log:D}";
        return verdict.Fault is { } fault
            ? string.Create(CultureInfo.InvariantCulture, $"{log}: ENTRY {fault.Entry} IS WRONG: {fault.What}")
            : string.Create(CultureInfo.InvariantCulture, $"{log}: whole, {verdict.Entries} entries, {verdict.Checkpoints} checkpoints agree");
    }

    private static ECDsa PublicKey(CheckpointFile file, AuditKey? key, string? path, bool isNeeded)
    {
        var pem = path is not null ? File.ReadAllText(path)
            : key is not null ? key.PublicKey
            : File.Exists(file.PublicKeyPath) ? File.ReadAllText(file.PublicKeyPath)
            : isNeeded ? throw new FileNotFoundException("Give --key or --public-key: there are checkpoints, and no key to check their signatures with.")
            : null;
        var publicKey = ECDsa.Create();
        if (pem is not null)
        {
            publicKey.ImportFromPem(pem);
        }

        return publicKey;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
