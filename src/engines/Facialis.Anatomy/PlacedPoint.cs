namespace Facialis.Anatomy;

/// <summary>A point that was put on the face map, before any dose is spoken of.</summary>
/// <param name="Id">Identity of the point, a UUIDv7 made where it was placed, so that the same point sent twice is one point.</param>
/// <param name="SiteId">The injection site it belongs to, an id of <see cref="Sites.FaceAtlas"/>.</param>
/// <param name="Side">The patient's own side.</param>
/// <param name="Point">Where on that half of the standard face.</param>
public sealed record PlacedPoint(Guid Id, string SiteId, Side Side, FacePoint Point)
{
    /// <summary>Side and point together.</summary>
    public FacePlace Place => new(Side, Point);

    /// <summary>The same point on the other side of the face.</summary>
    public PlacedPoint Mirrored() => this with { Side = Side.Opposite() };
}
