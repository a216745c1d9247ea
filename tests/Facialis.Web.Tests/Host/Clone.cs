namespace Facialis.Web.Tests.Host;

/// <summary>The clone of the repository that these tests were built in.</summary>
public static class Clone
{
    private static readonly string[] SourceFolders = ["src", "tests", "bench", "web"];

    public static string Folder { get; } = Find();

    /// <summary>Every source file that people wrote, by how its name ends (".cs").</summary>
    public static IEnumerable<string> Sources(params string[] kinds) => SourceFolders
        .Select(folder => Path.Combine(Folder, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Where(file => kinds.Contains(Path.GetExtension(file)))
        .Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal)
            && !file.Contains("/Migrations/", StringComparison.Ordinal)); // written by tools

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Facialis.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests do not run inside a clone of the repository.");
    }
}
