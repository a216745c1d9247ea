namespace Facialis.Web.Tests.Architecture;

/// <summary>A file of more than 500 lines holds more than one idea.</summary>
public sealed class SizeTests
{
    private const int MostLines = 500;
    private static readonly string[] Kinds = [".cs", ".razor", ".ts"];

    [Fact]
    public void No_source_file_is_longer_than_one_idea()
    {
        var files = Clone.Sources(Kinds).ToList();

        Assert.True(files.Count > 50, "The sources were not found.");
        var tooLong = files
            .Select(file => (Name: Path.GetRelativePath(Clone.Folder, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > MostLines).ToList();
        Assert.Empty(tooLong);
    }
}
