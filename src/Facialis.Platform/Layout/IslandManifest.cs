using System.Text.Json;
using Microsoft.AspNetCore.Hosting;

namespace Facialis.Platform.Layout;

/// <summary>Knows the hashed file names that the build of the islands gave to each custom element.</summary>
/// <remarks>Read once, at the first use: the files belong to the build, not to the running program.</remarks>
public sealed class IslandManifest(IWebHostEnvironment host)
{
    private readonly Lazy<IReadOnlyDictionary<string, IslandFiles>> _islands = new(() => Read(host.WebRootPath));

    /// <summary>The files of one custom element, for example "spasm-timeline".</summary>
    /// <exception cref="InvalidOperationException">No such island was built.</exception>
    public IslandFiles Find(string name) => _islands.Value.TryGetValue(name, out var files)
        ? files
        : throw new InvalidOperationException($"There is no island \"{name}\": web/{name}/index.ts was not built into wwwroot/islands.");

    private static Dictionary<string, IslandFiles> Read(string webRoot)
    {
        var path = Path.Combine(webRoot, "islands", "manifest.json");
        if (!File.Exists(path))
        {
            return [];
        }

        using var manifest = JsonDocument.Parse(File.ReadAllText(path));
        var islands = new Dictionary<string, IslandFiles>();
        foreach (var chunk in manifest.RootElement.EnumerateObject())
        {
            if (chunk.Value.TryGetProperty("isEntry", out var entry) && entry.GetBoolean())
            {
                islands[chunk.Value.GetProperty("name").GetString()!] = new IslandFiles( // an entry always has a name
                    "/islands/" + chunk.Value.GetProperty("file").GetString(), Styles(manifest.RootElement, chunk.Value, []));
            }
        }

        return islands;
    }

    /// <summary>Style sheets of a chunk and of everything it imports.</summary>
    private static List<string> Styles(JsonElement manifest, JsonElement chunk, HashSet<string> seen)
    {
        List<string> found = [];
        if (chunk.TryGetProperty("imports", out var imports))
        {
            foreach (var import in imports.EnumerateArray().Select(i => i.GetString()!).Where(seen.Add)) // names of chunks
            {
                found.AddRange(Styles(manifest, manifest.GetProperty(import), seen));
            }
        }

        if (chunk.TryGetProperty("css", out var styles))
        {
            found.AddRange(styles.EnumerateArray().Select(s => "/islands/" + s.GetString()));
        }

        return found;
    }
}

/// <param name="Script">Address of the module script.</param>
/// <param name="Styles">Addresses of its style sheets.</param>
public sealed record IslandFiles(string Script, IReadOnlyList<string> Styles);
