using Facialis.Anatomy;
using Facialis.Anatomy.Sites;

namespace Facialis.Toxin;

/// <summary>An avoid zone in whole steps of 0.0001 IPD, so that asking twenty points costs next to nothing. Its edge belongs to it, as in the atlas.</summary>
internal sealed class PreparedZone
{
    private readonly Area[] _areas;

    public PreparedZone(AvoidZone zone, PreparedRule rule)
    {
        (Zone, Rule) = (zone, rule);
        _areas = [.. zone.Areas.Select(a => new Area([.. a.Corners.Select(GridPoint.Of)]))];
    }

    public AvoidZone Zone { get; }

    public PreparedRule Rule { get; }

    public bool Contains(GridPoint point)
    {
        foreach (var area in _areas)
        {
            if (area.Contains(point))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Area(GridPoint[] corners)
    {
        private readonly int _left = corners.Min(c => c.Lateral);
        private readonly int _right = corners.Max(c => c.Lateral);
        private readonly int _top = corners.Min(c => c.Down);
        private readonly int _bottom = corners.Max(c => c.Down);

        public bool Contains(GridPoint point)
        {
            if (point.Lateral < _left || point.Lateral > _right || point.Down < _top || point.Down > _bottom)
            {
                return false;
            }

            var inside = false;
            var from = corners[^1];
            foreach (var to in corners)
            {
                var turn = ((long)(to.Lateral - from.Lateral) * (point.Down - from.Down)) - ((long)(to.Down - from.Down) * (point.Lateral - from.Lateral));
                if (turn == 0 && Between(from.Lateral, to.Lateral, point.Lateral) && Between(from.Down, to.Down, point.Down))
                {
                    return true;
                }

                if (from.Down <= point.Down ? to.Down > point.Down && turn < 0 : to.Down <= point.Down && turn > 0)
                {
                    inside = !inside;
                }

                from = to;
            }

            return inside;
        }

        private static bool Between(int one, int other, int value) => Math.Min(one, other) <= value && value <= Math.Max(one, other);
    }
}

/// <summary>A place in whole steps of 0.0001 IPD: exact, for <see cref="FacePoint"/> keeps four decimals.</summary>
internal readonly record struct GridPoint(int Lateral, int Down)
{
    private const decimal Steps = 10_000m;

    public static GridPoint Of(FacePoint point) => new((int)(point.LateralIpd * Steps), (int)(point.DownIpd * Steps));

    /// <summary>Square of the distance in the picture plane, in squares of a step.</summary>
    public static long SquareDistance(GridPoint one, Side oneSide, GridPoint other, Side otherSide)
    {
        long across = oneSide == otherSide ? one.Lateral - other.Lateral : one.Lateral + other.Lateral;
        long down = one.Down - other.Down;
        return (across * across) + (down * down);
    }

    /// <summary>The largest square distance that is not farther than so many mm on a face of that size.</summary>
    public static long SquareOf(decimal mm, FacialFrame frame)
    {
        var steps = mm / frame.IpdMm * Steps;
        return (long)(steps * steps);
    }
}
