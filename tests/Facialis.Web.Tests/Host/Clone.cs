namespace Facialis.Web.Tests.Host;

/// <summary>The clone of the repository that these tests were built in.</summary>
public static class Clone
{
    public static string Folder { get; } = Find();

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
