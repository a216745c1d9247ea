using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;

namespace Facialis.Claims.Fuzz;

/// <summary>.facerec files: damaged as they lie, and block by block with checksums put right so that deeper checks are reached.</summary>
internal static class FacerecFuzz
{
    private const int Preamble = 12;
    private const int BlockHeader = 12;

    public static FuzzFormat Format { get; } = new(
        "facerec",
        [Make(true, 478, 40), Make(false, 100, 20), Make(true, 1, 400)],
        [
            .. ByteMutations.Any,
            ("length edited", EditLength),
            ("blocks reordered", (file, chance) => Reblock(file, blocks => Swap(blocks, chance), renumber: false)),
            ("block doubled", (file, chance) => Reblock(file, blocks => blocks.Insert(chance.Next(blocks.Count), blocks[chance.Next(blocks.Count)]), renumber: false)),
            ("block deleted", (file, chance) => Reblock(file, blocks => blocks.RemoveAt(chance.Next(blocks.Count)), renumber: false)),
            ("blocks reordered, renumbered", (file, chance) => Reblock(file, blocks => Swap(blocks, chance), renumber: true)),
            ("block doubled, renumbered", (file, chance) => Reblock(file, blocks => blocks.Insert(chance.Next(blocks.Count), blocks[chance.Next(blocks.Count)]), renumber: true)),
            ("block deleted, renumbered", (file, chance) => Reblock(file, blocks => blocks.RemoveAt(chance.Next(blocks.Count)), renumber: true)),
            ("type or flags edited", EditType),
            ("payload edited, CRC right", (file, chance) => EditPayload(file, chance, (payload, _) => Damage(payload, chance))),
            ("payload start edited", (file, chance) => EditPayload(file, chance, (payload, _) => DamageStart(payload, chance))),
            ("planes edited, repacked", (file, chance) => EditPayload(file, chance, (payload, type) => type == 2 ? Repack(payload, planes => Damage(planes, chance)) : payload)),
            ("planes swollen", (file, chance) => EditPayload(file, chance, (payload, type) => type == 2 ? Repack(payload, planes => [.. planes, .. new byte[chance.Next(1, 3_000_000)]]) : payload)),
            ("header text edited", (file, chance) => EditPayload(file, chance, (payload, type) => type == 1 ? TextMutations.Any[chance.Next(TextMutations.Any.Count)].Mutate(payload, chance) : payload)),
        ],
        stream => new FacerecReader(stream));

    /// <summary>The same damage, read by a reader that salvages what is whole.</summary>
    public static FuzzFormat Salvage { get; } = Format with { Name = "salvage", Open = stream => new FacerecReader(stream, salvage: true) };

    private static byte[] Make(bool compress, int landmarks, int frames)
    {
        using var target = new MemoryStream();
        using var writer = new FacerecWriter(target, Header(landmarks), new FacerecOptions { Compress = compress });
        var chance = new Random(landmarks);
        var frame = new FaceFrame(landmarks);
        for (var i = 0; i < frames; i++)
        {
            for (var c = 0; c < landmarks * 3; c++)
            {
                frame.Coordinates[c] = i == 0 ? chance.Next(5000) : frame.Coordinates[c] + ((chance.NextSingle() - 0.5f) * (c % 50 == 0 ? 3000 : 2));
            }

            (frame.TimeSeconds, frame.HasFace, frame.Brightness) = (i / 30.0, i % 17 != 3, i % 5 == 0 ? float.NaN : i % 256);
            writer.Append(frame);
        }

        writer.Append(new ProtocolMark(ProtocolPhase.Rest, 0, 4));
        writer.SettleMirroring(Mirroring.NotMirrored);
        writer.Count(new CaptureCounts(200, 3));
        writer.Complete();
        return target.ToArray();
    }

    public static RecordingHeader Header(int landmarks) => new()
    {
        Id = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        Source = RecordingSource.Generator,
        Scheme = LandmarkScheme.MediaPipeRefined,
        LandmarkIndices = [.. Enumerable.Range(0, landmarks)],
        ImageWidth = 640,
        ImageHeight = 480,
        IsDemonstration = true,
    };

    private static byte[] EditLength(byte[] file, Random chance)
    {
        var damaged = file.ToArray();
        var block = Blocks(file)[^1..].Concat(Blocks(file)).ElementAt(chance.Next(Blocks(file).Count));
        var length = (uint)block.Payload.Length;
        uint[] lengths = [0, length - 1, length + 1, length * 2, 65_536, 65_537, 4 << 20, (4 << 20) + 1, int.MaxValue, uint.MaxValue, (uint)chance.Next()];
        BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan(block.At + 8), lengths[chance.Next(lengths.Length)]);
        return damaged;
    }

    private static byte[] EditType(byte[] file, Random chance) => Reblock(
        file,
        blocks =>
        {
            var at = chance.Next(blocks.Count);
            blocks[at] = blocks[at] with { Type = (ushort)chance.Next(0, 9), Flags = (ushort)chance.Next(0, 4) };
        },
        renumber: true);

    private static byte[] EditPayload(byte[] file, Random chance, Func<byte[], int, byte[]> edit) => Reblock(
        file,
        blocks =>
        {
            var at = chance.Next(blocks.Count);
            blocks[at] = blocks[at] with { Payload = edit(blocks[at].Payload, blocks[at].Type) };
        },
        renumber: true);

    private static byte[] Damage(byte[] bytes, Random chance) =>
        bytes.Length == 0 ? bytes : ByteMutations.Any[chance.Next(ByteMutations.Any.Count)].Mutate(bytes, chance);

    private static byte[] DamageStart(byte[] payload, Random chance)
    {
        var damaged = payload.ToArray();
        for (var i = 0; i < 2; i++)
        {
            damaged[chance.Next(Math.Min(24, damaged.Length))] = (byte)(chance.Next(2) == 0 ? chance.Next(256) : chance.Next(2) * 255);
        }

        return damaged;
    }

    private static byte[] Repack(byte[] payload, Func<byte[], byte[]> edit)
    {
        var count = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        var bits = (count + 7) / 8;
        var at = 12 + ((count - 1) * 4) + bits + ((payload[3] & 1) != 0 ? bits + count : 0);
        if ((payload[3] & 2) == 0)
        {
            return [.. payload[..at], .. edit(payload[at..])];
        }

        using var planes = new MemoryStream();
        using (var inflate = new DeflateStream(new MemoryStream(payload, at, payload.Length - at), CompressionMode.Decompress))
        {
            inflate.CopyTo(planes);
        }

        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(edit(planes.ToArray()));
        }

        return [.. payload[..at], .. packed.ToArray()];
    }

    private static void Swap(List<Block> blocks, Random chance)
    {
        var (a, b) = (chance.Next(blocks.Count), chance.Next(blocks.Count));
        (blocks[a], blocks[b]) = (blocks[b], blocks[a]);
    }

    private static List<Block> Blocks(byte[] file)
    {
        var blocks = new List<Block>();
        for (var at = Preamble; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8));
            var type = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
            blocks.Add(new Block(at, type, 0, (uint)blocks.Count, file[(at + BlockHeader)..(at + BlockHeader + length)]));
            at += BlockHeader + length + 4;
        }

        return blocks;
    }

    private static byte[] Reblock(byte[] file, Action<List<Block>> change, bool renumber)
    {
        var blocks = Blocks(file);
        change(blocks);
        using var target = new MemoryStream();
        target.Write(file, 0, Preamble);
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = new byte[BlockHeader + blocks[i].Payload.Length + 4];
            BinaryPrimitives.WriteUInt16LittleEndian(block, blocks[i].Type);
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(2), blocks[i].Flags);
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), renumber ? (uint)i : blocks[i].Number);
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(8), blocks[i].Payload.Length);
            blocks[i].Payload.CopyTo(block, BlockHeader);
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(block.Length - 4), Crc32.HashToUInt32(block.AsSpan(0, block.Length - 4)));
            target.Write(block);
        }

        return target.ToArray();
    }

    private sealed record Block(int At, ushort Type, ushort Flags, uint Number, byte[] Payload);
}
