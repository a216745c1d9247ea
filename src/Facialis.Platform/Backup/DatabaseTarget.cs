using System.Text.Json;

namespace Facialis.Platform.Backup;

/// <summary>An empty database that is being filled from a backup. Nothing of it counts before <see cref="CommitAsync"/>.</summary>
internal abstract class DatabaseTarget : IAsyncDisposable
{
    /// <summary>Makes the tables as they were at the backup's last migration.</summary>
    /// <param name="migrations">The migrations that had been applied.</param>
    /// <param name="schema">What <see cref="DatabaseSnapshot.SchemaTextAsync"/> said.</param>
    /// <param name="cancellation">Ends it.</param>
    public abstract Task MakeTablesAsync(IReadOnlyList<string> migrations, IReadOnlyList<string> schema, CancellationToken cancellation);

    /// <summary>Puts the rows of one table in.</summary>
    public abstract Task FillAsync(string table, IReadOnlyList<string> columns, Stream rows, CancellationToken cancellation);

    /// <summary>Puts back what guards the tables, has the database check itself, and counts and hashes what is there now.</summary>
    public abstract Task<IReadOnlyList<TableCopied>> CompleteAsync(CancellationToken cancellation);

    /// <summary>From now on it is there.</summary>
    public abstract Task CommitAsync(CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();

    internal static IReadOnlyList<string> ReadSchema(Stream body) => JsonSerializer.Deserialize<List<string>>(body, JsonSerializerOptions.Web) ?? [];

    private protected static string Quote(string name) => Database.PostgresRole.Quote(name);
}
