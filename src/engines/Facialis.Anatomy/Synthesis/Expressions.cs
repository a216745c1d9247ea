using System.Numerics;
using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Synthesis;

/// <summary>The ways in which a generated face can move: for each, how far every landmark goes at full strength.</summary>
/// <remarks>A frame is the resting face plus each expression times its amplitude, in the face's own frame (interocular distances).</remarks>
internal sealed class Expressions
{
    /// <summary>Number of expressions.</summary>
    public const int Count = 26;

    /// <summary>Number of expressions that a script can ask for; the others come from a <see cref="FaceMotion"/>.</summary>
    public const int Scripted = 12;

    /// <summary>Lid closure, right then left; 1 is shut.</summary>
    public const int Lid = 0;

    /// <summary>Mouth corner up and outwards, right then left; interocular distances.</summary>
    public const int Mouth = 2;

    /// <summary>Brow up, right then left; interocular distances.</summary>
    public const int Brow = 4;

    /// <summary>Jaw down; interocular distances.</summary>
    public const int Jaw = 6;

    /// <summary>Mouth corners inwards; interocular distances.</summary>
    public const int Pucker = 7;

    /// <summary>Noise of a mouth corner, x then y, right then left; interocular distances.</summary>
    public const int CornerNoise = 8;

    /// <summary>First of the one-sided expressions that only a <see cref="FaceMotion"/> asks for, in the order of <see cref="FaceAction"/>, right then left.</summary>
    private const int Further = Scripted;

    /// <summary>The tracker never shows a shut eye as closed: this share of the opening stays (measured: 0.16).</summary>
    private const float ShutAperture = 0.16f;

    private readonly Vector3[] _shifts;
    private readonly int _landmarks;
    private readonly int[][] _moved;

    /// <summary>Builds the fields for the given landmarks of a resting face.</summary>
    public Expressions(ReadOnlySpan<Vector3> rest, LandmarkScheme scheme, IReadOnlyList<int> indices)
    {
        _landmarks = indices.Count;
        _shifts = new Vector3[Count * _landmarks];
        foreach (var side in Sides.Both)
        {
            var points = scheme.Of(side);
            var lateral = side == Side.PatientLeft ? 1f : -1f;
            CloseLids(rest, points, indices, Lid + (int)side);

            var corner = rest[points.MouthCorner];
            var pull = new Vector3(0.6f * lateral, -0.8f, 0);
            for (var i = 0; i < _landmarks; i++)
            {
                var at = rest[indices[i]];
                // One side only: the field fades out across the middle of the face.
                var own = 1 / (1 + MathF.Exp(-at.X * lateral / 0.06f));
                var nearCorner = Near(at, corner, 0.22f) * own;
                Shift(Mouth + (int)side, i) = pull * nearCorner;
                Shift(CornerNoise + (2 * (int)side), i) = Vector3.UnitX * nearCorner;
                Shift(CornerNoise + (2 * (int)side) + 1, i) = Vector3.UnitY * nearCorner;
                Shift(Brow + (int)side, i) = points.LidOutline.Contains(indices[i])
                    ? Vector3.Zero
                    : -Vector3.UnitY * (NearBrow(rest, points, at) * own);
            }
        }

        var mouthY = (rest[scheme.Of(Side.PatientRight).MouthCorner].Y + rest[scheme.Of(Side.PatientLeft).MouthCorner].Y) / 2;
        for (var i = 0; i < _landmarks; i++)
        {
            var at = rest[indices[i]];
            // The jaw swings: the further below the mouth's line, the further down; the sides of the face stay.
            var below = Math.Clamp((at.Y - mouthY + 0.02f) / 0.25f, 0, 1);
            var central = MathF.Exp(-at.X * at.X / (2 * 0.5f * 0.5f));
            Shift(Jaw, i) = new Vector3(0, below * central, 0.2f * below * central);
            var right = Near(at, rest[scheme.Of(Side.PatientRight).MouthCorner], 0.22f);
            var left = Near(at, rest[scheme.Of(Side.PatientLeft).MouthCorner], 0.22f);
            Shift(Pucker, i) = new Vector3(right - left, 0, -0.5f * (right + left));
        }

        foreach (var side in Sides.Both)
        {
            MoveFurther(rest, scheme, side, indices);
        }

        _moved = [.. Enumerable.Range(0, Count).Select(e => Enumerable.Range(0, _landmarks).Where(i => Shift(e, i) != Vector3.Zero).ToArray())];
    }

    /// <summary>The expression behind an action of one side.</summary>
    public static int IndexOf(FaceAction action, Side side) => action switch
    {
        FaceAction.CloseLids => Lid + (int)side,
        FaceAction.PullCorner => Mouth + (int)side,
        FaceAction.LiftBrow => Brow + (int)side,
        _ => Further + (2 * (int)(action - FaceAction.LiftLip)) + (int)side,
    };

    /// <summary>Places of the landmarks that an expression moves at all.</summary>
    public ReadOnlySpan<int> MovedBy(int expression) => _moved[expression];

    /// <summary>The movement of all landmarks for one expression at amplitude 1.</summary>
    public ReadOnlySpan<Vector3> Of(int expression) => _shifts.AsSpan(expression * _landmarks, _landmarks);

    private ref Vector3 Shift(int expression, int landmark) => ref _shifts[(expression * _landmarks) + landmark];

    private void MoveFurther(ReadOnlySpan<Vector3> rest, LandmarkScheme scheme, Side side, IReadOnlyList<int> indices)
    {
        var points = scheme.Of(side);
        var lateral = side == Side.PatientLeft ? 1f : -1f;
        var (corner, canthus, lid) = (rest[points.MouthCorner], rest[points.OuterCanthus], rest[points.LowerLid[2]]);
        var lipMiddle = rest[scheme.InnerLipTop];
        var lip = new Vector3((corner.X + lipMiddle.X) / 2, lipMiddle.Y - 0.04f, 0);
        var chin = new Vector3(0.18f * lateral, corner.Y + 0.42f, 0);
        for (var i = 0; i < indices.Count; i++)
        {
            var at = rest[indices[i]];
            var own = 1 / (1 + MathF.Exp(-at.X * lateral / 0.06f));
            var isLid = points.LidOutline.Contains(indices[i]);
            Put(FaceAction.LiftLip, new Vector3(0.15f * lateral, -1, 0), Near(at, lip, 0.16f) * own);
            Put(FaceAction.LowerCorner, new Vector3(0.25f * lateral, 1, 0), Near(at, corner, 0.2f) * own);
            Put(FaceAction.RaiseChin, -Vector3.UnitY, Near(at, chin, 0.14f) * own);
            Put(FaceAction.PurseLip, new Vector3(-lateral, 0, -0.5f), Near(at, corner, 0.18f) * own);
            Put(FaceAction.Frown, new Vector3(-0.7f * lateral, 0.7f, 0), isLid ? 0 : Near(at, rest[points.Brow[^1]], 0.16f) * own);
            Put(FaceAction.RaiseCheek, new Vector3(-0.2f * lateral, -1, 0), isLid ? 0 : Near(at, new Vector3((canthus.X + lid.X) / 2, lid.Y + 0.2f, 0), 0.16f) * own);

            void Put(FaceAction action, Vector3 direction, float share) =>
                Shift(IndexOf(action, side), i) = share < 0.02f ? Vector3.Zero : direction * share;
        }

        // A drooping lid: what closing does, to the upper lid alone.
        var outline = points.LidOutline;
        for (var k = 1; k < outline.Count / 2; k++)
        {
            for (var i = 0; i < indices.Count; i++)
            {
                if (indices[i] == outline[k])
                {
                    Shift(IndexOf(FaceAction.DroopLid, side), i) = Shift(IndexOf(FaceAction.CloseLids, side), i);
                }
            }
        }
    }

    private void CloseLids(ReadOnlySpan<Vector3> rest, SidedPoints points, IReadOnlyList<int> indices, int expression)
    {
        // The outline runs from the outer canthus over the upper lid to the inner canthus and back below: its two halves face each other.
        var outline = points.LidOutline;
        var half = outline.Count / 2;
        for (var k = 1; k < half; k++)
        {
            var (upper, lower) = (outline[k], outline[outline.Count - k]);
            var gap = (rest[lower] - rest[upper]) * (1 - ShutAperture);
            Put(upper, gap * 0.78f);
            Put(lower, gap * -0.22f);
        }

        void Put(int landmark, Vector3 shift)
        {
            for (var i = 0; i < indices.Count; i++)
            {
                if (indices[i] == landmark)
                {
                    Shift(expression, i) = shift;
                }
            }
        }
    }

    private static float NearBrow(ReadOnlySpan<Vector3> rest, SidedPoints points, Vector3 at)
    {
        var best = 0f;
        foreach (var landmark in points.BrowOutline)
        {
            best = Math.Max(best, Near(at, rest[landmark], 0.12f));
        }

        return best;
    }

    private static float Near(Vector3 at, Vector3 centre, float spread)
    {
        var (dx, dy) = (at.X - centre.X, at.Y - centre.Y);
        return MathF.Exp(-((dx * dx) + (dy * dy)) / (2 * spread * spread));
    }
}
