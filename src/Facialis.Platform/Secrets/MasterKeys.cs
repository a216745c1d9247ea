using System.Security.Cryptography;
using System.Text;
using Facialis.Platform.Hosting;

namespace Facialis.Platform.Secrets;

/// <summary>The installation's master keys: they wrap data keys and nothing else, and are never in the database.</summary>
/// <remarks>
/// The first key wraps; older ones behind it only unwrap, until every data key has been wrapped anew. They come from the setting
/// Facialis:MasterKey (base64, several separated by commas) or else from a file with one base64 key per line.
/// </remarks>
public sealed class MasterKeys
{
    public const int KeyBytes = 32;
    private const string FileHead = "# Master keys of Facialis, newest first. Without them no name in the database can be read. Keep a copy apart from backups.";

    private readonly FacialisSettings _settings;
    private MasterKey[] _keys;

    public MasterKeys(FacialisSettings settings)
    {
        _settings = settings;
        _keys = Read();
    }

    /// <summary>True where a key is there.</summary>
    public bool Any => _keys.Length > 0;

    /// <summary>The key that wraps.</summary>
    /// <exception cref="WrongMasterKeyException">There is none.</exception>
    public MasterKey Current => Any ? _keys[0] : throw new WrongMasterKeyException($"There is no master key: neither the setting Facialis:MasterKey nor the file {Path}.");

    /// <summary>Where the file is, also when the setting makes it unneeded.</summary>
    public string Path => string.IsNullOrWhiteSpace(_settings.MasterKeyFile)
        ? System.IO.Path.Combine(_settings.DataFolderPath, "master.key")
        : System.IO.Path.GetFullPath(_settings.MasterKeyFile);

    private bool FromSetting => !string.IsNullOrWhiteSpace(_settings.MasterKey);

    /// <summary>Wraps a data key. <paramref name="purpose"/> is bound to it: the same bytes do not open for another.</summary>
    internal WrappedKey Wrap(ReadOnlySpan<byte> dataKey, string purpose) => Current.Wrap(dataKey, purpose);

    /// <summary>Unwraps a data key.</summary>
    /// <exception cref="WrongMasterKeyException">None of the keys here wrapped it.</exception>
    internal byte[] Unwrap(WrappedKey wrapped, string purpose) =>
        (_keys.FirstOrDefault(k => k.Id == wrapped.WrappedBy) ?? throw new WrongMasterKeyException(
            $"Data was encrypted with the master key {wrapped.WrappedBy}, which is not here. The keys here: {Ids}."))
        .Unwrap(wrapped.Bytes, purpose);

    internal bool Knows(string keyId) => _keys.Any(k => k.Id == keyId);

    /// <summary>Makes the first key in the file. Only for an installation that has encrypted nothing yet.</summary>
    internal void CreateFirst()
    {
        if (!Any)
        {
            Write([RandomNumberGenerator.GetBytes(KeyBytes)]);
            _keys = Read();
        }
    }

    /// <summary>Puts a new key before the others in the file, which then wraps.</summary>
    /// <exception cref="InvalidOperationException">The keys come from the setting, which only a person can change.</exception>
    public void AddNewest()
    {
        if (FromSetting)
        {
            throw new InvalidOperationException("The master key comes from the setting Facialis:MasterKey. Put the new key before the old one there, separated by a comma, and start again.");
        }

        Write([RandomNumberGenerator.GetBytes(KeyBytes), .. _keys.Select(k => k.Bytes)]);
        _keys = Read();
    }

    private string Ids => Any ? string.Join(", ", _keys.Select(k => k.Id)) : "none";

    private MasterKey[] Read()
    {
        var text = FromSetting ? _settings.MasterKey.Split(',')
            : File.Exists(Path) ? File.ReadAllLines(Path).Where(l => !l.StartsWith('#')) : [];
        return [.. text.Select(t => t.Trim()).Where(t => t.Length > 0).Select(Parse)];
    }

    private static MasterKey Parse(string text)
    {
        var bytes = new byte[KeyBytes];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == KeyBytes
            ? new MasterKey(bytes)
            : throw new WrongMasterKeyException($"A master key must be {KeyBytes} bytes in base64. What is configured is not.");
    }

    /// <summary>Written whole beside the file and then put in its place, so that a crash leaves the old file or the new one.</summary>
    private void Write(IEnumerable<byte[]> keys)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var fresh = Path + ".new";
        File.Delete(fresh); // one left by a crash would keep its mode
        using (var file = new FileStream(fresh, options))
        {
            file.Write(Encoding.ASCII.GetBytes(string.Join('\n', keys.Select(Convert.ToBase64String).Prepend(FileHead)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, Path, overwrite: true);
    }
}

/// <summary>One master key.</summary>
public sealed class MasterKey
{
    private readonly byte[] _wrapping;

    internal MasterKey(byte[] bytes)
    {
        Bytes = bytes;
        // The id tells keys apart and says nothing about the key; wrapping uses a key derived apart from it.
        Id = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 8, info: "facialis/master-key-id/1"u8.ToArray()));
        _wrapping = HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, MasterKeys.KeyBytes, info: "facialis/wrap/1"u8.ToArray());
    }

    /// <summary>16 hexadecimal signs, safe to show.</summary>
    public string Id { get; }

    internal byte[] Bytes { get; }

    internal WrappedKey Wrap(ReadOnlySpan<byte> dataKey, string purpose) => new(Id, SealedBytes.Seal(_wrapping, dataKey, purpose));

    internal byte[] Unwrap(byte[] wrapped, string purpose)
    {
        try
        {
            return SealedBytes.Open(_wrapping, wrapped, purpose);
        }
        catch (CryptographicException damage)
        {
            throw new WrongMasterKeyException($"A data key does not open with the master key {Id}: it was changed, or belongs to another row.", damage);
        }
    }
}

/// <param name="WrappedBy">Id of the master key.</param>
/// <param name="Bytes">The data key, encrypted.</param>
internal readonly record struct WrappedKey(string WrappedBy, byte[] Bytes);

/// <summary>The master key is missing or is not the one that the data was encrypted with.</summary>
public sealed class WrongMasterKeyException(string message, Exception? inner = null) : Exception(message, inner);
