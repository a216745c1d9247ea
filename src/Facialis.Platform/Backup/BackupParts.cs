using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;

namespace Facialis.Platform.Backup;

/// <summary>What a part of a backup is.</summary>
/// <param name="Kind">One of the kinds below.</param>
/// <param name="Name">Of the table, the file, or the kind of database.</param>
/// <param name="Items">Columns of a table; migrations of a database.</param>
internal sealed record PartHead(string Kind, string Name, IReadOnlyList<string>? Items = null)
{
    /// <summary>Kind of database, its migrations, and for SQLite the text of its schema.</summary>
    public const string Database = "database";

    /// <summary>All rows of one table.</summary>
    public const string Table = "table";

    /// <summary>A file of the data folder.</summary>
    public const string File = "file";

    /// <summary>The last part: the manifest.</summary>
    public const string End = "end";
}

/// <summary>A table as it was at the moment of a backup.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Sha256">Hash of all its rows in their order, hexadecimal.</param>
public sealed record TableCopied(string Name, long Rows, string Sha256);

/// <summary>A file as it was taken.</summary>
/// <param name="Path">Below the data folder, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Hash of its content, hexadecimal.</param>
public sealed record FileCopied(string Path, long Bytes, string Sha256);

/// <summary>What a backup holds.</summary>
public sealed record BackupManifest(IReadOnlyList<TableCopied> Tables, IReadOnlyList<FileCopied> Files);

/// <summary>Writes parts, compressed and then encrypted.</summary>
internal sealed class BackupWriter : IDisposable
{
    private readonly SealingStream _sealed;
    private readonly BrotliStream _packed;

    public BackupWriter(Stream file, BackupHeader header, BackupKey key)
    {
        var hash = header.Write(file);
        _sealed = new SealingStream(file, key.ForFile(header.Salt), hash);
        _packed = new BrotliStream(_sealed, CompressionLevel.Fastest, leaveOpen: true);
    }

    /// <summary>Begins a part; its body is what is written into the stream until that is disposed.</summary>
    public Stream Begin(PartHead head)
    {
        WriteBlock(_packed, JsonSerializer.SerializeToUtf8Bytes(head, JsonSerializerOptions.Web));
        return new Body(_packed);
    }

    /// <summary>Writes the manifest and the last chunk.</summary>
    public void Finish(BackupManifest manifest)
    {
        using (var body = Begin(new PartHead(PartHead.End, "")))
        {
            JsonSerializer.Serialize(body, manifest, JsonSerializerOptions.Web);
        }

        _packed.Dispose(); // writes what it still holds
        _sealed.Finish();
    }

    public void Dispose()
    {
        _packed.Dispose();
        _sealed.Dispose();
    }

    private static void WriteBlock(Stream target, ReadOnlySpan<byte> block)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, block.Length);
        target.Write(length);
        target.Write(block);
    }

    /// <summary>Blocks with their lengths, and an empty one at the end.</summary>
    private sealed class Body(Stream target) : WriteOnlyStream
    {
        private readonly byte[] _block = new byte[1 << 15];
        private int _filled;
        private bool _ended;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                var taken = Math.Min(buffer.Length, _block.Length - _filled);
                buffer[..taken].CopyTo(_block.AsSpan(_filled));
                _filled += taken;
                buffer = buffer[taken..];
                if (_filled == _block.Length)
                {
                    WriteBlock(target, _block);
                    _filled = 0;
                }
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_ended)
            {
                _ended = true;
                if (_filled > 0)
                {
                    WriteBlock(target, _block.AsSpan(0, _filled));
                }

                WriteBlock(target, []);
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>Reads parts one after the other. Their bytes were verified before they are given out.</summary>
internal sealed class BackupReader : IDisposable
{
    private const int LargestBlock = 1 << 20;

    private readonly FileStream _file;
    private readonly OpeningStream _opened;
    private readonly BrotliStream _unpacked;
    private Blocks? _body;

    private BackupReader(FileStream file, BackupHeader header, byte[] hash, BackupKey key)
    {
        (_file, Header) = (file, header);
        _opened = new OpeningStream(file, key.ForFile(header.Salt), hash);
        _unpacked = new BrotliStream(_opened, CompressionMode.Decompress);
    }

    public BackupHeader Header { get; }

    /// <summary>The body of the part that <see cref="Next"/> gave last.</summary>
    public Stream Body => _body ?? throw new InvalidOperationException("No part was begun.");

    /// <exception cref="BackupRefusedException">The key is another one, or the format is newer.</exception>
    /// <exception cref="BackupDamagedException">It is no backup.</exception>
    public static BackupReader Open(string path, BackupKey key)
    {
        var file = File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16)
            : throw new FileNotFoundException($"There is no backup {path}.");
        try
        {
            var (header, hash) = BackupHeader.Read(file);
            return header.Key == key.Id
                ? new BackupReader(file, header, hash, key)
                : throw new BackupRefusedException($"This key does not open this backup: it was made with the key {header.Key}, and the key given is {key.Id}.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The next part; what was left of the one before is passed over.</summary>
    public PartHead Next()
    {
        _body?.CopyTo(Stream.Null);
        var head = Block(_unpacked) is { Length: > 0 } text ? JsonSerializer.Deserialize<PartHead>(text, JsonSerializerOptions.Web) : null;
        _body = new Blocks(_unpacked);
        return head ?? throw Incomplete();
    }

    /// <summary>Reads the manifest out of the last part, and the file to its end.</summary>
    public BackupManifest Manifest()
    {
        var manifest = JsonSerializer.Deserialize<BackupManifest>(Body, JsonSerializerOptions.Web) ?? throw Incomplete();
        _unpacked.CopyTo(Stream.Null);
        _opened.ReadToEnd();
        return manifest;
    }

    public void Dispose()
    {
        _unpacked.Dispose();
        _opened.Dispose();
        _file.Dispose();
    }

    private static byte[] Block(Stream source)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        if (source.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length
            || BinaryPrimitives.ReadInt32BigEndian(length) is not (>= 0 and <= LargestBlock and var bytes))
        {
            throw Incomplete();
        }

        var block = new byte[bytes];
        return source.ReadAtLeast(block, bytes, throwOnEndOfStream: false) == bytes ? block : throw Incomplete();
    }

    private static BackupDamagedException Incomplete() => new("This backup is not complete. Nothing was restored from it.");

    private sealed class Blocks(Stream source) : ReadOnlyStream
    {
        private byte[] _block = [];
        private int _taken;
        private bool _ended;

        public override int Read(Span<byte> buffer)
        {
            if (_taken == _block.Length && !_ended && buffer.Length > 0)
            {
                (_block, _taken) = (Block(source), 0);
                _ended = _block.Length == 0;
            }

            var given = Math.Min(buffer.Length, _block.Length - _taken);
            _block.AsSpan(_taken, given).CopyTo(buffer);
            _taken += given;
            return given;
        }
    }
}
