using System.Numerics;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;

namespace Facialis.Clinic.Measurements;

/// <summary>A few seconds of a face in its own frame: turned upright, of one size, the eyes' middle at the origin.</summary>
/// <param name="FromSeconds">Time of the first frame, seconds on the recording's clock.</param>
/// <param name="ToSeconds">Time of the last frame.</param>
/// <param name="Times">Time of each frame.</param>
/// <param name="Points">
/// x, y, x, y ... of each frame in thousandths of the interocular distance; x grows towards the patient's left, y down.
/// Empty where no face was found.
/// </param>
/// <param name="Outlines">The lines of a face, as places in each frame's list of points; names are of the patient's side.</param>
public sealed record FaceClip(double FromSeconds, double ToSeconds, double[] Times, int[][] Points, ClipOutline[] Outlines)
{
    /// <summary>Longest clip, seconds; long enough for every event, short enough to send as JSON.</summary>
    public const double MaxSeconds = 15;

    /// <summary>Reads the clip out of a recording.</summary>
    /// <param name="recording">Stands before its first frame.</param>
    /// <param name="from">First time to show, seconds.</param>
    /// <param name="to">Last time to show, seconds.</param>
    /// <param name="mirrored">True where the picture was mirrored: the sides are swapped back.</param>
    public static FaceClip Read(FaceRecordingReader recording, double from, double to, bool mirrored)
    {
        var scheme = recording.Header.Scheme;
        var places = recording.Header.LandmarkIndices.Select((landmark, place) => (landmark, place)).ToDictionary(p => p.landmark, p => p.place);
        var lines = scheme.Outlines.Where(line => line.Landmarks.All(places.ContainsKey)).ToArray();
        var shown = lines.SelectMany(line => line.Landmarks).Distinct().Order().ToArray();
        var pose = new UprightFrame(scheme, places);
        var (times, points) = (new List<double>(), new List<int[]>());
        var frame = new FaceFrame(recording.Header.LandmarkIndices.Count);
        while (recording.TryRead(frame) && frame.TimeSeconds <= to + 1e-6)
        {
            if (frame.TimeSeconds < from - 1e-6)
            {
                continue;
            }

            times.Add(Math.Round(frame.TimeSeconds, 4));
            points.Add(frame.HasFace ? Place(pose.Of(frame.Coordinates), shown, mirrored) : []);
        }

        int[] At(FaceOutline line) => [.. line.Landmarks.Select(landmark => Array.BinarySearch(shown, landmark))];
        return new FaceClip(
            times.Count > 0 ? times[0] : from, times.Count > 0 ? times[^1] : from, [.. times], [.. points],
            [.. lines.Select(line => new ClipOutline(mirrored ? OtherSide(line.Name) : line.Name, line.Closed, At(line)))]);
    }

    /// <summary>The place of the last frame that begins at or before that time.</summary>
    public int IndexAt(double seconds)
    {
        var found = Array.BinarySearch(Times, seconds);
        return found >= 0 ? found : Math.Max(0, ~found - 1);
    }

    /// <summary>The place of the frame with both eyes widest open: within a burst the only one that shows the face at rest.</summary>
    public int RestIndex()
    {
        var lids = Outlines.Where(line => line.Name is "rightLids" or "leftLids").ToArray();
        var (best, widest) = (0, -1);
        for (var i = 0; i < Points.Length; i++)
        {
            var points = Points[i];
            var open = points.Length == 0 ? -1 : lids.Sum(line => line.Points.Max(p => points[(2 * p) + 1]) - line.Points.Min(p => points[(2 * p) + 1]));
            if (open > widest)
            {
                (best, widest) = (i, open);
            }
        }

        return best;
    }

    private static int[] Place(Func<int, Vector2> at, int[] shown, bool mirrored)
    {
        var flat = new int[2 * shown.Length];
        for (var i = 0; i < shown.Length; i++)
        {
            var point = at(shown[i]);
            flat[2 * i] = (int)MathF.Round(1000 * (mirrored ? -point.X : point.X));
            flat[(2 * i) + 1] = (int)MathF.Round(1000 * point.Y);
        }

        return flat;
    }

    private static string OtherSide(string name) =>
        name.StartsWith("right", StringComparison.Ordinal) ? "left" + name[5..]
        : name.StartsWith("left", StringComparison.Ordinal) ? "right" + name[4..] : name;
}

/// <param name="Name">What the line draws, for example "leftLids".</param>
/// <param name="Closed">True where it returns to its beginning.</param>
/// <param name="Points">Places in each frame's list of points.</param>
public sealed record ClipOutline(string Name, bool Closed, int[] Points);
