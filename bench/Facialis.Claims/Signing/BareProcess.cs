using System.Diagnostics;
using System.Globalization;
using Facialis.Clinic.Intake;
using Facialis.Platform.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facialis.Claims.Signing;

/// <summary>The bare program as a child process, on a copy of the same database: same tables, indexes, triggers and rows.</summary>
internal sealed class BareProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string? _copy;
    private readonly string? _server;

    private BareProcess(Process process, string? copy, string? server) => (_process, _copy, _server) = (process, copy, server);

    public int Id => _process.Id;

    /// <param name="installation">Whose database is copied; its server does not run meanwhile.</param>
    /// <param name="server">Connection string of the PostgreSQL server; null for SQLite.</param>
    /// <param name="example">A treatment that the product signed.</param>
    /// <param name="waiting">What there is to sign.</param>
    public static async Task<BareProcess> StartAsync(Installation installation, string? server, Guid example, IReadOnlyList<Waiting> waiting)
    {
        var list = Path.Combine(installation.Folder, "bare.txt");
        var intakes = await installation.DoAsync(services => services.GetRequiredService<FacialisDb>().Set<IntakeAnswers>().AsNoTracking()
            .Where(i => i.TreatmentId == null).ToDictionaryAsync(i => i.PatientId, i => i.Id));
        await File.WriteAllLinesAsync(list, waiting.Select(w => $"{w.Treatment:D} {w.Patient:D} {w.Plan:D} {w.Vial:D} {intakes[w.Patient]:D}"));
        var copy = server is null ? null : $"facialis_bare_{Guid.NewGuid():N}";
        var connection = await CopyAsync(installation, server, copy);
        var (self, program) = (Environment.ProcessPath!, typeof(BareProcess).Assembly.Location); // a program that runs has a path
        string[] arguments = ["bare-signing", connection, list, $"{example:D}"];
        var start = new ProcessStartInfo(self, Path.GetFileNameWithoutExtension(self) == "dotnet" ? [program, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var bare = new BareProcess(Process.Start(start) ?? throw new InvalidOperationException("The bare program did not start."), copy, server);
        await bare.ExpectAsync("ready");
        return bare;
    }

    /// <summary>Writes that many treatments with 8 writers.</summary>
    public async Task WriteAsync(int count)
    {
        await _process.StandardInput.WriteLineAsync(count.ToString(CultureInfo.InvariantCulture));
        await _process.StandardInput.FlushAsync();
        await ExpectAsync("done");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20)))
        {
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
        if (_copy is not null)
        {
            await RunAsync($"DROP DATABASE {_copy} WITH (FORCE)", _server);
        }
    }

    private async Task ExpectAsync(string word)
    {
        if (await _process.StandardOutput.ReadLineAsync() != word)
        {
            throw new InvalidOperationException("The bare program failed; its error stands above.");
        }
    }

    private static async Task<string> CopyAsync(Installation installation, string? server, string? copy)
    {
        NpgsqlConnection.ClearAllPools();
        SqliteConnection.ClearAllPools();
        if (copy is null)
        {
            var file = Path.Combine(installation.Folder, "bare.db");
            File.Copy(installation.SqliteFile, file);
            if (File.Exists(installation.SqliteFile + "-wal"))
            {
                File.Copy(installation.SqliteFile + "-wal", file + "-wal");
            }

            return $"Data Source={file};Pooling=False";
        }

        await RunAsync($"CREATE DATABASE {copy} TEMPLATE {new NpgsqlConnectionStringBuilder(installation.Database).Database}", server);
        return $"{server};Database={copy};Pooling=false";
    }

    private static async Task RunAsync(string sql, string? server)
    {
        await using var connection = new NpgsqlConnection($"{server};Database=postgres;Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // The names in it were made here.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
