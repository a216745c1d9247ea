using System.Numerics;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Synthesis;

/// <summary>Makes one person's resting face out of the template: proportions, lid opening and the asymmetry that everybody has.</summary>
internal static class FaceShape
{
    /// <summary>The template itself, or the person that the seed chooses.</summary>
    public static Vector3[] Of(long? seed, LandmarkScheme scheme, FaceProportions? proportions = null)
    {
        var points = FaceTemplate.Points.ToArray();
        if (seed is not { } chosen)
        {
            return points;
        }

        var chance = new SeededChance(chosen);
        // Drawn in any case: what chance decides otherwise stays the same where proportions are given.
        var (drawnWidth, drawnLower, drawnDepth) = (chance.Normal(), chance.Normal(), chance.Normal());
        var width = (float)(1 + (0.04 * (proportions?.Width ?? drawnWidth)));
        var lower = (float)(1 + (0.05 * (proportions?.LowerFace ?? drawnLower)));
        var depth = (float)(1 + (0.08 * (proportions?.Depth ?? drawnDepth)));
        for (var i = 0; i < points.Length; i++)
        {
            // The eyes keep their distance, which is the unit; width grows outside them and depth everywhere.
            var outside = Math.Max(0, Math.Abs(points[i].X) - 0.7f) * Math.Sign(points[i].X);
            points[i].X += outside * (width - 1) * 2;
            points[i].Y *= points[i].Y > 0.2f ? lower : 1;
            points[i].Z *= depth;
        }

        if (proportions is not null)
        {
            Fill(points, scheme, proportions);
        }

        var drawnOpening = chance.Normal();
        var opening = (float)(1 + (0.12 * (proportions?.LidOpening ?? drawnOpening)));
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

    /// <summary>Nose, lips, jaw, cheeks and brows, each by as much as an eye sees and no landmark crosses another.</summary>
    private static void Fill(Vector3[] points, LandmarkScheme scheme, FaceProportions proportions)
    {
        var mouth = (points[scheme.InnerLipTop] + points[scheme.InnerLipBottom]) / 2;
        for (var i = 0; i < points.Length; i++)
        {
            ref var at = ref points[i];
            var nose = MathF.Exp(-((at.X * at.X) + ((at.Y - 0.45f) * (at.Y - 0.45f))) / (2 * 0.16f * 0.16f));
            var jaw = Math.Clamp((at.Y - 0.6f) / 0.7f, 0, 1) * Math.Clamp((Math.Abs(at.X) - 0.3f) / 0.3f, 0, 1);
            var (dx, dy) = (Math.Abs(at.X) - 0.62f, at.Y - 0.55f);
            var cheek = MathF.Exp(-((dx * dx) + (dy * dy)) / (2 * 0.2f * 0.2f));
            var (lipX, lipY) = (at.X - mouth.X, at.Y - mouth.Y);
            var lip = MathF.Exp(-((lipX * lipX / (2 * 0.25f * 0.25f)) + (lipY * lipY / (2 * 0.12f * 0.12f))));
            at.X *= 1 + (0.07f * (float)proportions.NoseWidth * nose) + (0.04f * (float)proportions.JawWidth * jaw);
            at.Z -= 0.03f * (float)proportions.CheekFullness * cheek;
            at.Y += 0.12f * (float)proportions.LipFullness * lip * lipY;
        }

        foreach (var side in Sides.Both)
        {
            Lift(points, points[scheme.Of(side).Brow[2]], 0.14f, 0.015f * (float)proportions.BrowHeight);
        }
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
