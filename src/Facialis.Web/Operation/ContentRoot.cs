namespace Facialis.Web.Operation;

/// <summary>Finds the folder that holds wwwroot, from wherever the program is started.</summary>
internal static class ContentRoot
{
    public static string Find()
    {
        if (Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")))
        {
            return AppContext.BaseDirectory; // published
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var sources = Path.Combine(folder.FullName, "src", "Facialis.Web");
            if (Directory.Exists(Path.Combine(sources, "wwwroot")))
            {
                return sources; // run from a clone
            }
        }

        throw new DirectoryNotFoundException("The folder wwwroot is missing beside the program: it was not published whole.");
    }
}
