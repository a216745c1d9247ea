namespace Facialis.Anatomy.Sites;

/// <summary>A closed area on one half of the standard face.</summary>
/// <remarks>Its edge belongs to it: a point exactly on the edge is inside, for the areas are ones to keep away from. Exact, since decimal.</remarks>
public sealed class FacePolygon
{
    /// <summary>Makes an area.</summary>
    /// <param name="corners">Three or more corners in order, either way around; the last joins the first.</param>
    /// <exception cref="ArgumentException">There are fewer than three corners.</exception>
    public FacePolygon(IReadOnlyList<FacePoint> corners)
    {
        if (corners.Count < 3)
        {
            throw new ArgumentException($"An area needs three corners or more, not {corners.Count}.", nameof(corners));
        }

        Corners = [.. corners];
    }

    /// <summary>The corners in order.</summary>
    public IReadOnlyList<FacePoint> Corners { get; }

    /// <summary>Whether a point is in the area or on its edge.</summary>
    public bool Contains(FacePoint point)
    {
        var inside = false;
        var from = Corners[^1];
        foreach (var to in Corners)
        {
            // Twice the area of the triangle (from, to, point); 0 when the three are on one line.
            var turn = ((to.LateralIpd - from.LateralIpd) * (point.DownIpd - from.DownIpd))
                - ((to.DownIpd - from.DownIpd) * (point.LateralIpd - from.LateralIpd));
            if (turn == 0 && IsBetween(from, to, point))
            {
                return true;
            }

            var rises = from.DownIpd <= point.DownIpd && point.DownIpd < to.DownIpd;
            var falls = to.DownIpd <= point.DownIpd && point.DownIpd < from.DownIpd;
            if ((rises && turn < 0) || (falls && turn > 0))
            {
                inside = !inside;
            }

            from = to;
        }

        return inside;
    }

    /// <summary>Distance from a point to the area, IPD; 0 inside.</summary>
    public double DistanceIpd(FacePoint point)
    {
        if (Contains(point))
        {
            return 0;
        }

        var nearest = double.PositiveInfinity;
        var from = Corners[^1];
        foreach (var to in Corners)
        {
            nearest = Math.Min(nearest, DistanceToEdge(from, to, point));
            from = to;
        }

        return nearest;
    }

    private static bool IsBetween(FacePoint from, FacePoint to, FacePoint point) =>
        Math.Min(from.LateralIpd, to.LateralIpd) <= point.LateralIpd && point.LateralIpd <= Math.Max(from.LateralIpd, to.LateralIpd)
        && Math.Min(from.DownIpd, to.DownIpd) <= point.DownIpd && point.DownIpd <= Math.Max(from.DownIpd, to.DownIpd);

    private static double DistanceToEdge(FacePoint from, FacePoint to, FacePoint point)
    {
        var (edgeX, edgeY) = ((double)(to.LateralIpd - from.LateralIpd), (double)(to.DownIpd - from.DownIpd));
        var (x, y) = ((double)(point.LateralIpd - from.LateralIpd), (double)(point.DownIpd - from.DownIpd));
        var length = (edgeX * edgeX) + (edgeY * edgeY);
        var along = length == 0 ? 0 : Math.Clamp(((x * edgeX) + (y * edgeY)) / length, 0, 1);
        return double.Hypot(x - (along * edgeX), y - (along * edgeY));
    }
}
