using System.Data.Common;
using Facialis.Academy;
using Facialis.Clinic;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Facialis.Claims.Tampering;

/// <summary>Logs written by the program itself, and a connection with every right to damage them. Each damage is rolled back.</summary>
internal sealed class TamperedLogs : IAsyncDisposable
{
    private const int EntriesPerLog = 180;
    private const int PerCheckpoint = 50;

    private readonly ServiceProvider _services;
    private readonly string _folder;
    private readonly string? _server;
    private readonly string? _database;
    private DbConnection _connection = null!; // made right after the logs
    private DbTransaction? _transaction;

    private TamperedLogs(ServiceProvider services, string folder, string? server, string? database) =>
        (_services, _folder, _server, _database) = (services, folder, server, database);

    public List<Guid> Clinics { get; } = [];

    public AuditKey Key => _services.GetRequiredService<AuditKey>();

    public AuditSource Source { get; private set; } = null!; // as above

    public IReadOnlyList<Checkpoint> Checkpoints { get; private set; } = [];

    public int Count => Clinics.Count + 1;

    public int Entries => EntriesPerLog * Clinics.Count;

    public bool IsPostgres => _server is not null;

    public static int Size => EntriesPerLog;

    public static async Task<TamperedLogs> MakeAsync(string? server)
    {
        var folder = Directory.CreateTempSubdirectory("facialis-tamper-").FullName;
        var database = server is null ? null : $"facialis_{Guid.NewGuid():N}";
        if (server is not null)
        {
            await RunAsync($"{server};Database=postgres;Pooling=false", $"CREATE DATABASE {database}");
        }

        var settings = new Dictionary<string, string?>
        {
            ["Facialis:DataFolder"] = folder,
            ["Facialis:Demonstration"] = "false",
            ["Facialis:Database"] = server is null ? "" : $"{server};Database={database};Pooling=false",
        };
        var services = new ServiceCollection().AddLogging();
        services.AddFacialisPlatform(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), [new ClinicModule(), new AcademyModule()]);
        var logs = new TamperedLogs(services.BuildServiceProvider(), folder, server, database);
        await logs.WriteAsync();
        return logs;
    }

    public async Task BeginAsync()
    {
        _transaction = await _connection.BeginTransactionAsync();
        // The triggers are no wall against who may drop them; what is tried here is what comes after.
        await ExecuteAsync(IsPostgres
            ? "ALTER TABLE platform_audit_entry DISABLE TRIGGER ALL"
            : "DROP TRIGGER platform_audit_entry_keeps; DROP TRIGGER platform_audit_entry_stays");
    }

    public async Task RollbackAsync()
    {
        await _transaction!.RollbackAsync(); // begun before
        await _transaction.DisposeAsync();
    }

    public async Task ExecuteAsync(string sql, params (string Name, object Value)[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every entry of a log as it stands, its hashes included.</summary>
    public async Task<List<AuditEntry>> ReadAsync(Guid log)
    {
        await using var command = Command(
            """
            SELECT "Sequence", "At", "ActorId", "Action", "What", "SubjectId", "PatientId", "Detail" FROM platform_audit_entry
            WHERE "ClinicId" = @log ORDER BY "Sequence"
            """,
            [("log", log)]);
        await using var row = await command.ExecuteReaderAsync();
        var entries = new List<AuditEntry>();
        while (await row.ReadAsync())
        {
            entries.Add(new AuditEntry
            {
                ClinicId = log,
                Sequence = row.GetInt64(0),
                At = IsPostgres ? new DateTimeOffset(row.GetDateTime(1)) : new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero),
                ActorId = await row.IsDBNullAsync(2) ? null : row.GetGuid(2),
                Action = (AuditAction)row.GetInt32(3),
                What = row.GetString(4),
                SubjectId = await row.IsDBNullAsync(5) ? null : row.GetGuid(5),
                PatientId = await row.IsDBNullAsync(6) ? null : row.GetGuid(6),
                Detail = await row.IsDBNullAsync(7) ? null : row.GetString(7),
            });
        }

        return entries;
    }

    /// <summary>What a forger can do who knows every formula but not the key: all roots and the log's edge worked out anew.</summary>
    public async Task RehashAsync(Guid log)
    {
        var edge = new MerkleFrontier();
        foreach (var entry in await ReadAsync(log))
        {
            edge.Add(MerkleTree.Leaf(AuditEncoding.Encode(entry)));
            await ExecuteAsync(
                """UPDATE platform_audit_entry SET "Root" = @root WHERE "ClinicId" = @log AND "Sequence" = @n""",
                ("root", edge.Root), ("log", log), ("n", entry.Sequence));
        }

        await ExecuteAsync(
            """UPDATE platform_audit_log SET "Size" = @n, "Frontier" = @edge WHERE "ClinicId" = @log""",
            ("n", edge.Size), ("edge", edge.ToBytes()), ("log", log));
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _services.DisposeAsync();
        if (_server is not null)
        {
            await RunAsync($"{_server};Database=postgres;Pooling=false", $"DROP DATABASE {_database} WITH (FORCE)");
            await RunAsync($"{_server};Database=postgres;Pooling=false", $"DROP ROLE IF EXISTS {_database}_app");
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The name in it was made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private async Task WriteAsync()
    {
        await _services.GetServices<IHostedService>().OfType<StartUp>().Single().StartAsync(CancellationToken.None);
        await using (var scope = _services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
            for (var i = 0; i < 2; i++)
            {
                db.Add(new ClinicAccount { Id = Guid.CreateVersion7(), Name = $"Clinic {i}", IsDemonstration = false, CreatedAt = DateTimeOffset.UnixEpoch });
            }

            await db.SaveChangesAsync();
            Clinics.AddRange(await db.Set<ClinicAccount>().Select(c => c.Id).ToListAsync());
        }

        var checkpoints = _services.GetRequiredService<Checkpoints>();
        var chance = new Random(1);
        foreach (var clinic in Clinics)
        {
            for (var i = 0; i < EntriesPerLog; i++)
            {
                await using var scope = _services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<AuditTrail>().NoteForClinicAsync(
                    clinic, chance.Next(4) == 0 ? null : Guid.CreateVersion7(), (AuditAction)(1 + chance.Next(8)), $"thing {chance.Next(20)}",
                    chance.Next(3) == 0 ? null : Guid.CreateVersion7(), chance.Next(2) == 0 ? null : $"detail {i}", CancellationToken.None);
                if (i % PerCheckpoint == 0)
                {
                    await checkpoints.WriteAsync(CancellationToken.None);
                }
            }
        }

        await checkpoints.WriteAsync(CancellationToken.None); // as at every stop of the program
        Checkpoints = new CheckpointFile(_services.GetRequiredService<FacialisSettings>().CheckpointFolderPath).Read();
        _connection = IsPostgres
            ? new NpgsqlConnection($"{_server};Database={_database};Pooling=false")
            : new SqliteConnection($"Data Source={Path.Combine(_folder, "facialis.db")};Pooling=False");
        await _connection.OpenAsync();
        Source = new AuditSource(_connection);
    }

    private DbCommand Command(string sql, (string Name, object Value)[] values)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
#pragma warning disable CA2100 // The texts are this program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
