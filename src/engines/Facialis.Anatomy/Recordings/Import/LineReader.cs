namespace Facialis.Anatomy.Recordings.Import;

/// <summary>Reads UTF-8 text line by line into one buffer; a line may be at most 256 KiB long.</summary>
internal sealed class LineReader(Stream source)
{
    private const int MaxLineBytes = 256 << 10;
    private byte[] _buffer = new byte[16 << 10];
    private int _start;
    private int _end;
    private bool _sourceEnded;

    /// <summary>Number of the latest line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line without its end, valid until the next call; false at the end of the text.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0 || (_sourceEnded && _end > _start))
            {
                var length = at >= 0 ? searched + at : _end - _start;
                line = _buffer.AsSpan(_start, length).TrimEnd((byte)'\r');
                _start = Math.Min(_end, _start + length + 1);
                line = ++Number == 1 ? AfterByteOrderMark(line) : line;
                return true;
            }

            searched = _end - _start;
            if (_sourceEnded)
            {
                line = default;
                return false;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MaxLineBytes)
            {
                throw new RecordingFormatException($"Line {Number + 1} is longer than {MaxLineBytes} bytes: this is not a landmark series.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var got = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += got;
        _sourceEnded = got == 0;
    }

    private static ReadOnlySpan<byte> AfterByteOrderMark(ReadOnlySpan<byte> line) =>
        line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line[3..] : line;
}
