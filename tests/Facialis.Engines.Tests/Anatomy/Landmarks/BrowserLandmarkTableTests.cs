using System.Text.Json;
using Facialis.Anatomy;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Engines.Tests.Anatomy.Landmarks;

/// <summary>The browser finds landmarks by the same numbers by which the engines read them.</summary>
public sealed class BrowserLandmarkTableTests
{
    private static readonly JsonElement Table = Read();

    [Fact]
    public void The_scheme_is_the_same()
    {
        var scheme = LandmarkScheme.MediaPipeRefined;
        Assert.Equal(scheme.Id, Table.GetProperty("scheme").GetString());
        Assert.Equal(scheme.Count, Table.GetProperty("count").GetInt32());
        Assert.Equal(scheme.Origin, Table.GetProperty("origin").GetInt32());
        Assert.Equal(scheme.Rigid, Numbers(Table, "rigid"));
        Assert.Equal(scheme.Compact, Numbers(Table, "compact"));
        Assert.Equal(scheme.Rigid.Count, Table.GetProperty("rigidCentimetres").GetArrayLength());
    }

    [Theory]
    [InlineData(Side.PatientRight, "right")]
    [InlineData(Side.PatientLeft, "left")]
    public void The_points_of_each_side_are_the_same(Side side, string name)
    {
        var (points, table) = (LandmarkScheme.MediaPipeRefined.Of(side), Table.GetProperty(name));
        Assert.Equal(points.OuterCanthus, table.GetProperty("outerCanthus").GetInt32());
        Assert.Equal(points.InnerCanthus, table.GetProperty("innerCanthus").GetInt32());
        Assert.Equal(points.MouthCorner, table.GetProperty("mouthCorner").GetInt32());
        Assert.Equal(points.UpperLid, Numbers(table, "upperLid"));
        Assert.Equal(points.LowerLid, Numbers(table, "lowerLid"));
        Assert.Equal(points.LidOutline, Numbers(table, "lidOutline"));
        Assert.Equal(points.Brow, Numbers(table, "brow"));
        Assert.Equal(points.BrowOutline, Numbers(table, "browOutline"));
        Assert.Equal(points.Cheek, Numbers(table, "cheek"));
        Assert.Equal(points.Chin, Numbers(table, "chin"));
        Assert.Equal(points.Iris, Numbers(table, "iris"));
    }

    private static int[] Numbers(JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray().Select(n => n.GetInt32())];

    private static JsonElement Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Facialis.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository's root was not found above the tests.");
        }

        using var table = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "web/face-landmarker/mediapipe-refined.json")));
        return table.RootElement.Clone();
    }
}
