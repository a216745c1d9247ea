using System.Text.Json;

namespace Facialis.Platform.Backup;

/// <summary>What is to be backed up, and where to.</summary>
/// <param name="DataFolder">The installation's data folder.</param>
/// <param name="Database">A SQLite file or a PostgreSQL connection string.</param>
/// <param name="Key">The key.</param>
/// <param name="To">The file to write; it must not be there.</param>
/// <param name="WithoutMasterKey">Leaves the master key out; who restores must have it from elsewhere.</param>
public sealed record BackupRequest(string DataFolder, string Database, BackupKey Key, string To, bool WithoutMasterKey = false);

/// <summary>What a backup holds, for the person who made or read it.</summary>
/// <param name="Header">What it says of itself.</param>
/// <param name="Manifest">Its tables and files.</param>
public sealed record BackupContent(BackupHeader Header, BackupManifest Manifest)
{
    /// <summary>True where the master key is in it.</summary>
    public bool HasMasterKey => Manifest.Files.Any(f => f.Path == DataFolderFiles.MasterKey);

    /// <summary>Number of rows of all tables.</summary>
    public long Rows => Manifest.Tables.Sum(t => t.Rows);
}

/// <summary>Writes the whole of an installation into one encrypted file while its server goes on.</summary>
public static class MakeBackup
{
    /// <param name="request">What and where.</param>
    /// <param name="now">The time that the backup bears.</param>
    /// <param name="progress">Told the number of bytes that were taken.</param>
    /// <param name="cancellation">Ends it; no half file stays.</param>
    /// <exception cref="BackupRefusedException">It cannot be made so; the message says why.</exception>
    public static async Task<BackupContent> RunAsync(BackupRequest request, DateTimeOffset now, IProgress<double>? progress, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(request.DataFolder);
        if (!Directory.Exists(folder))
        {
            throw new BackupRefusedException($"There is no data folder {folder}.");
        }

        if (Path.GetFullPath(request.To).StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new BackupRefusedException("Write the backup outside of the data folder: it would take itself in, and be lost with it.");
        }

        if (File.Exists(request.To))
        {
            throw new BackupRefusedException($"{request.To} exists already; a backup replaces no file.");
        }

        var unfinished = request.To + ".unfinished";
        try
        {
            BackupContent content;
            var total = 0L;
            await using (var file = new FileStream(unfinished, BackupKey.OwnerOnly(FileMode.Create)))
            {
                content = await WriteAsync(request with { DataFolder = folder }, file, now, bytes => progress?.Report(total += bytes), cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, request.To);
            return content;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<BackupContent> WriteAsync(
        BackupRequest request, FileStream file, DateTimeOffset now, Action<int> taken, CancellationToken cancellation)
    {
        var files = new DataFolderFiles(
            request.DataFolder, DatabaseSnapshot.IsPostgres(request.Database) ? null : request.Database, request.WithoutMasterKey);

        // The order matters. Checkpoints come before the moment of the database, so that none speaks of entries that are not in it; files
        // come after it, since a file is whole before a row names it.
        List<(string Path, byte[] Content)> marks = [];
        foreach (var path in files.All().Where(DataFolderFiles.IsCheckpoint))
        {
            if (files.Open(path) is { } source)
            {
                await using (source)
                {
                    var content = new byte[DataFolderFiles.WholeLines(source)];
                    await source.ReadExactlyAsync(content, cancellation);
                    marks.Add((path, content));
                }
            }
        }

        await using var database = await DatabaseSnapshot.OpenAsync(request.Database, cancellation);
        var header = BackupHeader.Of(database.Kind, database.Migrations[^1], request.Key, now);
        using var writer = new BackupWriter(file, header, request.Key);
        List<FileCopied> copied = [];
        foreach (var (path, content) in marks)
        {
            using var source = new MemoryStream(content);
            copied.Add(Copy(writer, path, source, taken, cancellation));
        }

        var rest = files.All().Where(path => !DataFolderFiles.IsCheckpoint(path)).ToLookup(DataFolderFiles.IsSmall);
        copied.AddRange(CopyAll(writer, files, rest[true], taken, cancellation));
        var tables = await CopyTablesAsync(writer, database, taken, cancellation);
        copied.AddRange(CopyAll(writer, files, rest[false], taken, cancellation));
        var manifest = new BackupManifest(tables, copied);
        writer.Finish(manifest);
        return new BackupContent(header, manifest);
    }

    private static async Task<List<TableCopied>> CopyTablesAsync(
        BackupWriter writer, DatabaseSnapshot database, Action<int> taken, CancellationToken cancellation)
    {
        await using (var body = writer.Begin(new PartHead(PartHead.Database, database.Kind, database.Migrations)))
        {
            JsonSerializer.Serialize(body, await database.SchemaTextAsync(cancellation), JsonSerializerOptions.Web);
        }

        List<TableCopied> tables = [];
        foreach (var table in database.Tables)
        {
            await using var body = writer.Begin(new PartHead(PartHead.Table, table.Name, table.Columns));
            tables.Add(await database.CopyAsync(table, body, taken, cancellation));
        }

        return tables;
    }

    private static IEnumerable<FileCopied> CopyAll(
        BackupWriter writer, DataFolderFiles files, IEnumerable<string> paths, Action<int> taken, CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            using var source = files.Open(path);
            if (source is not null) // else it was removed meanwhile, as an erased patient's recording is
            {
                yield return Copy(writer, path, source, taken, cancellation);
            }
        }
    }

    private static FileCopied Copy(BackupWriter writer, string path, Stream source, Action<int> taken, CancellationToken cancellation)
    {
        using var body = writer.Begin(new PartHead(PartHead.File, path));
        using var hashed = new HashedStream(body, taken);
        var buffer = new byte[1 << 16];
        while (source.Read(buffer) is > 0 and var read)
        {
            cancellation.ThrowIfCancellationRequested();
            hashed.Write(buffer, 0, read);
        }

        return new FileCopied(path, hashed.Length, hashed.Sha256);
    }
}
