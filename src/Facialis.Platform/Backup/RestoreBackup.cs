using System.Security.Cryptography;
using Facialis.Platform.Hosting;

namespace Facialis.Platform.Backup;

/// <summary>What is to be restored, and where to.</summary>
/// <param name="From">The backup.</param>
/// <param name="Key">Its key.</param>
/// <param name="DataFolder">The data folder to make; it must not be there, or be empty.</param>
/// <param name="Database">Connection string of an empty PostgreSQL database, as the owner of its tables; null for a backup of SQLite.</param>
public sealed record RestoreRequest(string From, BackupKey Key, string DataFolder, string? Database);

/// <summary>Makes an installation out of a backup: aside at first, and put in place when the last byte was verified.</summary>
public static class RestoreBackup
{
    /// <summary>Restores.</summary>
    /// <param name="request">What and where.</param>
    /// <param name="progress">Told the number of bytes that were put back.</param>
    /// <param name="cancellation">Ends it; nothing stays.</param>
    /// <exception cref="BackupRefusedException">It does not belong there, or the key is another one.</exception>
    /// <exception cref="BackupDamagedException">It is not what was written.</exception>
    public static async Task<BackupContent> RunAsync(RestoreRequest request, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var reader = BackupReader.Open(request.From, request.Key);
        var folder = Path.GetFullPath(request.DataFolder).TrimEnd(Path.DirectorySeparatorChar);
        Refuse(reader.Header, request.Database, folder);
        var aside = $"{folder}.restoring-{Guid.NewGuid():N}";
        PrivateFolder.Create(aside);
        try
        {
            BackupContent content;
            await using (var database = request.Database is { } connection
                ? (DatabaseTarget)await PostgresTarget.OpenAsync(connection, cancellation)
                : await SqliteTarget.MakeAsync(Path.Combine(aside, DataFolderFiles.SqliteFile), cancellation))
            {
                content = await ReadAsync(reader, database, aside, progress, cancellation);
                await database.CommitAsync(cancellation);
            }

            // A start between the two finds no master key and refuses, which is better than a folder without its rows.
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder); // empty, or it fails
            }

            Directory.Move(aside, folder);
            return content;
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    /// <summary>Reads a backup to its end and verifies every byte, without restoring it.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<BackupContent> CheckAsync(string from, BackupKey key, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var reader = BackupReader.Open(from, key);
        return await ReadAsync(reader, null, null, progress, cancellation);
    }

    private static void Refuse(BackupHeader header, string? database, string folder)
    {
        switch (header.Database, database)
        {
            case (DatabaseKind.Sqlite, not null):
                throw new BackupRefusedException("This backup is of a SQLite installation, and cannot be restored into PostgreSQL. Leave the database out: it becomes a file in the data folder.");
            case (DatabaseKind.Postgres, null):
                throw new BackupRefusedException("This backup is of a PostgreSQL installation, and cannot be restored into SQLite. Name an empty PostgreSQL database.");
            case (DatabaseKind.Sqlite or DatabaseKind.Postgres, _):
                break;
            default:
                throw new BackupRefusedException($"This backup is of a database that this program ({BackupHeader.ThisProgram}) does not know: {header.Database}.");
        }

        if (DatabaseSnapshot.KnownMigrations(header.Database) is var known && !known.Contains(header.Schema))
        {
            throw new BackupRefusedException(
                $"This backup was made by a newer program: version {header.Program}, with tables as of {header.Schema}. This is version {BackupHeader.ThisProgram}, "
                + $"which knows tables up to {known[^1]}. Restore it with the program that made it, or a newer one.");
        }

        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new BackupRefusedException($"{folder} is not empty. Restore into a new folder: nothing is ever replaced.");
        }
    }

    /// <summary>Goes through all parts, and puts them where they belong if there is such a place.</summary>
    private static async Task<BackupContent> ReadAsync(
        BackupReader reader, DatabaseTarget? database, string? folder, IProgress<double>? progress, CancellationToken cancellation)
    {
        var total = 0L;
        List<FileCopied> files = [];
        var tables = new Dictionary<string, string>();
        PartHead part;
        while ((part = reader.Next()).Kind != PartHead.End)
        {
            await using var body = new WatchedBody(reader.Body, bytes => progress?.Report(total += bytes), cancellation);
            switch (part.Kind)
            {
                case PartHead.Database when database is not null:
                    await database.MakeTablesAsync(part.Items ?? [], DatabaseTarget.ReadSchema(body), cancellation);
                    break;
                case PartHead.Table when database is not null:
                    await database.FillAsync(part.Name, part.Items ?? [], body, cancellation);
                    break;
                case PartHead.File when folder is not null:
                    await PutAsync(folder, part.Name, body, cancellation);
                    break;
                default:
                    break; // passed over, and hashed
            }

            await body.CopyToAsync(Stream.Null, cancellation);
            if (part.Kind == PartHead.File)
            {
                files.Add(new FileCopied(part.Name, body.Position, body.Sha256));
            }
            else if (part.Kind == PartHead.Table)
            {
                tables[part.Name] = body.Sha256;
            }
        }

        var manifest = reader.Manifest();
        if (!manifest.Files.SequenceEqual(files) || !manifest.Tables.Select(t => (t.Name, t.Sha256)).SequenceEqual(tables.Select(t => (t.Key, t.Value))))
        {
            throw new BackupDamagedException("This backup does not hold what it says it holds. Nothing was restored from it.");
        }

        if (database is not null)
        {
            var restored = await database.CompleteAsync(cancellation);
            if (restored.Except(manifest.Tables).Concat(manifest.Tables.Except(restored)).FirstOrDefault() is { } other)
            {
                throw new BackupDamagedException($"The restored table {other.Name} is not as it was. Nothing was put in place.");
            }
        }

        return new BackupContent(reader.Header, manifest);
    }

    private static async Task PutAsync(string folder, string path, Stream body, CancellationToken cancellation)
    {
        var target = Path.GetFullPath(Path.Combine(folder, path));
        if (!target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new BackupDamagedException($"This backup names a file outside of the data folder: {path}. Nothing was restored from it.");
        }

        PrivateFolder.Create(Path.GetDirectoryName(target)!); // it was combined from a folder and a path below it
        await using var file = new FileStream(target, BackupKey.OwnerOnly(FileMode.CreateNew));
        await body.CopyToAsync(file, cancellation);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The body of a part, hashed and counted as it is read.</summary>
    private sealed class WatchedBody(Stream source, Action<int> taken, CancellationToken cancellation) : ReadOnlyStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _bytes;

        public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

        public override long Position { get => _bytes; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = source.Read(buffer);
            _hash.AppendData(buffer[..read]);
            _bytes += read;
            taken(read);
            return read;
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
}
