using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Facialis.Platform.Clinics;

namespace Facialis.Platform.Secrets;

/// <summary>Turns words into keyed tokens, so that encrypted names can be found without being stored.</summary>
/// <remarks>
/// HMAC-SHA256 under a key derived (HKDF) for each clinic from a secret of its own, cut to 64 bits: two words may share a token, so
/// whoever searches compares the opened names as well. Whoever holds the database alone sees which patients share a token and how many
/// there are, and nothing of the words.
/// </remarks>
public sealed class SearchIndex(SearchIndexRoot root, CurrentClinic clinic)
{
    private byte[]? _key;

    /// <summary>The token of a word. <paramref name="kind"/> keeps tokens of different fields apart.</summary>
    public long Token(string kind, string word)
    {
        _key ??= root.KeyOf(clinic.Id);
        var text = Encoding.UTF8.GetBytes(word);
        var kindBytes = Encoding.UTF8.GetBytes(kind);
        var message = new byte[4 + kindBytes.Length + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, kindBytes.Length); // so that "ab"+"c" and "a"+"bc" differ
        kindBytes.CopyTo(message, 4);
        text.CopyTo(message, 4 + kindBytes.Length);
        return BinaryPrimitives.ReadInt64BigEndian(HMACSHA256.HashData(_key, message));
    }
}

/// <summary>The secret from which each clinic's index key is derived. Known once the start has checked the master key.</summary>
public sealed class SearchIndexRoot
{
    private byte[]? _secret;

    internal void Set(byte[] secret) => _secret = secret;

    internal byte[] KeyOf(Guid clinic) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        _secret ?? throw new InvalidOperationException("The master key was not checked yet, so there is no search index."),
        MasterKeys.KeyBytes,
        info: Encoding.UTF8.GetBytes($"facialis/search-index/1|{clinic:D}"));
}
