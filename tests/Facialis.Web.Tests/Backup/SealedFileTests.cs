using Facialis.Platform.Backup;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Web.Tests.Backup;

/// <summary>The encrypted file alone: what was written comes out, and nothing that was touched does.</summary>
public sealed class SealedFileTests
{
    [Fact]
    public void Any_bytes_come_out_as_they_were_and_no_changed_cut_or_longer_file_opens()
    {
        using var house = new BackupHouse();
        Prop.ForAll(
            Gen.Choose(0, 1_000_000_000).Select(seed => new Random(seed)).ToArbitrary(),
            chance =>
            {
                // Lengths about the borders of blocks and chunks, and in between.
                var border = new[] { 0, 1, 1 << 15, SealedChunks.ChunkBytes, 2 * SealedChunks.ChunkBytes }[chance.Next(5)];
                var bytes = new byte[Math.Max(0, border + chance.Next(-2, 3))];
                chance.NextBytes(bytes);
                var file = Written(house, bytes);
                var whole = File.ReadAllBytes(file);
                var same = Read(house, file).AsSpan().SequenceEqual(bytes);

                var changed = (byte[])whole.Clone();
                changed[chance.Next(changed.Length)] ^= (byte)(1 << chance.Next(8));
                return same
                    && Refuses(house, changed)
                    && Refuses(house, whole[..chance.Next(whole.Length)])
                    && Refuses(house, [.. whole, 0]);
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Chunks_do_not_open_in_another_place_or_another_file()
    {
        using var house = new BackupHouse();
        var bytes = new byte[3 * SealedChunks.ChunkBytes];
        new Random(7).NextBytes(bytes);
        var (one, other) = (File.ReadAllBytes(Written(house, bytes)), File.ReadAllBytes(Written(house, bytes)));
        var chunk = SealedChunks.HeadBytes + SealedChunks.ChunkBytes + SealedChunks.TagBytes;
        var head = Head(one);

        Assert.Equal(one.Length, other.Length);
        Assert.NotEqual(one[head..], other[head..]); // a fresh key for each file
        Assert.True(Refuses(house, [.. one[..head], .. one[(head + chunk)..(head + (2 * chunk))], .. one[head..(head + chunk)], .. one[(head + (2 * chunk))..]]), "two chunks swapped");
        Assert.True(Refuses(house, [.. one[..head], .. one[(head + chunk)..]]), "one chunk left out");
        Assert.True(Refuses(house, [.. one[..(head + chunk)], .. one[head..]]), "one chunk doubled");
        Assert.True(Refuses(house, [.. one[..head], .. other[head..(head + chunk)], .. one[(head + chunk)..]]), "one chunk of another file");
        Assert.True(Refuses(house, [.. other[..head], .. one[head..]]), "another file's beginning");
    }

    [Fact]
    public void A_key_file_is_its_owners_alone_is_never_replaced_and_must_hold_a_key()
    {
        using var house = new BackupHouse();
        var path = house.Fresh(".key");
        var made = BackupKey.Make(path);

        Assert.Equal(made.Id, BackupKey.Read(path).Id);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Contains("never replaced", Assert.Throws<BackupRefusedException>(() => BackupKey.Make(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "c2hvcnQ=");
        Assert.Contains("not a key file", Assert.Throws<BackupRefusedException>(() => BackupKey.Read(path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => BackupKey.Read(house.Fresh()));
    }

    /// <summary>Where the header ends: a name of 16, a version, a length, the text, and its hash.</summary>
    private static int Head(byte[] file) => 16 + 1 + 4 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(17)) + 32;

    private static string Written(BackupHouse house, byte[] bytes)
    {
        var file = house.Fresh(".backup");
        using var target = File.Create(file);
        using var writer = new BackupWriter(target, BackupHeader.Of(DatabaseKind.Sqlite, "1_First", house.Key, DateTimeOffset.UnixEpoch), house.Key);
        using (var body = writer.Begin(new PartHead(PartHead.File, "some")))
        {
            body.Write(bytes);
        }

        writer.Finish(new BackupManifest([], []));
        return file;
    }

    private static byte[] Read(BackupHouse house, string file)
    {
        using var reader = BackupReader.Open(file, house.Key);
        Assert.Equal("some", reader.Next().Name);
        using var read = new MemoryStream();
        reader.Body.CopyTo(read);
        Assert.Equal(PartHead.End, reader.Next().Kind);
        reader.Manifest();
        return read.ToArray();
    }

    private static bool Refuses(BackupHouse house, byte[] bytes)
    {
        var file = house.Fresh(".backup");
        File.WriteAllBytes(file, bytes);
        try
        {
            Read(house, file);
            return false;
        }
        catch (Exception refusal) when (refusal is BackupDamagedException or BackupRefusedException)
        {
            return refusal.Message.EndsWith('.');
        }
        finally
        {
            File.Delete(file);
        }
    }
}
