using System.Globalization;
using System.Numerics;

namespace Facialis.Anatomy.Synthesis;

/// <summary>The resting face from which generated recordings are made: 478 landmarks.</summary>
/// <remarks>
/// Unit: interocular distance; origin midway between the eyes' centres; x to the patient's left, y down, z smaller nearer
/// to the camera. The data are the canonical face model of the face_mesh package 0.4.1633559619 (Apache-2.0), scaled, with
/// irises of 11.77 mm at an interocular distance of 63 mm set into the lid openings. Right and left mirror exactly.
/// </remarks>
internal static class FaceTemplate
{
    private static readonly Lazy<Vector3[]> Loaded = new(Load);

    /// <summary>Position of each landmark.</summary>
    public static ReadOnlySpan<Vector3> Points => Loaded.Value;

    private static Vector3[] Load()
    {
        using var stream = typeof(FaceTemplate).Assembly.GetManifestResourceStream("Facialis.Anatomy.Synthesis.FaceTemplate.csv")
            ?? throw new InvalidOperationException("The face template is missing from the assembly.");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var points = new List<Vector3>(478);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            float Cell(int i) => int.Parse(cells[i], CultureInfo.InvariantCulture) / 10_000f;
            points.Add(new Vector3(Cell(0), Cell(1), Cell(2)));
        }

        return [.. points];
    }
}
