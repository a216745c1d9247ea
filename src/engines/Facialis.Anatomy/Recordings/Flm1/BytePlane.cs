namespace Facialis.Anatomy.Recordings.Flm1;

/// <summary>Bytes that arrive in order and are held in pieces, so that memory follows what came and not what was promised.</summary>
internal sealed class BytePlane
{
    private const int PieceBytes = 1 << 18;
    private readonly List<byte[]> _pieces = [];

    public long Length { get; private set; }

    /// <summary>Where the next bytes go: at most <paramref name="wanted"/>, perhaps fewer.</summary>
    public Span<byte> Room(long wanted)
    {
        var used = (int)(Length % PieceBytes);
        if (used == 0 && Length == (long)_pieces.Count * PieceBytes)
        {
            _pieces.Add(new byte[PieceBytes]);
        }

        return _pieces[^1].AsSpan(used, (int)Math.Min(wanted, PieceBytes - used));
    }

    public void Advance(int count) => Length += count;

    public void CopyTo(long offset, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var piece = _pieces[(int)(offset / PieceBytes)].AsSpan((int)(offset % PieceBytes));
            var count = Math.Min(piece.Length, target.Length);
            piece[..count].CopyTo(target);
            target = target[count..];
            offset += count;
        }
    }

    public byte[] ToArray()
    {
        var all = new byte[Length];
        CopyTo(0, all);
        return all;
    }
}
