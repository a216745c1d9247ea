using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Facialis.Platform.Backup;

/// <summary>A SQLite file within one reading transaction. The write-ahead log lets the server write on meanwhile.</summary>
internal sealed class SqliteSnapshot : DatabaseSnapshot
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    private SqliteSnapshot(SqliteConnection connection, SqliteTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    public override string Kind => DatabaseKind.Sqlite;

    public static new async Task<SqliteSnapshot> OpenAsync(string file, CancellationToken cancellation)
    {
        var connection = File.Exists(file)
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString)
            : throw new FileNotFoundException($"There is no database {file}.");
        try
        {
            await connection.OpenAsync(cancellation);
            var snapshot = new SqliteSnapshot(connection, connection.BeginTransaction(deferred: true));
            await snapshot.LookAsync(file, cancellation);
            return snapshot;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>The very text of its tables, then of indexes and triggers.</summary>
    internal override async Task<IReadOnlyList<string>> SchemaTextAsync(CancellationToken cancellation) => await TextsAsync(
        """
        SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name <> '__EFMigrationsLock'
        ORDER BY type <> 'table', rowid
        """,
        cancellation);

    private protected override async Task<IReadOnlyList<TableShape>> ReadTablesAsync(CancellationToken cancellation)
    {
        List<TableShape> tables = [];
        var names = await TextsAsync(
            """
            SELECT name FROM sqlite_master WHERE type = 'table' AND (name NOT LIKE 'sqlite\_%' ESCAPE '\' OR name = 'sqlite_sequence')
              AND name <> '__EFMigrationsLock' ORDER BY name = 'sqlite_sequence', name
            """,
            cancellation);
        foreach (var name in names)
        {
            tables.Add(new TableShape(name, await TextsAsync($"SELECT name FROM pragma_table_info('{name.Replace("'", "''", StringComparison.Ordinal)}') ORDER BY cid", cancellation), []));
        }

        return tables;
    }

    private protected override async Task<long> WriteRowsAsync(TableShape table, Stream target, CancellationToken cancellation)
    {
        // Rows are put back in this order, so it is theirs there too.
        await using var command = Command($"SELECT {string.Join(", ", table.Columns.Select(Quote))} FROM {Quote(table.Name)} ORDER BY rowid");
        await using var reader = (SqliteDataReader)await command.ExecuteReaderAsync(cancellation);
        var rows = 0L;
        using var written = new BinaryWriter(target, System.Text.Encoding.UTF8, leaveOpen: true);
        while (await reader.ReadAsync(cancellation))
        {
            rows++;
            for (var column = 0; column < table.Columns.Count; column++)
            {
                Write(written, reader.Handle!, column); // a reader that stands on a row has a statement
            }

            cancellation.ThrowIfCancellationRequested();
        }

        return rows;
    }

    // Byte by byte as SQLite has it, also where a text is not what its column says.
    private static void Write(BinaryWriter target, sqlite3_stmt row, int column)
    {
        var type = raw.sqlite3_column_type(row, column);
        target.Write((byte)type);
        switch (type)
        {
            case raw.SQLITE_INTEGER:
                target.Write(raw.sqlite3_column_int64(row, column));
                break;
            case raw.SQLITE_FLOAT:
                target.Write(raw.sqlite3_column_double(row, column));
                break;
            case raw.SQLITE_TEXT or raw.SQLITE_BLOB:
                var bytes = raw.sqlite3_column_blob(row, column);
                target.Write(bytes.Length);
                target.Write(bytes);
                break;
            default:
                break; // null is its type alone
        }
    }

    private protected override DbCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
#pragma warning disable CA2100 // The texts are ours; what varies in them are quoted names of tables and columns.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}
