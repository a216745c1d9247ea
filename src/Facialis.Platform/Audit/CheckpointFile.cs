using System.Text;

namespace Facialis.Platform.Audit;

/// <summary>The folder of checkpoints: a file that is only added to, one signed line for each, and the public key to check them with.</summary>
public sealed class CheckpointFile(string folder)
{
    public const string Name = "audit-checkpoints.jsonl";
    public const string PublicKeyName = "audit-public-key.pem";

    public string Path { get; } = System.IO.Path.Combine(folder, Name);

    public string PublicKeyPath { get; } = System.IO.Path.Combine(folder, PublicKeyName);

    /// <summary>All checkpoints in the order they were written; none when there is no file.</summary>
    /// <exception cref="System.Text.Json.JsonException">A line is no checkpoint.</exception>
    public List<Checkpoint> Read() =>
        File.Exists(Path) ? [.. File.ReadLines(Path).Where(line => line.Length > 0).Select(Checkpoint.Read)] : [];

    /// <summary>Adds them at the end; they are on the disk when it returns.</summary>
    public void Add(IEnumerable<Checkpoint> checkpoints, string publicKey)
    {
        Directory.CreateDirectory(folder);
        if (!File.Exists(PublicKeyPath))
        {
            File.WriteAllText(PublicKeyPath, publicKey + "\n");
        }

        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(Path, options);
        file.Write(Encoding.UTF8.GetBytes(string.Concat(checkpoints.Select(c => c.Line() + "\n"))));
        file.Flush(flushToDisk: true);
    }
}
