namespace Facialis.Claims;

/// <summary>Where the checkout is.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution, above the built program.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Facialis.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Run the claims from a checkout of the project.");
    }
}
