using System.Buffers.Binary;
using System.Data;
using System.Data.Common;
using Facialis.Platform.Database;
using Npgsql;

namespace Facialis.Platform.Backup;

/// <summary>A PostgreSQL database within one REPEATABLE READ transaction, which sees one moment however long it takes.</summary>
/// <remarks>
/// Row-level security shows a clinic's rows to who works for it only, the owner of the tables included. So each clinic is entered in turn,
/// within the one transaction, and then none, for rows of no clinic. That needs no more rights than serving does, and finds the same for a
/// superuser, who sees all at once.
/// </remarks>
internal sealed class PostgresSnapshot : DatabaseSnapshot
{
    /// <summary>Signature, flags and length of the extension of COPY's binary format, version 1.</summary>
    private static readonly byte[] CopyHead = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] CopyTail = [0xFF, 0xFF];

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly bool _isOwn;
    private List<Guid> _clinics = [];

    private PostgresSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, bool isOwn) =>
        (_connection, _transaction, _isOwn) = (connection, transaction, isOwn);

    public override string Kind => DatabaseKind.Postgres;

    public static new async Task<PostgresSnapshot> OpenAsync(string database, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            var snapshot = new PostgresSnapshot(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation), isOwn: true);
            await using (var settings = snapshot.Command(
                "SET TRANSACTION READ ONLY; SET LOCAL row_security = on; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"))
            {
                await settings.ExecuteNonQueryAsync(cancellation);
            }

            await snapshot.LookAsync($"the database {connection.Database}", cancellation);
            await snapshot.ReadClinicsAsync(cancellation);
            return snapshot;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Looks at what a transaction under way sees.</summary>
    public static async Task<PostgresSnapshot> WithinAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        var snapshot = new PostgresSnapshot(connection, transaction, isOwn: false);
        await snapshot.LookAsync($"the database {connection.Database}", cancellation);
        await snapshot.ReadClinicsAsync(cancellation);
        return snapshot;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isOwn)
        {
            await _transaction.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }

    /// <summary>None: the migrations make the tables anew.</summary>
    internal override Task<IReadOnlyList<string>> SchemaTextAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);

    private async Task ReadClinicsAsync(CancellationToken cancellation) =>
        _clinics = [.. (await TextsAsync("SELECT \"Id\"::text FROM platform_clinic ORDER BY \"Id\"", cancellation)).Select(Guid.Parse), Guid.Empty];

    private protected override async Task<IReadOnlyList<TableShape>> ReadTablesAsync(CancellationToken cancellation)
    {
        List<(string Table, string Column, bool IsText, int? Key)> columns = [];
        await using (var command = Command(
            """
            SELECT c.relname::text, a.attname::text, a.attcollation <> 0, array_position(i.indkey::int2[], a.attnum)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
            ORDER BY c.relname COLLATE "C", a.attname COLLATE "C"
            """))
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                columns.Add((row.GetString(0), row.GetString(1), row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetInt32(3)));
            }
        }

        // Texts in the order of their bytes, since another server may sort words otherwise.
        return
        [
            .. columns.GroupBy(c => c.Table).Select(table => new TableShape(
                table.Key, [.. table.Select(c => c.Column)],
                [.. table.Where(c => c.Key is not null).OrderBy(c => c.Key).Select(c => Quote(c.Column) + (c.IsText ? " COLLATE \"C\"" : ""))])),
        ];
    }

    private protected override async Task<long> WriteRowsAsync(TableShape table, Stream target, CancellationToken cancellation)
    {
        target.Write(CopyHead);
        var rows = 0L;
        if (!table.Columns.Contains(RowSecurity.Column))
        {
            rows = await WriteAsync(table, "", target, cancellation);
        }
        else
        {
            foreach (var clinic in _clinics)
            {
                await EnterAsync($"{clinic:D}", cancellation);
                rows += await WriteAsync(table, $" WHERE \"{RowSecurity.Column}\" = '{clinic:D}'", target, cancellation);
            }

            await EnterAsync("", cancellation);
            var known = string.Join(", ", _clinics.Select(c => $"'{c:D}'"));
            rows += await WriteAsync(table, $" WHERE \"{RowSecurity.Column}\" IS NULL OR \"{RowSecurity.Column}\" NOT IN ({known})", target, cancellation);
        }

        target.Write(CopyTail);
        return rows;
    }

    /// <summary>Some rows, in COPY's binary format without its beginning and end, so that one table is one copy.</summary>
    private async Task<long> WriteAsync(TableShape table, string where, Stream target, CancellationToken cancellation)
    {
        await using var count = Command($"SELECT count(*) FROM {Quote(table.Name)}{where}");
        if (await count.ExecuteScalarAsync(cancellation) is not (long and > 0 and var rows))
        {
            return 0;
        }

        var order = table.Order.Count == 0 ? "" : $" ORDER BY {string.Join(", ", table.Order)}";
        await using var source = await _connection.BeginRawBinaryCopyAsync(
            $"COPY (SELECT {string.Join(", ", table.Columns.Select(Quote))} FROM {Quote(table.Name)}{where}{order}) TO STDOUT (FORMAT BINARY)", cancellation);
        var head = new byte[CopyHead.Length];
        await source.ReadExactlyAsync(head, cancellation);
        if (!head.AsSpan().StartsWith(CopyHead.AsSpan(0, 11)) || BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(11)) != 0)
        {
            throw new BackupRefusedException("This PostgreSQL server copies in a format that the program does not know.");
        }

        var buffer = new byte[1 << 16];
        var held = 0; // the last two bytes may be the end, which is written once for all
        while (await source.ReadAsync(buffer.AsMemory(held), cancellation) is > 0 and var read)
        {
            var there = held + read;
            held = Math.Min(CopyTail.Length, there);
            target.Write(buffer, 0, there - held);
            buffer.AsSpan(there - held, held).CopyTo(buffer);
        }

        return rows;
    }

    private async Task EnterAsync(string clinic, CancellationToken cancellation)
    {
        await using var command = Command($"SELECT set_config('{RowSecurity.Setting}', '{clinic}', true)");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private protected override DbCommand Command(string text)
    {
#pragma warning disable CA2100 // The texts are ours; what varies in them are quoted names of tables and columns, and ids.
        return new NpgsqlCommand(text, _connection, _transaction) { CommandTimeout = 0 };
#pragma warning restore CA2100
    }
}
