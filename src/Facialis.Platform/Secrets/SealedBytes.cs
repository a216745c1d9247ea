using System.Security.Cryptography;
using System.Text;

namespace Facialis.Platform.Secrets;

/// <summary>AES-256-GCM: one version byte, 12 bytes of nonce, the text, 16 bytes of tag.</summary>
/// <remarks>Nonces are random; a key would have to seal some 2^32 texts before two might meet (NIST SP 800-38D, 8.3), and a key belongs to one patient.</remarks>
internal static class SealedBytes
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, string bound)
    {
        var whole = new byte[1 + NonceBytes + plain.Length + TagBytes];
        whole[0] = Version;
        var nonce = whole.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, whole.AsSpan(1 + NonceBytes, plain.Length), whole.AsSpan(whole.Length - TagBytes), Encoding.UTF8.GetBytes(bound));
        return whole;
    }

    /// <exception cref="CryptographicException">Another key sealed it, it was changed, or it was bound to something else.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> whole, string bound)
    {
        if (whole.Length < 1 + NonceBytes + TagBytes || whole[0] != Version)
        {
            throw new CryptographicException("This is not a sealed text of a known version.");
        }

        var plain = new byte[whole.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(whole.Slice(1, NonceBytes), whole[(1 + NonceBytes)..^TagBytes], whole[^TagBytes..], plain, Encoding.UTF8.GetBytes(bound));
        return plain;
    }
}
