using Facialis.Anatomy.Synthesis;

namespace Facialis.Anatomy.Sites;

/// <summary>Where the landmarks of MediaPipe's mesh lie on the standard face.</summary>
internal static class StandardFace
{
    // The template's unit is the distance between the eyes' centres, which in it are the pupils, level and symmetric.
    private static readonly double DownOfPupils = FaceTemplate.Points[468].Y;

    /// <summary>x towards the patient's left, y down, IPD.</summary>
    public static (double X, double Y) At(int landmark)
    {
        var point = FaceTemplate.Points[landmark];
        return (point.X, point.Y - DownOfPupils);
    }
}
