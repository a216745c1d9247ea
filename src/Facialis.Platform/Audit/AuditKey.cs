using System.Buffers.Binary;
using System.Security.Cryptography;
using Facialis.Platform.Hosting;

namespace Facialis.Platform.Audit;

/// <summary>The installation's audit key: signs checkpoints, and seals every entry. Kept in a file, never in the database.</summary>
/// <remarks>ECDSA on P-256. Whoever can write the database but not read this file can forge no entry.</remarks>
public sealed class AuditKey : IDisposable
{
    private readonly Lazy<(ECDsa Signing, byte[] Sealing)> _keys;

    public AuditKey(FacialisSettings settings)
        : this(Path.Combine(settings.DataFolderPath, "keys", FileName))
    {
    }

    /// <param name="path">The key's file; made, readable by its owner only, when it is first needed and not there.</param>
    public AuditKey(string path) => _keys = new(() => Load(path));

    /// <summary>Name of the file in the folder of keys.</summary>
    public const string FileName = "audit.pem";

    /// <summary>The half that others check signatures with, as PEM text (SubjectPublicKeyInfo).</summary>
    public string PublicKey => _keys.Value.Signing.ExportSubjectPublicKeyInfoPem();

    /// <summary>HMAC-SHA256 that ties a root to its log and place; only who holds the key can make it.</summary>
    public byte[] Seal(Guid clinicId, long size, ReadOnlySpan<byte> root)
    {
        Span<byte> sealedBytes = stackalloc byte[16 + sizeof(long) + MerkleTree.HashLength];
        clinicId.TryWriteBytes(sealedBytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(sealedBytes[16..], size);
        root.CopyTo(sealedBytes[24..]);
        return HMACSHA256.HashData(_keys.Value.Sealing, sealedBytes);
    }

    /// <summary>Signs with ECDSA over SHA-256; 64 bytes, r and s.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => _keys.Value.Signing.SignData(data, HashAlgorithmName.SHA256);

    public void Dispose()
    {
        if (_keys.IsValueCreated)
        {
            _keys.Value.Signing.Dispose();
        }
    }

    private static (ECDsa Signing, byte[] Sealing) Load(string path)
    {
        if (!File.Exists(path))
        {
            Make(path);
        }

        var signing = ECDsa.Create();
        signing.ImportFromPem(File.ReadAllText(path));
        var secret = signing.ExportParameters(includePrivateParameters: true).D
            ?? throw new InvalidDataException("The audit key's file holds a public key only.");
        return (signing, HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "facialis audit seal 1"u8.ToArray()));
    }

    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // it was combined from a folder and a name
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var own = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(own, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(own, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(own); // another process was quicker, and its key holds
        }
    }
}
