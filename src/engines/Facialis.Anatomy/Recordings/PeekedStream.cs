namespace Facialis.Anatomy.Recordings;

/// <summary>Gives back the first bytes that were looked at, then the rest of the stream.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _rest;
    private readonly byte[] _start;
    private readonly int _length;
    private int _given;

    /// <summary>Looks at up to <paramref name="bytes"/> bytes.</summary>
    public PeekedStream(Stream source, int bytes)
    {
        (_rest, _start) = (source, new byte[bytes]);
        _length = source.ReadAtLeast(_start, bytes, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes, fewer where the stream is shorter.</summary>
    public ReadOnlyMemory<byte> Start => _start.AsMemory(0, _length);

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
        if (_given == _length)
        {
            return _rest.Read(buffer);
        }

        var count = Math.Min(buffer.Length, _length - _given);
        _start.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
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
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
