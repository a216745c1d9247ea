using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace Facialis.Platform.Backup;

/// <summary>What a backup says of itself before it is opened. Not secret; every encrypted chunk is bound to it.</summary>
/// <param name="Program">Version of the program that made it.</param>
/// <param name="Database">Kind of database: <see cref="DatabaseKind.Sqlite"/> or <see cref="DatabaseKind.Postgres"/>.</param>
/// <param name="Schema">The last migration of its tables.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="Key">Id of the key.</param>
/// <param name="Salt">32 random bytes, from which and the key the key of this file comes.</param>
public sealed record BackupHeader(string Program, string Database, string Schema, DateTimeOffset MadeAt, string Key, byte[] Salt)
{
    private const byte Format = 1;
    private const int SaltBytes = 32;
    private const int LongestText = 4096;

    private static ReadOnlySpan<byte> Magic => "FACIALIS BACKUP\n"u8;

    /// <summary>Version of the running program.</summary>
    public static string ThisProgram { get; } =
        typeof(BackupHeader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    internal static BackupHeader Of(string database, string schema, BackupKey key, DateTimeOffset now) =>
        new(ThisProgram, database, schema, now.ToUniversalTime(), key.Id, RandomNumberGenerator.GetBytes(SaltBytes));

    /// <summary>Writes it: a name, a version, a length, JSON, and the SHA-256 of all that.</summary>
    /// <returns>That hash, to which the chunks are bound.</returns>
    internal byte[] Write(Stream target)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);
        var whole = new byte[Magic.Length + 1 + sizeof(int) + text.Length];
        Magic.CopyTo(whole);
        whole[Magic.Length] = Format;
        BinaryPrimitives.WriteInt32BigEndian(whole.AsSpan(Magic.Length + 1), text.Length);
        text.CopyTo(whole, Magic.Length + 1 + sizeof(int));
        var hash = SHA256.HashData(whole);
        target.Write(whole);
        target.Write(hash);
        return hash;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="BackupDamagedException">It is something else, was changed or is cut off.</exception>
    /// <exception cref="BackupRefusedException">It is of a later format than this program knows.</exception>
    internal static (BackupHeader Header, byte[] Hash) Read(Stream source)
    {
        var start = new byte[Magic.Length + 1 + sizeof(int)];
        if (source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan().StartsWith(Magic))
        {
            throw new BackupDamagedException("This is not a backup of Facialis, or its beginning was changed.");
        }

        if (start[Magic.Length] != Format)
        {
            throw new BackupRefusedException($"This backup has format {start[Magic.Length]}; this program ({ThisProgram}) knows format {Format}. Restore it with the version that made it, or a newer one.");
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(Magic.Length + 1));
        var rest = new byte[length is > 0 and <= LongestText ? length + SHA256.HashSizeInBytes : 0];
        var (read, hash) = (source.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false), Array.Empty<byte>());
        if (rest.Length > 0 && read == rest.Length)
        {
            hash = SHA256.HashData([.. start, .. rest.AsSpan(0, length)]);
        }

        if (hash.Length == 0 || !hash.AsSpan().SequenceEqual(rest.AsSpan(length)))
        {
            throw new BackupDamagedException("The beginning of this backup was changed or is cut off.");
        }

        return (JsonSerializer.Deserialize<BackupHeader>(rest.AsSpan(0, length), JsonSerializerOptions.Web)
            ?? throw new BackupDamagedException("The beginning of this backup is empty."), hash);
    }
}

/// <summary>The two kinds of database, as a backup names them.</summary>
public static class DatabaseKind
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";
}
