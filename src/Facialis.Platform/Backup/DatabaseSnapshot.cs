using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Facialis.Platform.Backup;

/// <summary>A database at one moment, read past the program while others write.</summary>
public abstract class DatabaseSnapshot : IAsyncDisposable
{
    /// <summary>Table in which the program notes which migrations were applied.</summary>
    internal const string History = "__EFMigrationsHistory";

    /// <summary>One of <see cref="DatabaseKind"/>.</summary>
    public abstract string Kind { get; }

    /// <summary>The migrations that were applied, in order.</summary>
    public IReadOnlyList<string> Migrations { get; private set; } = [];

    /// <summary>Its tables with their columns, ordered by name.</summary>
    internal IReadOnlyList<TableShape> Tables { get; private set; } = [];

    /// <summary>Opens a SQLite file, or a PostgreSQL server where the text is a connection string, at the moment of this call.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="BackupRefusedException">There is no installation in it.</exception>
    /// <exception cref="DbException">It cannot be opened.</exception>
    public static async Task<DatabaseSnapshot> OpenAsync(string database, CancellationToken cancellation) =>
        IsPostgres(database) ? await PostgresSnapshot.OpenAsync(database, cancellation) : await SqliteSnapshot.OpenAsync(database, cancellation);

    /// <summary>Whether the text is a PostgreSQL connection string rather than a file.</summary>
    public static bool IsPostgres(string database) => database.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Migrations that this program has for a kind of database, in order.</summary>
    internal static IReadOnlyList<string> KnownMigrations(string kind)
    {
        var context = kind == DatabaseKind.Sqlite ? typeof(SqliteFacialisDb) : typeof(PostgresFacialisDb);
        return
        [
            .. typeof(FacialisDb).Assembly.GetTypes()
                .Where(t => t.GetCustomAttribute<DbContextAttribute>()?.ContextType == context)
                .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Every table's number of rows and hash.</summary>
    public async Task<IReadOnlyList<TableCopied>> DigestAsync(CancellationToken cancellation)
    {
        List<TableCopied> digest = [];
        foreach (var table in Tables)
        {
            digest.Add(await CopyAsync(table, Stream.Null, null, cancellation));
        }

        return digest;
    }

    /// <summary>Writes all rows of a table in an order that depends on nothing but them.</summary>
    internal async Task<TableCopied> CopyAsync(TableShape table, Stream target, Action<int>? taken, CancellationToken cancellation)
    {
        await using var hashed = new HashedStream(target, taken);
        var rows = await WriteRowsAsync(table, hashed, cancellation);
        return new TableCopied(table.Name, rows, hashed.Sha256);
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>What must be said to make the tables anew, beside the migrations; empty where those are enough.</summary>
    internal abstract Task<IReadOnlyList<string>> SchemaTextAsync(CancellationToken cancellation);

    private protected abstract Task<long> WriteRowsAsync(TableShape table, Stream target, CancellationToken cancellation);

    private protected abstract Task<IReadOnlyList<TableShape>> ReadTablesAsync(CancellationToken cancellation);

    private protected abstract DbCommand Command(string text);

    /// <summary>Looks at what is there. The first question fixes the moment.</summary>
    private protected async Task LookAsync(string place, CancellationToken cancellation)
    {
        Tables = await ReadTablesAsync(cancellation);
        if (!Tables.Any(t => t.Name == History) || !Tables.Any(t => t.Name == "platform_clinic"))
        {
            throw new BackupRefusedException($"There is no Facialis installation in {place}.");
        }

        Migrations = await TextsAsync($"SELECT \"MigrationId\" FROM \"{History}\" ORDER BY 1", cancellation);
    }

    private protected async Task<List<string>> TextsAsync(string question, CancellationToken cancellation)
    {
        List<string> texts = [];
        await using var command = Command(question);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }

    private protected static string Quote(string name) => PostgresRole.Quote(name); // both databases quote alike
}

/// <summary>A table that can be copied.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Order">Columns, or expressions of them, that order its rows; empty where the database has an order of its own.</param>
internal sealed record TableShape(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Order);

/// <summary>Passes on what is written, hashes it, and tells how many bytes it was.</summary>
internal sealed class HashedStream(Stream target, Action<int>? taken) : WriteOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    /// <summary>Of all that was written, hexadecimal. Asked once, at the end.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public override long Length => _bytes;

    public override long Position { get => _bytes; set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        _bytes += buffer.Length;
        target.Write(buffer);
        taken?.Invoke(buffer.Length);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
