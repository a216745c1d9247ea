using System.Globalization;
using System.Text;

namespace Facialis.Anatomy.Sites;

/// <summary>A smooth line on one half of the standard face, as cubic Bézier curves: the form that every drawing surface knows.</summary>
public sealed class FaceCurve
{
    private FaceCurve(bool closed, double[] coordinates) => (Closed, Coordinates) = (closed, coordinates);

    /// <summary>True where the line returns to its beginning and can be filled.</summary>
    public bool Closed { get; }

    /// <summary>
    /// IPD, lateral and down in turn: the first point, then for each curve two control points and its end. So 2 + 6 n numbers for n curves.
    /// </summary>
    public IReadOnlyList<double> Coordinates { get; }

    /// <summary>Draws a smooth line through points, sharp where a point is a corner.</summary>
    /// <param name="points">Lateral and down, IPD, and whether the line has a corner there.</param>
    /// <param name="closed">Whether the last point joins the first.</param>
    /// <exception cref="ArgumentException">There are fewer than two points.</exception>
    /// <remarks>
    /// At a smooth point the line runs parallel to its two neighbours, a third of each side long. An open line that ends on the midline is
    /// smooth across it, for its mirror image goes on there.
    /// </remarks>
    public static FaceCurve Through(IReadOnlyList<(double Lateral, double Down, bool Corner)> points, bool closed)
    {
        if (points.Count < 2)
        {
            throw new ArgumentException($"A line needs two points or more, not {points.Count}.", nameof(points));
        }

        List<double> coordinates = [points[0].Lateral, points[0].Down];
        for (var i = 0; i < (closed ? points.Count : points.Count - 1); i++)
        {
            var (from, to) = (points[i], points[(i + 1) % points.Count]);
            var third = double.Hypot(to.Lateral - from.Lateral, to.Down - from.Down) / 3;
            var straight = ((to.Lateral - from.Lateral) / 3, (to.Down - from.Down) / 3);
            var leave = Direction(points, i, closed) is { } out1 ? (out1.X * third, out1.Y * third) : straight;
            var arrive = Direction(points, (i + 1) % points.Count, closed) is { } in1 ? (in1.X * third, in1.Y * third) : straight;
            coordinates.AddRange(
                from.Lateral + leave.Item1, from.Down + leave.Item2, to.Lateral - arrive.Item1, to.Down - arrive.Item2, to.Lateral, to.Down);
        }

        return new FaceCurve(closed, [.. coordinates.Select(value => Math.Round(value, 4))]);
    }

    /// <summary>The line as data of an SVG path, IPD.</summary>
    public string ToSvgPath()
    {
        var path = new StringBuilder().Append(CultureInfo.InvariantCulture, $"M{Coordinates[0]} {Coordinates[1]}");
        for (var i = 2; i < Coordinates.Count; i += 2)
        {
            path.Append((i - 2) % 6 == 0 ? 'C' : ' ').Append(CultureInfo.InvariantCulture, $"{Coordinates[i]} {Coordinates[i + 1]}");
        }

        return path.Append(Closed ? "Z" : "").ToString();
    }

    /// <summary>A smooth closed line through the corners of an area.</summary>
    public static FaceCurve Around(FacePolygon area) =>
        Through([.. area.Corners.Select(corner => ((double)corner.LateralIpd, (double)corner.DownIpd, corner.LateralIpd == 0))], closed: true);

    private static (double X, double Y)? Direction(IReadOnlyList<(double Lateral, double Down, bool Corner)> points, int at, bool closed)
    {
        if (points[at].Corner)
        {
            return null;
        }

        var (before, after) = (Neighbour(points, at, -1, closed), Neighbour(points, at, 1, closed));
        var (x, y) = (after.X - before.X, after.Y - before.Y);
        var length = double.Hypot(x, y);
        return length == 0 ? null : (x / length, y / length);
    }

    private static (double X, double Y) Neighbour(
        IReadOnlyList<(double Lateral, double Down, bool Corner)> points, int at, int step, bool closed)
    {
        var next = at + step;
        if (closed || (next >= 0 && next < points.Count))
        {
            var point = points[(next + points.Count) % points.Count];
            return (point.Lateral, point.Down);
        }

        var end = points[at];
        var inner = points[at - step];
        return end.Lateral == 0 ? (-inner.Lateral, inner.Down) : (end.Lateral, end.Down);
    }
}
