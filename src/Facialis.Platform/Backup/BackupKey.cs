using System.Security.Cryptography;
using System.Text;

namespace Facialis.Platform.Backup;

/// <summary>The key that backups are encrypted with: a file of one line, kept apart from the installation and from its backups.</summary>
public sealed class BackupKey
{
    private const int KeyBytes = 32;
    private const string FileHead = "# Key of Facialis backups. Without it no backup opens. Keep a copy apart from the backups and from the data folder.";

    private readonly byte[] _bytes;

    private BackupKey(byte[] bytes)
    {
        _bytes = bytes;
        Id = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 8, info: "facialis/backup-key-id/1"u8.ToArray()));
    }

    /// <summary>16 hexadecimal signs that tell keys apart and say nothing about them.</summary>
    public string Id { get; }

    /// <summary>Reads a key file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="BackupRefusedException">It holds something else.</exception>
    public static BackupKey Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no key file {path}. Make one with: facialis backup new-key {path}");
        }

        var lines = File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#')).Take(2).ToList();
        var bytes = new byte[KeyBytes];
        return lines is [var line] && Convert.TryFromBase64String(line, bytes, out var written) && written == KeyBytes
            ? new BackupKey(bytes)
            : throw new BackupRefusedException($"{path} is not a key file: it must hold one line with {KeyBytes} bytes in base64, as \"facialis backup new-key\" writes it.");
    }

    /// <summary>Makes a key file that only its owner can read. An existing file is never replaced.</summary>
    /// <exception cref="BackupRefusedException">There is a file already.</exception>
    public static BackupKey Make(string path)
    {
        if (File.Exists(path))
        {
            throw new BackupRefusedException($"{path} exists already. A key is never replaced, since backups made with it would not open any more.");
        }

        var key = new BackupKey(RandomNumberGenerator.GetBytes(KeyBytes));
        using var file = new FileStream(path, OwnerOnly(FileMode.CreateNew));
        file.Write(Encoding.ASCII.GetBytes($"{FileHead}\n{Convert.ToBase64String(key._bytes)}\n"));
        file.Flush(flushToDisk: true);
        return key;
    }

    /// <summary>The key of one file; a fresh salt for each, so that counted nonces never meet under one key.</summary>
    internal byte[] ForFile(byte[] salt) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, KeyBytes, salt, "facialis/backup/1"u8.ToArray());

    /// <summary>A file to write that only its owner may read.</summary>
    internal static FileStreamOptions OwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
