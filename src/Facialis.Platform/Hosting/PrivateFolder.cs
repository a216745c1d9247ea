namespace Facialis.Platform.Hosting;

/// <summary>Makes folders that hold patients' measurements and keys: nobody else on the machine may read them.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes it with all that is above it. One that is there already stays as it is.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
