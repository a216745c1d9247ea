using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Facialis.Platform.Audit;

/// <summary>A signed statement of what a log was at a moment. Kept outside of the database, so that no rewriting of the log passes unseen.</summary>
/// <param name="Log">Whose log; the empty id for the installation's own.</param>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root of the tree over them, in hexadecimal.</param>
/// <param name="At">When it was signed, in UTC.</param>
/// <param name="Signature">ECDSA on P-256 over SHA-256 of <see cref="SignedText"/>: r and s, 64 bytes, base64.</param>
public sealed record Checkpoint(Guid Log, long Size, string Root, DateTimeOffset At, string Signature)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Checkpoint Sign(AuditKey key, Guid log, long size, ReadOnlySpan<byte> root, DateTimeOffset at)
    {
        var unsigned = new Checkpoint(log, size, Convert.ToHexStringLower(root), at.ToUniversalTime(), "");
        return unsigned with { Signature = Convert.ToBase64String(key.Sign(unsigned.SignedText())) };
    }

    /// <summary>The checkpoint of one line of the file.</summary>
    /// <exception cref="JsonException">The line is none.</exception>
    public static Checkpoint Read(string line) => JsonSerializer.Deserialize<Checkpoint>(line, Json) is { Root: not null, Signature: not null } read
        ? read
        : throw new JsonException("A line of the checkpoints lacks its root or its signature.");

    /// <summary>One line of JSON.</summary>
    public string Line() => JsonSerializer.Serialize(this, Json);

    /// <summary>True when the signature is the key's.</summary>
    public bool IsSignedBy(ECDsa publicKey)
    {
        Span<byte> signature = stackalloc byte[128];
        return Convert.TryFromBase64String(Signature, signature, out var length)
            && publicKey.VerifyData(SignedText(), signature[..length], HashAlgorithmName.SHA256);
    }

    /// <summary>The bytes that are signed: five lines of text.</summary>
    private byte[] SignedText() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"facialis audit checkpoint 1\n{Log:D}\n{Size}\n{Root}\n{At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\n"));
}
