using System.Numerics;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Synthesis;

/// <summary>Makes one person's resting face out of the template: proportions, lid opening and the asymmetry that everybody has.</summary>
internal static class FaceShape
{
    /// <summary>The template itself, or the person that the seed chooses.</summary>
    public static Vector3[] Of(long? seed, LandmarkScheme scheme)
    {
        var points = FaceTemplate.Points.ToArray();
        if (seed is not { } chosen)
        {
            return points;
        }

        var chance = new SeededChance(chosen);
        var width = (float)(1 + (0.04 * chance.Normal()));
        var lower = (float)(1 + (0.05 * chance.Normal()));
        var depth = (float)(1 + (0.08 * chance.Normal()));
        for (var i = 0; i < points.Length; i++)
        {
            // The eyes keep their distance, which is the unit; width grows outside them and depth everywhere.
            var outside = Math.Max(0, Math.Abs(points[i].X) - 0.7f) * Math.Sign(points[i].X);
            points[i].X += outside * (width - 1) * 2;
            points[i].Y *= points[i].Y > 0.2f ? lower : 1;
            points[i].Z *= depth;
        }

        var opening = (float)(1 + (0.12 * chance.Normal()));
        foreach (var side in Sides.Both)
        {
            var named = scheme.Of(side);
            var own = opening * (float)(1 + (0.04 * chance.Normal()));
            var middle = points[named.Iris[0]].Y;
            foreach (var landmark in named.LidOutline)
            {
                points[landmark].Y = middle + ((points[landmark].Y - middle) * own);
            }

            Lift(points, points[named.MouthCorner], 0.2f, (float)(0.02 * chance.Normal()));
            Lift(points, points[named.Brow[2]], 0.18f, (float)(0.015 * chance.Normal()));
        }

        return points;
    }

    private static void Lift(Vector3[] points, Vector3 centre, float spread, float rise)
    {
        for (var i = 0; i < points.Length; i++)
        {
            var (dx, dy) = (points[i].X - centre.X, points[i].Y - centre.Y);
            points[i].Y -= rise * MathF.Exp(-((dx * dx) + (dy * dy)) / (2 * spread * spread));
        }
    }
}
