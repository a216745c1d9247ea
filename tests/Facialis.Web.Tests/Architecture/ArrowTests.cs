using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Facialis.Web.Tests.Architecture;

/// <summary>The drawing in docs/architecture.md and the project files say the same, in both directions.</summary>
public sealed partial class ArrowTests
{
    private static readonly string[] Folders = ["src", "tests", "bench"];

    [Fact]
    public void Every_arrow_of_the_project_files_is_drawn_and_every_drawn_arrow_exists()
    {
        var drawn = DrawnArrows();
        var real = Projects().SelectMany(Arrows).Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(real);
        Assert.Equal(drawn.Distinct(), drawn);
        Assert.Empty(real.Except(drawn).Select(arrow => $"not drawn: {arrow}"));
        Assert.Empty(drawn.Except(real).Select(arrow => $"drawn, but no project has it: {arrow}"));
    }

    [Fact]
    public void Engines_name_only_engines_and_modules_never_name_each_other()
    {
        var kinds = Projects().ToDictionary(
            file => Path.GetFileNameWithoutExtension(file), file => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file))));

        var forbidden = Projects().SelectMany(Arrows).Select(arrow => arrow.Split(" -> ")).Where(arrow =>
            (kinds[arrow[0]] == "engines" && kinds[arrow[1]] != "engines")
            || (kinds[arrow[0]] == "modules" && kinds[arrow[1]] == "modules")
            || (arrow[0] == "Facialis.Platform" && kinds[arrow[1]] is "engines" or "modules"));

        Assert.Empty(forbidden.Select(arrow => string.Join(" -> ", arrow)));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = XDocument.Load(Path.Combine(Clone.Folder, "Facialis.slnx")).Descendants("Project")
            .Select(p => p.Attribute("Path")?.Value).Order(StringComparer.Ordinal);

        Assert.Equal(
            Projects().Select(file => Path.GetRelativePath(Clone.Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal), solution);
    }

    private static IEnumerable<string> Projects() => Folders
        .Select(folder => Path.Combine(Clone.Folder, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Arrows(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => reference.Attribute("Include")?.Value.Replace('\\', '/') ?? "")
        .Select(target => $"{Path.GetFileNameWithoutExtension(project)} -> {Path.GetFileNameWithoutExtension(target)}");

    /// <summary>The block of the document that begins with ```arrows; one line per project: "Clinic -> Platform, Anatomy".</summary>
    private static List<string> DrawnArrows()
    {
        var document = File.ReadAllText(Path.Combine(Clone.Folder, "docs", "architecture.md"));
        var lines = Drawing().Match(document).Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => line.Split("->", StringSplitOptions.TrimEntries)).SelectMany(parts => parts[1]
            .Split(',', StringSplitOptions.TrimEntries).Select(target => $"Facialis.{parts[0]} -> Facialis.{target}"))];
    }

    [GeneratedRegex("```arrows\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Drawing();
}
