namespace Facialis.Platform.Backup;

/// <summary>The files of a data folder that a backup takes, beside the database.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="database">The SQLite file, wherever it is; null with PostgreSQL.</param>
/// <param name="withoutMasterKey">Leaves the master key out.</param>
internal sealed class DataFolderFiles(string folder, string? database, bool withoutMasterKey)
{
    public const string MasterKey = "master.key";
    public const string SqliteFile = "facialis.db";

    /// <summary>Caches, which are worked out again, and files that were being written.</summary>
    private static readonly string[] NotKept = [".signals", ".part", ".start-lock", ".unfinished", ".new"];

    private static readonly string[] DatabaseEndings = ["", "-wal", "-shm", "-journal"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Paths below the folder, with slashes, ordered.</summary>
    public List<string> All()
    {
        var kept = database is null ? [] : DatabaseEndings.Select(end => Path.GetFullPath(database) + end).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !kept.Contains(Path.GetFullPath(file)) && !NotKept.Any(end => file.EndsWith(end, StringComparison.Ordinal)))
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Where(path => !(withoutMasterKey && path == MasterKey))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Signed marks of the audit log, which must not be ahead of the database that is restored with them.</summary>
    public static bool IsCheckpoint(string path) => path.StartsWith("checkpoints/", StringComparison.Ordinal);

    /// <summary>Files beside the database and keys: small, and taken at once.</summary>
    public static bool IsSmall(string path) => !path.Contains('/', StringComparison.Ordinal) || path.StartsWith("keys/", StringComparison.Ordinal);

    /// <summary>Opens a file that others may write; null where it is gone meanwhile.</summary>
    public FileStream? Open(string path)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (IOException) when (waited.Elapsed < Patience)
            {
                Thread.Sleep(20); // held by its writer for a moment, on systems that hold readers off
            }
        }
    }

    /// <summary>Length of a file of lines up to the last whole one.</summary>
    public static long WholeLines(FileStream file)
    {
        var length = file.Length;
        for (var ended = false; length > 0 && !ended; length -= ended ? 0 : 1)
        {
            file.Position = length - 1;
            ended = file.ReadByte() == '\n';
        }

        file.Position = 0;
        return length;
    }
}
