using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Facialis.Platform.Database;

/// <summary>Sets, on every opened SQLite connection, what a medical record needs of it.</summary>
/// <remarks>
/// journal_mode=WAL: readers never wait for the writer.
/// synchronous=FULL: an acknowledged write is on the disk; in WAL mode NORMAL may lose the last ones when power fails.
/// foreign_keys=ON: SQLite does not check them otherwise.
/// secure_delete=ON: what is deleted is overwritten, so that a destroyed key is gone from the file too.
/// busy_timeout: a second writer waits its turn instead of failing at once.
/// </remarks>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    internal const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=10000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
