using Facialis.Anatomy.Landmarks;

namespace Facialis.Anatomy.Sites;

/// <summary>How the standard face lies on one patient's face: worked out from landmarks of a quiet, frontal moment.</summary>
/// <remarks>
/// Anchors are named landmarks only (pupils, canthi, lids, brows, corners of the mouth, lips, rim of the face). Between them the standard face
/// is bent smoothly (a thin-plate spline) and then kept as a grid of triangles, which is exact in both directions and the same for every
/// program that reads it. A point is stored on the standard face; this says where it is drawn on the patient, and never the reverse by guess.
/// </remarks>
public sealed class PatientFace
{
    private PatientFace(FaceGrid grid, IReadOnlyList<PatientOutline> outlines, double eyesTiltDegrees) =>
        (Grid, Outlines, EyesTiltDegrees) = (grid, outlines, eyesTiltDegrees);

    /// <summary>Where each place of the standard face lies on the patient.</summary>
    public FaceGrid Grid { get; }

    /// <summary>The patient's own outlines in the frame of the own pupils, IPD.</summary>
    public IReadOnlyList<PatientOutline> Outlines { get; }

    /// <summary>How far the line through the pupils was tilted in the picture, degrees; taken out here.</summary>
    public double EyesTiltDegrees { get; }

    /// <summary>Fits the standard face to landmarks.</summary>
    /// <param name="scheme">The scheme of the landmarks; it must have irises.</param>
    /// <param name="positionOf">x and y of a landmark in the picture, pixels, or null where the recording does not hold it.</param>
    /// <param name="mirrored">True where the picture is known to be mirrored.</param>
    /// <exception cref="ArgumentException">The scheme has no irises, a pupil is missing, or the pupils fall together.</exception>
    public static PatientFace Fit(LandmarkScheme scheme, Func<int, (double X, double Y)?> positionOf, bool mirrored)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(positionOf);
        if (scheme.Of(Side.PatientRight).Iris.Count == 0)
        {
            throw new ArgumentException($"{scheme.Title} has no irises, so the distance between the pupils is not known.", nameof(scheme));
        }

        // In a mirrored picture the tracker's right eye is the patient's left: each landmark stands for its partner.
        int Own(int index) => mirrored ? scheme.MirrorOf(index) : index;
        (double X, double Y) Pupil(Side side) => positionOf(Own(scheme.Of(side).Iris[0]))
            ?? throw new ArgumentException("The recording does not hold the pupils.", nameof(positionOf));
        var (right, left) = (Pupil(Side.PatientRight), Pupil(Side.PatientLeft));
        var frame = PupilFrame.Of(right, left, mirrored);
        List<(double FromX, double FromY, double ToX, double ToY)> anchors = [];
        foreach (var index in Anchors(scheme))
        {
            if (positionOf(Own(index)) is { } seen)
            {
                var standard = StandardFace.At(index);
                var own = frame.Place(seen);
                anchors.Add((standard.X, standard.Y, own.X, own.Y));
            }
        }

        var spline = ThinPlate.Through(anchors);
        var outlines = scheme.Outlines.Select(outline => new PatientOutline(
            outline.Name,
            outline.Closed,
            [.. outline.Landmarks.Select(index => positionOf(Own(index))).OfType<(double X, double Y)>().Select(frame.Place)
                .Select(place => (Math.Round(place.X, FacePoint.Decimals), Math.Round(place.Y, FacePoint.Decimals)))]))
            .Where(outline => outline.Points.Count > 1).ToList();
        return new PatientFace(FaceGrid.Of(spline.At), outlines, frame.TiltDegrees);
    }

    /// <summary>The named landmarks that pin the standard face to the patient's.</summary>
    private static IEnumerable<int> Anchors(LandmarkScheme scheme) => Sides.Both
        .SelectMany(side =>
        {
            var points = scheme.Of(side);
            return (IEnumerable<int>)
            [
                points.Iris[0], points.OuterCanthus, points.InnerCanthus, points.UpperLid[2], points.LowerLid[2], points.MouthCorner, .. points.Brow,
            ];
        })
        .Concat([scheme.Origin])
        .Concat(scheme.Outlines.Where(outline => outline.Name is "rim" or "noseBase").SelectMany(outline => outline.Landmarks))
        .Concat(scheme.Outlines.Where(outline => outline.Name == "outerLips").SelectMany(outline => outline.Landmarks.Where((_, i) => i % 2 == 1)))
        .Distinct();
}

/// <summary>A line of the patient's own face.</summary>
/// <param name="Name">What it draws, as in <see cref="FaceOutline.Name"/>; sides are the patient's.</param>
/// <param name="Closed">Whether it returns.</param>
/// <param name="Points">IPD; x towards the patient's left, y down, origin midway between the pupils.</param>
public sealed record PatientOutline(string Name, bool Closed, IReadOnlyList<(double X, double Y)> Points);

/// <summary>The frame of a patient's own pupils in a picture.</summary>
internal sealed class PupilFrame
{
    private readonly (double X, double Y) _origin;
    private readonly (double X, double Y) _across;
    private readonly double _flip;

    private PupilFrame((double X, double Y) origin, (double X, double Y) across, double flip) => (_origin, _across, _flip) = (origin, across, flip);

    public double TiltDegrees => Math.Atan2(_across.Y * _flip, _across.X * _flip) * 180 / Math.PI;

    public static PupilFrame Of((double X, double Y) right, (double X, double Y) left, bool mirrored)
    {
        var across = (X: left.X - right.X, Y: left.Y - right.Y);
        if (double.Hypot(across.X, across.Y) < 1e-6)
        {
            throw new ArgumentException("The pupils fall together.");
        }

        return new PupilFrame(((right.X + left.X) / 2, (right.Y + left.Y) / 2), across, mirrored ? -1 : 1);
    }

    /// <summary>x towards the patient's left and y down, IPD: projected on the line through the pupils and its perpendicular.</summary>
    public (double X, double Y) Place((double X, double Y) seen)
    {
        var (x, y) = (seen.X - _origin.X, seen.Y - _origin.Y);
        var square = (_across.X * _across.X) + (_across.Y * _across.Y);
        // In a mirrored picture "down" lies on the other side of the line from right to left pupil.
        return (((x * _across.X) + (y * _across.Y)) / square, _flip * ((y * _across.X) - (x * _across.Y)) / square);
    }
}
