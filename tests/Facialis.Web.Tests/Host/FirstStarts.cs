using System.Collections.Concurrent;
using Npgsql;

namespace Facialis.Web.Tests.Host;

/// <summary>A data folder and a database after a first start, to go on from in copies. Made once for each kind of database.</summary>
internal sealed class FirstStarts
{
    private static readonly ConcurrentDictionary<Database, Lazy<Task<FirstStarts>>> Made = new();

    private readonly string _folder;

    private FirstStarts(string folder, string? postgresDatabase) => (_folder, PostgresDatabase) = (folder, postgresDatabase);

    /// <summary>Name of the PostgreSQL database; null for SQLite, whose file is in the folder.</summary>
    public string? PostgresDatabase { get; }

    public static Task<FirstStarts> OfAsync(Database database) => Made.GetOrAdd(database, kind => new(() => MakeAsync(kind))).Value;

    public void CopyFolderTo(string target)
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(_folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!); // it was combined from two names
            File.Copy(file, copy);
        }
    }

    /// <summary>Removes them, at the end of all tests.</summary>
    public static async Task ForgetAsync()
    {
        foreach (var made in Made.Values)
        {
            var first = await made.Value;
            Directory.Delete(Path.GetDirectoryName(first._folder)!, recursive: true); // it was combined from two names
            if (first.PostgresDatabase is not null)
            {
                await PostgresServer.DropAsync(first.PostgresDatabase);
            }
        }

        Made.Clear();
    }

    private static async Task<FirstStarts> MakeAsync(Database database)
    {
        var app = await FacialisApp.StartForTheFirstTimeAsync(database);
        var address = await app.EndAsync();
        if (address is null)
        {
            return new FirstStarts(app.DataFolder, null);
        }

        await using var connection = new NpgsqlConnection(address);
        NpgsqlConnection.ClearPool(connection); // nobody may be in a database that is copied
        return new FirstStarts(app.DataFolder, connection.Database);
    }
}
