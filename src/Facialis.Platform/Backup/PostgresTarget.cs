using System.Data;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facialis.Platform.Backup;

/// <summary>An empty PostgreSQL database, filled by the owner of its tables within one transaction.</summary>
internal sealed class PostgresTarget : DatabaseTarget
{
    /// <summary>Foreign keys wait for the last table, since tables come in no order of theirs.</summary>
    private const string KeysWait =
        """
        DO $$ DECLARE k record; BEGIN
          FOR k IN SELECT conrelid::regclass AS place, conname FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', k.place, k.conname);
          END LOOP; END $$
        """;

    /// <summary>They are checked now, and from now on at once.</summary>
    private const string KeysHold =
        """
        SET CONSTRAINTS ALL IMMEDIATE;
        DO $$ DECLARE k record; BEGIN
          FOR k IN SELECT conrelid::regclass AS place, conname FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I NOT DEFERRABLE', k.place, k.conname);
          END LOOP; END $$
        """;

    /// <summary>Numbers that the server gives go on behind those that are there.</summary>
    private const string NumbersGoOn =
        """
        DO $$ DECLARE n record; BEGIN
          FOR n IN SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attidentity <> '' AND NOT a.attisdropped LOOP
            EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), greatest(coalesce(max(%I), 0), 1), max(%I) IS NOT NULL) FROM %I',
              quote_ident(n.relname), n.attname, n.attname, n.attname, n.relname);
          END LOOP; END $$
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private List<string> _walled = [];

    private PostgresTarget(NpgsqlConnection connection, NpgsqlTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    /// <exception cref="BackupRefusedException">There is something in the database.</exception>
    public static async Task<PostgresTarget> OpenAsync(string database, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            var target = new PostgresTarget(connection, await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation));
            await target.RunAsync("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0", cancellation);
            var there = await target.NamesAsync(
                "SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind <> 'i' ORDER BY 1 LIMIT 1", cancellation);
            return there.Count == 0
                ? target
                : throw new BackupRefusedException($"The database {connection.Database} is not empty ({there[0]} is in it). Restore into a new, empty one: nothing is ever replaced.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task MakeTablesAsync(IReadOnlyList<string> migrations, IReadOnlyList<string> schema, CancellationToken cancellation)
    {
        foreach (var command in CommandsOf(migrations))
        {
            await RunAsync(command, cancellation);
        }

        await RunAsync(KeysWait, cancellation);

        // COPY does not go into a table whose wall holds its owner in.
        _walled = await NamesAsync(
            "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity AND relnamespace = current_schema()::regnamespace", cancellation);
        foreach (var table in _walled)
        {
            await RunAsync($"ALTER TABLE {Quote(table)} NO FORCE ROW LEVEL SECURITY", cancellation);
        }
    }

    public override async Task FillAsync(string table, IReadOnlyList<string> columns, Stream rows, CancellationToken cancellation)
    {
        await using var copy = await _connection.BeginRawBinaryCopyAsync(
            $"COPY {Quote(table)} ({string.Join(", ", columns.Select(Quote))}) FROM STDIN (FORMAT BINARY)", cancellation);
        try
        {
            await rows.CopyToAsync(copy, cancellation);
        }
        catch
        {
            await copy.CancelAsync();
            throw;
        }
    }

    public override async Task<IReadOnlyList<TableCopied>> CompleteAsync(CancellationToken cancellation)
    {
        await RunAsync(KeysHold, cancellation);
        await RunAsync(NumbersGoOn, cancellation);
        foreach (var table in _walled)
        {
            await RunAsync($"ALTER TABLE {Quote(table)} FORCE ROW LEVEL SECURITY", cancellation);
        }

        await using var restored = await PostgresSnapshot.WithinAsync(_connection, _transaction, cancellation);
        return await restored.DigestAsync(cancellation);
    }

    public override Task CommitAsync(CancellationToken cancellation) => _transaction.CommitAsync(cancellation);

    public override async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>What these migrations of the program do to an empty database, command by command.</summary>
    /// <remarks>Not EF's script of them: it runs commands into each other where plain SQL of a migration ends without a semicolon.</remarks>
    private static List<string> CommandsOf(IReadOnlyList<string> migrations)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{FacialisSettings.Section}:{nameof(FacialisSettings.Database)}", "Host=nobody-is-asked")]).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddFacialisPlatform(settings, []);
        using var provider = services.BuildServiceProvider();
        using var scope = provider.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
        var (known, sql, models) = (db.GetService<IMigrationsAssembly>(), db.GetService<IMigrationsSqlGenerator>(), db.GetService<IModelRuntimeInitializer>());
        List<string> commands = [db.GetService<IHistoryRepository>().GetCreateScript()];
        foreach (var id in migrations)
        {
            var migration = known.CreateMigration(
                known.Migrations.TryGetValue(id, out var type) ? type : throw new BackupRefusedException($"This backup names the migration {id}, which this program does not know."),
                db.Database.ProviderName!); // a context on a server has one
            commands.AddRange(sql.Generate(migration.UpOperations, models.Initialize(migration.TargetModel)).Select(c => c.CommandText));
        }

        return commands;
    }

    private async Task<List<string>> NamesAsync(string question, CancellationToken cancellation)
    {
        List<string> names = [];
        await using var command = Command(question);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            names.Add(row.GetString(0));
        }

        return names;
    }

    private async Task RunAsync(string text, CancellationToken cancellation)
    {
        await using var command = Command(text);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string text)
    {
#pragma warning disable CA2100 // Ours, or the program's own migrations; what varies are quoted names of tables.
        return new NpgsqlCommand(text, _connection, _transaction) { CommandTimeout = 0 };
#pragma warning restore CA2100
    }
}
