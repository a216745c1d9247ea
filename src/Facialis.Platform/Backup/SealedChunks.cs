using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Facialis.Platform.Backup;

/// <summary>Bytes as a row of chunks under AES-256-GCM, read and written as they come.</summary>
/// <remarks>
/// Each chunk: one byte that says whether it is the last, four of its length, the encrypted bytes, 16 bytes of tag. The nonce is the
/// chunk's number; number, last mark and the header's hash are bound to it. So a chunk that is changed, moved, missing, doubled or from
/// another file does not open, and a file without its last chunk is known to be cut off.
/// </remarks>
internal static class SealedChunks
{
    public const int ChunkBytes = 1 << 18;
    public const int TagBytes = 16;
    public const int HeadBytes = 1 + sizeof(int);

    public static void Nonce(Span<byte> nonce, long number)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[4..], number);
    }

    public static byte[] Bound(byte[] header, long number, bool isLast)
    {
        var bound = new byte[header.Length + sizeof(long) + 1];
        header.CopyTo(bound, 0);
        BinaryPrimitives.WriteInt64BigEndian(bound.AsSpan(header.Length), number);
        bound[^1] = isLast ? (byte)1 : (byte)0;
        return bound;
    }
}

/// <summary>Encrypts what is written into it. Without <see cref="Finish"/> the file counts as cut off.</summary>
internal sealed class SealingStream(Stream target, byte[] key, byte[] header) : WriteOnlyStream
{
    private readonly AesGcm _aes = new(key, SealedChunks.TagBytes);
    private readonly byte[] _plain = new byte[SealedChunks.ChunkBytes];
    private readonly byte[] _chunk = new byte[SealedChunks.HeadBytes + SealedChunks.ChunkBytes + SealedChunks.TagBytes];
    private int _filled;
    private long _number;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_filled == _plain.Length)
            {
                Seal(isLast: false); // only now is it known that more comes
            }

            var taken = Math.Min(buffer.Length, _plain.Length - _filled);
            buffer[..taken].CopyTo(_plain.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
        }
    }

    /// <summary>Writes the last chunk.</summary>
    public void Finish() => Seal(isLast: true);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _aes.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Seal(bool isLast)
    {
        Span<byte> nonce = stackalloc byte[12];
        SealedChunks.Nonce(nonce, _number);
        _chunk[0] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(_chunk.AsSpan(1), _filled);
        var body = _chunk.AsSpan(SealedChunks.HeadBytes, _filled);
        _aes.Encrypt(
            nonce, _plain.AsSpan(0, _filled), body, _chunk.AsSpan(SealedChunks.HeadBytes + _filled, SealedChunks.TagBytes),
            SealedChunks.Bound(header, _number, isLast));
        target.Write(_chunk, 0, SealedChunks.HeadBytes + _filled + SealedChunks.TagBytes);
        (_filled, _number) = (0, _number + 1);
    }
}

/// <summary>Decrypts what <see cref="SealingStream"/> wrote. No byte is given out before its chunk was verified.</summary>
internal sealed class OpeningStream(Stream source, byte[] key, byte[] header) : ReadOnlyStream
{
    private readonly AesGcm _aes = new(key, SealedChunks.TagBytes);
    private readonly byte[] _plain = new byte[SealedChunks.ChunkBytes];
    private readonly byte[] _chunk = new byte[SealedChunks.ChunkBytes + SealedChunks.TagBytes];
    private int _taken;
    private int _filled;
    private long _number;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        while (_taken == _filled)
        {
            if (_ended || buffer.Length == 0)
            {
                return 0;
            }

            Open();
        }

        var given = Math.Min(buffer.Length, _filled - _taken);
        _plain.AsSpan(_taken, given).CopyTo(buffer);
        _taken += given;
        return given;
    }

    /// <summary>Reads to the last chunk, and sees to it that nothing comes behind it.</summary>
    public void ReadToEnd()
    {
        while (!_ended)
        {
            Open();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _aes.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Open()
    {
        Span<byte> head = stackalloc byte[SealedChunks.HeadBytes];
        if (source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            throw CutOff();
        }

        var (isLast, length) = (head[0] == 1, BinaryPrimitives.ReadInt32BigEndian(head[1..]));
        if (head[0] > 1 || length is < 0 or > SealedChunks.ChunkBytes)
        {
            throw Changed(null);
        }

        var whole = _chunk.AsSpan(0, length + SealedChunks.TagBytes);
        if (source.ReadAtLeast(whole, whole.Length, throwOnEndOfStream: false) < whole.Length)
        {
            throw CutOff();
        }

        Span<byte> nonce = stackalloc byte[12];
        SealedChunks.Nonce(nonce, _number);
        try
        {
            _aes.Decrypt(nonce, whole[..length], whole[length..], _plain.AsSpan(0, length), SealedChunks.Bound(header, _number, isLast));
        }
        catch (CryptographicException wrong)
        {
            throw Changed(wrong);
        }

        if (isLast && source.ReadByte() >= 0)
        {
            throw new BackupDamagedException("This backup was changed: there is something behind its end. Nothing was restored from it.");
        }

        (_taken, _filled, _number, _ended) = (0, length, _number + 1, isLast);
    }

    private BackupDamagedException CutOff() => new(
        $"This backup is cut off: it ends after {_number * (long)SealedChunks.ChunkBytes / 1024 / 1024} MiB of its content, before its last part. Nothing was restored from it.");

    private static BackupDamagedException Changed(Exception? inner) => new(
        "This backup was changed or damaged after it was made. Nothing was restored from it.", inner);
}
