using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Facialis.Platform.Database;

/// <summary>Sets, on every SQLite connection when it is made, what a medical record needs of it.</summary>
/// <remarks>
/// A connection that comes out of the pool is the one that was set before, so it is not set again.
/// journal_mode=WAL: readers never wait for the writer.
/// synchronous=FULL: an acknowledged write is on the disk; in WAL mode NORMAL may lose the last ones when power fails.
/// foreign_keys=ON: SQLite does not check them otherwise.
/// secure_delete=ON: what is deleted is overwritten, so that a destroyed key is gone from the file too.
/// busy_timeout: a second writer waits its turn instead of failing at once.
/// </remarks>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    internal const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=10000;";

    private static readonly ConditionalWeakTable<object, object> SetBefore = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsSet(connection))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        NoteSet(connection);
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsSet(connection))
        {
            return;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        NoteSet(connection);
    }

    /// <summary>Known by SQLite's own handle, which lives as long as its settings do.</summary>
    private static bool IsSet(DbConnection connection) => connection is SqliteConnection { Handle: { } handle } && SetBefore.TryGetValue(handle, out _);

    private static void NoteSet(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle })
        {
            SetBefore.AddOrUpdate(handle, handle);
        }
    }
}
