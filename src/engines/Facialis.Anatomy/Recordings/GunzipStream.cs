using System.IO.Compression;

namespace Facialis.Anatomy.Recordings;

/// <summary>Unpacks gzip and says in our words when it is damaged.</summary>
internal sealed class GunzipStream : Stream
{
    private readonly CountingStream _packed;
    private readonly GZipStream _gzip;

    public GunzipStream(Stream packed)
    {
        _packed = new CountingStream(packed);
        _gzip = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <summary>Bytes read of the file, so far.</summary>
    public long PackedCount => _packed.Count;

    /// <summary>Bytes given out, so far.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int got;
        try
        {
            got = _gzip.Read(buffer);
        }
        catch (InvalidDataException failure)
        {
            throw new RecordingFormatException("The file's gzip compression is damaged or cut off.", failure);
        }

        Count += got;

        // GZipStream is content with a file that lacks its last bytes, where gzip repeats the length: so look here.
        if (got == 0 && !buffer.IsEmpty && _packed.Last != unchecked((uint)Count))
        {
            throw new RecordingFormatException("The file's gzip compression is cut off, or made of several parts.");
        }

        return got;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }
}
