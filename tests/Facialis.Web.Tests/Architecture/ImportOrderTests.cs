using System.Text.RegularExpressions;

namespace Facialis.Web.Tests.Architecture;

/// <summary>Imports stand in the order that <c>dotnet format</c> puts them in: System first, then by name.</summary>
/// <remarks>The formatter needs a minute and a half to see this; the build, which sees every other rule of style, does not.</remarks>
public sealed partial class ImportOrderTests
{
    [Fact]
    public void Imports_are_in_order()
    {
        var files = Clone.Sources(".cs").ToList();

        Assert.True(files.Count > 50, "The sources were not found.");
        Assert.Empty(files.Where(file => !IsInOrder(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Clone.Folder, file)));
    }

    [Theory]
    [InlineData("using System.Text;\nusing Facialis.Anatomy;\nusing Facialis.Toxin;\n", true)]
    [InlineData("using Facialis.Anatomy;\nusing System.Text;\n", false)]
    [InlineData("using Facialis.Toxin;\nusing Facialis.Anatomy;\n", false)]
    [InlineData("using Facialis.Toxin.Plans;\nusing Facialis.Toxin;\n", false)]
    [InlineData("using Facialis.Anatomy;\nusing static Facialis.Anatomy.Sides;\nusing Face = Facialis.Anatomy.FacePoint;\n", true)]
    public void What_is_out_of_order_is_seen(string source, bool isInOrder) => Assert.Equal(isInOrder, IsInOrder(source));

    private static bool IsInOrder(string source)
    {
        var names = Plain().Matches(source).Select(m => m.Groups["name"].Value).ToList();
        return names.SequenceEqual(names
            .OrderBy(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal))
            .ThenBy(name => name.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase)); // a name stands before what is longer
    }

    /// <summary>An import of a namespace; neither static nor under another name.</summary>
    [GeneratedRegex(@"^using (?<name>[A-Za-z0-9_.]+);", RegexOptions.Multiline)]
    private static partial Regex Plain();
}
