using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Facialis.Platform.Database;

/// <summary>Open SQLite connections that go from one context to the next, each with the commands that SQLite has compiled on it.</summary>
/// <remarks>
/// The provider's own pool opens a connection anew for each use: EF then registers its functions again, and every command is compiled again,
/// which was most of what SQLite did for a request (decision 0011).
/// </remarks>
internal sealed class KeptConnections : IDisposable
{
    /// <summary>More than this at once is rare; what is above it is closed when it comes back.</summary>
    private const int Most = 32;

    /// <summary>What a medical record needs of every connection.</summary>
    /// <remarks>
    /// journal_mode=WAL: readers never wait for the writer.
    /// synchronous=FULL: an acknowledged write is on the disk; in WAL mode NORMAL may lose the last ones when power fails.
    /// foreign_keys=ON: SQLite does not check them otherwise.
    /// secure_delete=ON: what is deleted is overwritten, so that a destroyed key is gone from the file too.
    /// busy_timeout: a second writer waits its turn instead of failing at once.
    /// </remarks>
    internal const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=10000;";

    /// <summary>Longer than any write takes; then SQLite itself is asked, and says that it is busy.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    /// <summary>
    /// One context at a time uses a connection, so SQLite need not lock it at every call; and nobody asks how much memory it uses, which it would
    /// count under one lock for all. Said before the first use in a process; said too late, it changes nothing.
    /// </summary>
    static KeptConnections()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private readonly ConcurrentStack<SqliteConnection> _idle = [];
    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _isOver;

    /// <summary>An open connection that nobody else uses until it is given back.</summary>
    /// <param name="make">Makes one, closed, when none is idle.</param>
    public SqliteConnection Rent(Func<SqliteConnection> make)
    {
        if (_idle.TryPop(out var kept))
        {
            return kept;
        }

        var connection = make();
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Gives a connection back. One that is closed, within a transaction or still reading is not used again: it would show what was there then.</summary>
    public void Return(SqliteConnection connection)
    {
        if (!IsAtRest(connection) || _isOver || _idle.Count >= Most)
        {
            connection.Dispose();
            return;
        }

        _idle.Push(connection);
        if (_isOver)
        {
            CloseIdle(); // the end came between
        }
    }

    /// <summary>Waits for the turn to write: SQLite has one writer, and its own waiting is to look again now and then, in no order.</summary>
    /// <returns>Whether it is this one's turn, which <see cref="EndWrite"/> ends. Otherwise SQLite has to decide.</returns>
    public Task<bool> BeginWriteAsync(CancellationToken cancellation) => _turn.WaitAsync(LongestTurn, cancellation);

    /// <inheritdoc cref="BeginWriteAsync"/>
    public bool BeginWrite() => _turn.Wait(LongestTurn);

    /// <summary>Lets the next writer of this process begin.</summary>
    public void EndWrite() => _turn.Release();

    /// <summary>Closes those that are idle; those in use close when they come back.</summary>
    public void Dispose()
    {
        _isOver = true;
        CloseIdle();
    }

    private static bool IsAtRest(SqliteConnection connection) =>
        connection.Handle is { } handle && raw.sqlite3_get_autocommit(handle) != 0 && !CompiledCommands.AreLent(connection);

    private void CloseIdle()
    {
        while (_idle.TryPop(out var connection))
        {
            connection.Dispose();
        }
    }
}
