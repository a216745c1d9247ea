using System.Text.Json;
using System.Text.Json.Serialization;

namespace Facialis.Anatomy.Sites;

/// <summary>The line drawing of the standard face, one half of it, from back to front; drawn by the authors over the canonical face model.</summary>
/// <remarks>It is scenery: nothing is measured from it. The other half is its mirror image.</remarks>
public static partial class FaceDrawing
{
    private static readonly Lazy<IReadOnlyList<FaceStroke>> Loaded = new(Load);

    /// <summary>The strokes, from back to front.</summary>
    public static IReadOnlyList<FaceStroke> Strokes => Loaded.Value;

    private static FaceStroke[] Load()
    {
        using var stream = typeof(FaceDrawing).Assembly.GetManifestResourceStream("Facialis.Anatomy.Sites.face-drawing.json")
            ?? throw new InvalidOperationException("The face drawing is missing from the assembly.");
        var file = JsonSerializer.Deserialize(stream, DrawingJson.Default.DrawingEntry) ?? throw new InvalidDataException("The face drawing is empty.");
        return
        [
            .. file.Strokes.Select(stroke => new FaceStroke(
                stroke.Id, stroke.Role, FaceCurve.Through([.. stroke.Points.Select(p => (p[0], p[1], p.Length > 2))], stroke.Closed))),
        ];
    }

    internal sealed record DrawingEntry(List<StrokeEntry> Strokes);

    /// <param name="Id">Name of the stroke.</param>
    /// <param name="Role">What the stroke is painted as.</param>
    /// <param name="Closed">Whether it returns.</param>
    /// <param name="Points">Lateral and down, IPD; a third number marks a corner.</param>
    internal sealed record StrokeEntry(string Id, string Role, bool Closed, double[][] Points);

    [JsonSerializable(typeof(DrawingEntry))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    private sealed partial class DrawingJson : JsonSerializerContext;
}

/// <summary>One stroke of the face.</summary>
/// <param name="Id">Its name, for example <c>brow</c>.</param>
/// <param name="Role">What it is painted as: <c>skin</c>, <c>contour</c>, <c>line</c>, <c>fold</c>, <c>lip</c> and so on.</param>
/// <param name="Curve">Where it runs.</param>
public sealed record FaceStroke(string Id, string Role, FaceCurve Curve);
