namespace Facialis.Anatomy.Landmarks;

/// <summary>A line that draws a part of a face.</summary>
/// <param name="Name">What it draws; names that begin with "right" or "left" are of that side of the patient.</param>
/// <param name="Closed">True where it returns to its beginning.</param>
/// <param name="Landmarks">Landmark indices along the line.</param>
public sealed record FaceOutline(string Name, bool Closed, IReadOnlyList<int> Landmarks);
