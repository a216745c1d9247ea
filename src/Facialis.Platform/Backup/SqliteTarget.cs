using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Facialis.Platform.Backup;

/// <summary>A new SQLite file, in a folder that nobody uses yet.</summary>
internal sealed class SqliteTarget : DatabaseTarget
{
    private readonly string _file;
    private readonly SqliteConnection _connection;
    private List<string> _afterRows = [];

    private SqliteTarget(string file, SqliteConnection connection) => (_file, _connection) = (file, connection);

    public static async Task<SqliteTarget> MakeAsync(string file, CancellationToken cancellation)
    {
        await using (new FileStream(file, BackupKey.OwnerOnly(FileMode.CreateNew)))
        {
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, ForeignKeys = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        var target = new SqliteTarget(file, connection);
        await target.RunAsync("PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL; BEGIN", cancellation); // a failure removes the whole file
        return target;
    }

    public override async Task MakeTablesAsync(IReadOnlyList<string> migrations, IReadOnlyList<string> schema, CancellationToken cancellation)
    {
        foreach (var table in schema.Where(IsTable))
        {
            await RunAsync(table, cancellation);
        }

        _afterRows = [.. schema.Where(text => !IsTable(text))]; // indexes are quicker made at once, and triggers would speak at each row
    }

    public override async Task FillAsync(string table, IReadOnlyList<string> columns, Stream rows, CancellationToken cancellation)
    {
        if (table == "sqlite_sequence")
        {
            await RunAsync("DELETE FROM sqlite_sequence", cancellation); // the last numbers given, which the rows put in have written too
        }

        var insert = $"INSERT INTO {Quote(table)} ({string.Join(", ", columns.Select(Quote))}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";
        Check(raw.sqlite3_prepare_v2(_connection.Handle!, insert, out var statement)); // an open connection has one
        using (statement)
        {
            var buffered = new BufferedStream(rows, 1 << 15); // not disposed: the rows are the caller's
            using var read = new BinaryReader(buffered, Encoding.UTF8, leaveOpen: true);
            for (var first = buffered.ReadByte(); first >= 0; first = buffered.ReadByte())
            {
                for (var column = 1; column <= columns.Count; column++)
                {
                    Bind(statement, column, column == 1 ? first : read.ReadByte(), read);
                }

                Check(raw.sqlite3_step(statement), raw.SQLITE_DONE);
                Check(raw.sqlite3_reset(statement));
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    public override async Task<IReadOnlyList<TableCopied>> CompleteAsync(CancellationToken cancellation)
    {
        foreach (var text in _afterRows)
        {
            await RunAsync(text, cancellation);
        }

        await RunAsync("COMMIT", cancellation);
        foreach (var (question, whole) in new[] { ("PRAGMA integrity_check(1)", "ok"), ("SELECT count(*) FROM pragma_foreign_key_check", "0") })
        {
            await using var command = Command(question);
            if (Convert.ToString(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture) is var answer && answer != whole)
            {
                throw new BackupDamagedException($"The restored database does not hold together ({question}: {answer}). Nothing was put in place.");
            }
        }

        await using var restored = await SqliteSnapshot.OpenAsync(_file, cancellation);
        return await restored.DigestAsync(cancellation);
    }

    public override async Task CommitAsync(CancellationToken cancellation) => await _connection.CloseAsync();

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static bool IsTable(string text) => text.StartsWith("CREATE TABLE", StringComparison.OrdinalIgnoreCase);

    private void Bind(sqlite3_stmt statement, int column, int type, BinaryReader read) => Check(type switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_bind_int64(statement, column, read.ReadInt64()),
        raw.SQLITE_FLOAT => raw.sqlite3_bind_double(statement, column, read.ReadDouble()),
        raw.SQLITE_TEXT => raw.sqlite3_bind_text(statement, column, Bytes(read).AsSpan()),
        raw.SQLITE_BLOB when Bytes(read) is var bytes => bytes.Length == 0
            ? raw.sqlite3_bind_zeroblob(statement, column, 0) // no bytes at all would be taken for null
            : raw.sqlite3_bind_blob(statement, column, bytes),
        raw.SQLITE_NULL => raw.sqlite3_bind_null(statement, column),
        _ => throw new BackupDamagedException($"A row of this backup holds a value of an unknown kind ({type}). Nothing was restored from it."),
    });

    private static byte[] Bytes(BinaryReader read) => read.ReadBytes(read.ReadInt32());

    private void Check(int result, int expected = raw.SQLITE_OK)
    {
        if (result != expected)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_connection.Handle!).utf8_to_string(), result); // as above
        }
    }

    private async Task RunAsync(string text, CancellationToken cancellation)
    {
        await using var command = Command(text);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Ours, or the schema out of a backup that only the holder of its key can have made.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}
