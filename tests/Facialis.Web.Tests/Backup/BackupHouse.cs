using Facialis.Platform.Backup;
using Npgsql;

namespace Facialis.Web.Tests.Backup;

/// <summary>A folder for a key, backups and what is restored from them.</summary>
internal sealed class BackupHouse : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("facialis-backup-").FullName;

    public BackupHouse() => Key = BackupKey.Make(Path("backup.key"));

    public BackupKey Key { get; }

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public string Fresh(string end = "") => Path(Guid.NewGuid().ToString("N") + end);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Backs an installation up.</summary>
    public async Task<(string File, BackupContent Content)> BackupAsync(FacialisApp app, string? database = null, bool withoutMasterKey = false)
    {
        var file = Fresh(".backup");
        return (file, await MakeBackup.RunAsync(
            new BackupRequest(app.DataFolder, database ?? app.DatabaseAddress, Key, file, withoutMasterKey), app.Clock.GetUtcNow(), null, Token));
    }

    /// <summary>Restores into a new folder.</summary>
    public async Task<string> RestoreAsync(string file, string? database)
    {
        var folder = Fresh();
        await RestoreBackup.RunAsync(new RestoreRequest(file, Key, folder, database), null, Token);
        return folder;
    }

    /// <summary>The number of rows and the hash of every table, as they are now.</summary>
    public static async Task<IReadOnlyList<TableCopied>> DigestAsync(string database)
    {
        await using var snapshot = await DatabaseSnapshot.OpenAsync(database, Token);
        return await snapshot.DigestAsync(Token);
    }

    /// <summary>As somebody else who signs in to the same database.</summary>
    public static string As(string database, string user) => new NpgsqlConnectionStringBuilder(database) { Username = user }.ConnectionString;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
