using System.Data.Common;
using System.Globalization;
using Facialis.Platform.Database;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Facialis.Platform.Audit;

/// <summary>Reads the tables of the audit log by plain SQL, apart from the program that wrote them.</summary>
/// <param name="connection">An open connection to either database.</param>
public sealed class AuditSource(DbConnection connection) : IAsyncDisposable
{
    private readonly bool _isPostgres = connection is NpgsqlConnection;

    /// <summary>Opens a SQLite file for reading, or a PostgreSQL server where the text is a connection string.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DbException">The database cannot be opened.</exception>
    public static async Task<AuditSource> OpenAsync(string database, CancellationToken cancellation)
    {
        DbConnection connection;
        if (database.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        }
        else
        {
            connection = File.Exists(database)
                ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString)
                : throw new FileNotFoundException($"There is no database {database}.");
        }

        try
        {
            await connection.OpenAsync(cancellation);
            return new AuditSource(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>The logs that the database knows: one for each clinic, the installation's own, and any other that has entries.</summary>
    internal async Task<List<Guid>> LogsAsync(CancellationToken cancellation)
    {
        var logs = new HashSet<Guid> { Guid.Empty };
        string[] questions =
        [
            "SELECT \"Id\" FROM platform_clinic",
            $"SELECT DISTINCT \"ClinicId\" FROM {AuditLogHeadTable.Name}", // on PostgreSQL, of those clinics that one may see
            $"SELECT DISTINCT \"ClinicId\" FROM {AuditEntryTable.Name}",
        ];
        foreach (var question in questions)
        {
            await using var command = Command(question, null);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                logs.Add(Id(rows.GetValue(0)) ?? Guid.Empty);
            }
        }

        return [.. logs];
    }

    /// <summary>All entries of a log in their order.</summary>
    internal async Task<DbDataReader> EntriesAsync(Guid log, CancellationToken cancellation)
    {
        await EnterAsync(log, cancellation);
        var command = Command(
            $"""
            SELECT "Sequence", "At", "ActorId", "Action", "What", "SubjectId", "PatientId", "Detail", "Root", "Seal"
            FROM {AuditEntryTable.Name} WHERE "ClinicId" = @log ORDER BY "Sequence"
            """,
            log);
        return await command.ExecuteReaderAsync(cancellation);
    }

    /// <summary>What the log says of itself: its size and its edge.</summary>
    internal async Task<(long Size, byte[] Edge)> HeadAsync(Guid log, CancellationToken cancellation)
    {
        await EnterAsync(log, cancellation);
        await using var command = Command($"""SELECT "Size", "Frontier" FROM {AuditLogHeadTable.Name} WHERE "ClinicId" = @log""", log);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (Number(row.GetValue(0)), row.GetValue(1) as byte[] ?? []) : (0, []);
    }

    /// <summary>The entry of a row of <see cref="EntriesAsync"/>. Strict: only what the program itself would have written is read.</summary>
    /// <exception cref="InvalidDataException">A column holds something else.</exception>
    internal static AuditEntry Entry(DbDataReader row, Guid log) => new()
    {
        ClinicId = log,
        Sequence = Number(row.GetValue(0)),
        At = Moment(row.GetValue(1)),
        ActorId = Id(row.GetValue(2)),
        Action = (AuditAction)Number(row.GetValue(3)),
        What = Text(row.GetValue(4)) ?? throw new InvalidDataException("the text is missing."),
        SubjectId = Id(row.GetValue(5)),
        PatientId = Id(row.GetValue(6)),
        Detail = Text(row.GetValue(7)),
        Root = row.GetValue(8) as byte[] ?? [],
        Seal = row.GetValue(9) as byte[] ?? [],
    };

    private static long Number(object value) => value switch
    {
        long number => number,
        int number => number,
        _ => throw new InvalidDataException("a number is none."),
    };

    private static DateTimeOffset Moment(object value) => value switch
    {
        DateTime moment => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
        long ticks and >= 0 when ticks <= DateTime.MaxValue.Ticks && ticks % TimeSpan.TicksPerMicrosecond == 0 => new DateTimeOffset(ticks, TimeSpan.Zero),
        _ => throw new InvalidDataException("the time is none."),
    };

    private static Guid? Id(object value) => value switch
    {
        DBNull => null,
        Guid id => id,
        string text when Guid.TryParseExact(text, "D", out var id) => id,
        _ => throw new InvalidDataException("an id is none."),
    };

    private static string? Text(object value) => value switch
    {
        DBNull => null,
        string text => text,
        _ => throw new InvalidDataException("a text is none."),
    };

    /// <summary>On PostgreSQL a clinic's rows are seen by who works for it only, the owner of the tables included.</summary>
    private async Task EnterAsync(Guid log, CancellationToken cancellation)
    {
        if (_isPostgres)
        {
            await using var command = Command(
                string.Create(CultureInfo.InvariantCulture, $"SELECT set_config('{RowSecurity.Setting}', '{log:D}', false)"), null);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private DbCommand Command(string text, Guid? log)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are ours; what varies in them is a table's name or an id.
        command.CommandText = text;
#pragma warning restore CA2100
        if (log is { } id)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "log";
            parameter.Value = id;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
