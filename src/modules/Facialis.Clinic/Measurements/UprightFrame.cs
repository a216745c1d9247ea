using System.Numerics;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Clinic.Measurements;

/// <summary>
/// Puts the faces of one clip on top of each other: the first one turned upright with the eyes' middle at the origin and the
/// interocular distance as unit, each later one moved, turned and scaled so that the points of the skull fall together.
/// </summary>
/// <remarks>In the plane of the picture only: within a clip of seconds a head that turns shows as turning.</remarks>
internal sealed class UprightFrame(LandmarkScheme scheme, IReadOnlyDictionary<int, int> places)
{
    private readonly int[] _rigid = [.. scheme.Rigid.Where(places.ContainsKey)];
    private Vector2[]? _reference;

    /// <summary>Gives, for a frame's coordinates, each landmark's place in the upright frame.</summary>
    public Func<int, Vector2> Of(ReadOnlySpan<float> coordinates)
    {
        var points = coordinates.ToArray();
        Vector2 Raw(int landmark) => new(points[3 * places[landmark]], points[(3 * places[landmark]) + 1]);
        var upright = _reference is null || _rigid.Length < 3 ? ByEyes(Raw) : ByReference(Raw, _reference);
        _reference ??= [.. _rigid.Select(landmark => upright.Apply(Raw(landmark)))];
        return landmark => upright.Apply(Raw(landmark));
    }

    private Similarity ByEyes(Func<int, Vector2> raw)
    {
        Vector2 Eye(SidedPoints side) => (raw(side.OuterCanthus) + raw(side.InnerCanthus)) / 2;
        var (right, left) = (Eye(scheme.Of(Anatomy.Side.PatientRight)), Eye(scheme.Of(Anatomy.Side.PatientLeft)));
        var across = left - right;
        var size = Math.Max(across.LengthSquared(), 1e-6f);
        // Multiplying by the conjugate turns the line between the eyes level and makes it 1 long.
        return Similarity.About((right + left) / 2, new Vector2(across.X, -across.Y) / size, Vector2.Zero);
    }

    /// <summary>Least squares of the skull's points, in closed form (as complex numbers).</summary>
    private Similarity ByReference(Func<int, Vector2> raw, Vector2[] reference)
    {
        var now = _rigid.Select(raw).ToArray();
        var from = Mean(now);
        var to = Mean(reference);
        var (dot, cross, size) = (0f, 0f, 1e-6f);
        for (var i = 0; i < now.Length; i++)
        {
            var (a, b) = (now[i] - from, reference[i] - to);
            dot += Vector2.Dot(a, b);
            cross += (a.X * b.Y) - (a.Y * b.X);
            size += a.LengthSquared();
        }

        return Similarity.About(from, new Vector2(dot, cross) / size, to);
    }

    private static Vector2 Mean(Vector2[] points)
    {
        var sum = Vector2.Zero;
        foreach (var point in points)
        {
            sum += point;
        }

        return sum / points.Length;
    }

    /// <summary>Turn and scale as one complex number, about a centre, to a target.</summary>
    private readonly record struct Similarity(Vector2 Centre, Vector2 Factor, Vector2 Target)
    {
        public static Similarity About(Vector2 centre, Vector2 factor, Vector2 target) => new(centre, factor, target);

        public Vector2 Apply(Vector2 point)
        {
            var p = point - Centre;
            return Target + new Vector2((p.X * Factor.X) - (p.Y * Factor.Y), (p.X * Factor.Y) + (p.Y * Factor.X));
        }
    }
}
