using System.Security.Cryptography;
using System.Text;

namespace Facialis.Platform.Secrets;

/// <summary>Seals and opens the texts of one subject with that subject's own key.</summary>
/// <remarks>
/// Every sealed text is bound to clinic, table, row and field: bytes that are moved to another row, table or clinic do not open.
/// </remarks>
public sealed class SubjectCipher
{
    private readonly Guid _clinic;
    private readonly byte[] _key;

    internal SubjectCipher(Guid clinic, byte[] key) => (_clinic, _key) = (clinic, key);

    internal Guid Clinic => _clinic;

    /// <summary>Seals a text for one field of one row.</summary>
    public byte[] Seal(string table, Guid row, string field, string text) => SealedBytes.Seal(_key, Encoding.UTF8.GetBytes(text), Bound(table, row, field));

    /// <summary>Opens what <see cref="Seal"/> made for the same field of the same row.</summary>
    /// <exception cref="CryptographicException">It was changed or belongs elsewhere.</exception>
    public string Open(string table, Guid row, string field, byte[] sealedText) => Encoding.UTF8.GetString(SealedBytes.Open(_key, sealedText, Bound(table, row, field)));

    private string Bound(string table, Guid row, string field) => $"facialis/1|{_clinic:D}|{table}|{row:D}|{field}";
}
