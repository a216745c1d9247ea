using System.Buffers.Binary;
using System.IO.Hashing;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

public sealed class FacerecDamageTests
{
    private static readonly byte[] File = Made.Facerec(Made.Header(), Made.Frames(200, 6), more: writer =>
    {
        writer.Append(new ProtocolMark(ProtocolPhase.Rest, 0, 6));
        writer.SettleMirroring(Mirroring.NotMirrored);
    });

    [Fact]
    public void Every_beginning_of_a_file_is_refused()
    {
        for (var length = 0; length < File.Length; length++)
        {
            var cut = File[..length];
            Assert.Throws<RecordingFormatException>(() => Made.ReadAll(new FacerecReader(new MemoryStream(cut))));
        }
    }

    [Fact]
    public void Every_beginning_that_has_the_header_can_be_salvaged_to_its_last_whole_block()
    {
        var whole = Made.ReadAll(new FacerecReader(new MemoryStream(File)));
        var blocks = Blocks(File);
        for (var length = blocks[0].End; length < File.Length; length++)
        {
            using var reader = new FacerecReader(new MemoryStream(File[..length]), salvage: true);
            var read = Made.ReadAll(reader);
            var expected = blocks.Where(b => b.End <= length && b.Type == 2).Sum(b => BinaryPrimitives.ReadUInt16LittleEndian(File.AsSpan(b.Start + 12)));
            Assert.Equal(expected, read.Count);
            Assert.All(read.Zip(whole), pair => pair.First.AssertSame(pair.Second, 0));
            Assert.False(reader.IsComplete);
            Assert.NotNull(reader.Damage);
        }
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        for (var i = 0; i < File.Length; i++)
        {
            var damaged = File.ToArray();
            damaged[i] ^= 0x40;
            Assert.Throws<RecordingFormatException>(() => Made.ReadAll(new FacerecReader(new MemoryStream(damaged))));
        }
    }

    [Fact]
    public void A_block_lost_doubled_or_exchanged_is_noticed()
    {
        var blocks = Blocks(File);
        byte[] Bytes((int Start, int End, int Type) block) => File[block.Start..block.End];
        var lost = File[..blocks[2].Start].Concat(File[blocks[2].End..]).ToArray();
        var doubled = File[..blocks[2].End].Concat(File[blocks[2].Start..]).ToArray();
        var exchanged = File[..blocks[1].Start].Concat(Bytes(blocks[2])).Concat(Bytes(blocks[1])).Concat(File[blocks[2].End..]).ToArray();
        var longer = File.Append((byte)0).ToArray();
        foreach (var damaged in new[] { lost, doubled, exchanged, longer })
        {
            Assert.Throws<RecordingFormatException>(() => Made.ReadAll(new FacerecReader(new MemoryStream(damaged))));
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void An_unknown_block_is_skipped_only_if_it_says_that_it_may_be(int flags, bool read)
    {
        var blocks = Blocks(File);
        var payloads = blocks.Select(b => ((ushort)b.Type, (ushort)0, File[(b.Start + 12)..(b.End - 4)])).ToList();
        payloads.Insert(1, (700, (ushort)flags, [1, 2, 3]));
        var withUnknown = Rebuild(payloads);
        using var reader = new FacerecReader(new MemoryStream(withUnknown));
        if (read)
        {
            Assert.Equal(200, Made.ReadAll(reader).Count);
        }
        else
        {
            Assert.Contains("newer program", Assert.Throws<RecordingFormatException>(() => Made.ReadAll(reader)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_of_a_later_version_says_so()
    {
        var later = File.ToArray();
        later[8] = 2;
        Assert.Contains("version 2", Assert.Throws<RecordingFormatException>(() => new FacerecReader(new MemoryStream(later))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_that_promises_much_gets_little_memory()
    {
        // 200 kB of nothing, deflated and labelled as 256 frames of a full mesh; and a block that claims four megabytes.
        var header = Made.Facerec(Made.Header(LandmarkScheme.MediaPipeRefined, [.. Enumerable.Range(0, 478)]), [])[..^(12 + 8 + 4)];
        byte[] claim = [.. header, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 64, 0, 1];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RecordingFormatException>(() => Made.ReadAll(new FacerecReader(new MemoryStream(claim))));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Reading_allocates_nothing_per_frame_and_little_per_block()
    {
        var header = Made.Header(LandmarkScheme.MediaPipeRefined, [.. Enumerable.Range(0, 478)]);
        var frames = Made.Frames(1200, 478).Where(f => f.Positions is not null);
        using var reader = new FacerecReader(new MemoryStream(Made.Facerec(header, frames)));
        var frame = new FaceFrame(478);
        for (var i = 0; i < 200; i++)
        {
            Assert.True(reader.TryRead(frame));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = 0;
        while (reader.TryRead(frame))
        {
            count++;
        }

        Assert.Equal(880, count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000); // some 16 blocks
    }

    private static List<(int Start, int End, int Type)> Blocks(byte[] file)
    {
        var blocks = new List<(int, int, int)>();
        for (var at = 12; at < file.Length;)
        {
            var end = at + 12 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8)) + 4;
            blocks.Add((at, end, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at))));
            at = end;
        }

        return blocks;
    }

    private static byte[] Rebuild(IEnumerable<(ushort Type, ushort Flags, byte[] Payload)> blocks)
    {
        var file = File[..12].ToList();
        var sequence = 0;
        foreach (var (type, flags, payload) in blocks)
        {
            var block = new byte[12 + payload.Length + 4];
            BinaryPrimitives.WriteUInt16LittleEndian(block, type);
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(2), flags);
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), sequence++);
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(8), payload.Length);
            payload.CopyTo(block, 12);
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(block.Length - 4), Crc32.HashToUInt32(block.AsSpan(0, block.Length - 4)));
            file.AddRange(block);
        }

        return [.. file];
    }
}
