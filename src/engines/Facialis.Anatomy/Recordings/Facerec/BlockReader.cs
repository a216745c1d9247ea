using System.Buffers.Binary;
using System.IO.Hashing;

namespace Facialis.Anatomy.Recordings.Facerec;

/// <summary>Reads a file's blocks one by one into one buffer, checking sequence, length and checksum.</summary>
internal sealed class BlockReader(Stream source)
{
    private readonly Crc32 _crc = new();
    private readonly byte[] _head = new byte[FacerecFormat.BlockHeaderBytes];
    private uint _sequence;

    /// <summary>The latest block's payload is the first <see cref="Length"/> bytes.</summary>
    public byte[] Buffer { get; private set; } = new byte[16 << 10];

    public int Length { get; private set; }

    public FacerecBlock Type { get; private set; }

    public bool MaySkip { get; private set; }

    public void ReadPreamble()
    {
        Span<byte> preamble = stackalloc byte[FacerecFormat.PreambleBytes];
        var got = source.ReadAtLeast(preamble, preamble.Length, throwOnEndOfStream: false);
        if (got < 8 || !preamble[..8].SequenceEqual(FacerecFormat.Magic))
        {
            throw new RecordingFormatException(preamble[1..5].SequenceEqual(FacerecFormat.Magic[1..5])
                ? "This .facerec file was changed on its way, as by a transfer in text mode; send it again as binary."
                : "This is not a .facerec file: it does not begin as one.");
        }

        if (got < preamble.Length)
        {
            throw CutOff("its preamble");
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(preamble[8..]);
        if (version != FacerecFormat.Version || BinaryPrimitives.ReadUInt16LittleEndian(preamble[10..]) != 0)
        {
            throw new RecordingFormatException($"This .facerec file has version {version}; this program reads version {FacerecFormat.Version}.");
        }
    }

    /// <summary>Reads the next block.</summary>
    /// <exception cref="RecordingFormatException">It is damaged, out of order, or missing.</exception>
    public void Next()
    {
        var got = source.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
        if (got < _head.Length)
        {
            throw CutOff(got == 0 ? "its blocks, without the end block" : "a block");
        }

        Type = (FacerecBlock)BinaryPrimitives.ReadUInt16LittleEndian(_head);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(_head.AsSpan(2));
        MaySkip = (flags & FacerecFormat.MaySkip) != 0;
        var sequence = BinaryPrimitives.ReadUInt32LittleEndian(_head.AsSpan(4));
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_head.AsSpan(8));
        var most = Type == FacerecBlock.Header ? FacerecFormat.MaxHeaderBytes : FacerecFormat.MaxPayloadBytes;
        if (length > most || (flags & ~FacerecFormat.MaySkip) != 0)
        {
            throw new RecordingFormatException($"This .facerec file is damaged: block {_sequence} says that it is {length} bytes long, with flags {flags}.");
        }

        if (sequence != _sequence)
        {
            throw new RecordingFormatException($"This .facerec file is damaged: block {sequence} stands where block {_sequence} should.");
        }

        Fill((int)length);
        _crc.Reset();
        _crc.Append(_head);
        _crc.Append(Buffer.AsSpan(0, Length));
        Span<byte> checksum = stackalloc byte[FacerecFormat.ChecksumBytes];
        if (source.ReadAtLeast(checksum, checksum.Length, throwOnEndOfStream: false) < checksum.Length)
        {
            throw CutOff("a block");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(checksum) != _crc.GetCurrentHashAsUInt32())
        {
            throw new RecordingFormatException($"This .facerec file is damaged: the checksum of block {sequence} is wrong.");
        }

        _sequence++;
    }

    public bool AtEnd() => source.ReadByte() < 0;

    private void Fill(int length)
    {
        for (Length = 0; Length < length;)
        {
            if (Length == Buffer.Length) // grows with what came, not with what was announced
            {
                var larger = new byte[Math.Min(Buffer.Length * 2, FacerecFormat.MaxPayloadBytes)];
                Buffer.CopyTo(larger, 0);
                Buffer = larger;
            }

            var got = source.Read(Buffer, Length, Math.Min(Buffer.Length, length) - Length);
            if (got == 0)
            {
                throw CutOff("a block");
            }

            Length += got;
        }
    }

    private static RecordingFormatException CutOff(string where) => new($"This .facerec file is cut off: it ends within {where}.");
}
