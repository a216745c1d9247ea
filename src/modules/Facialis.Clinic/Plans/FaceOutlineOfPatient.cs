using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Measurements;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Plans;

/// <summary>Lays the standard face on a patient's own outlines, from the newest recording whose sides are confirmed.</summary>
internal sealed class FaceOutlineOfPatient(FacialisDb db, ReadRecordings recordings, AuditTrail trail)
{
    /// <summary>Frames that are looked at; spread over the recording, so that no single spasm or blink decides.</summary>
    private const int FramesWanted = 240;

    public async Task<OutlineAnswer> Handle(Guid patientId, CancellationToken cancellation)
    {
        if (!await db.Set<Patient>().AnyAsync(p => p.Id == patientId, cancellation))
        {
            return new OutlineAnswer(OutlineOutcome.NoSuchPatient, null);
        }

        var newest = (await db.Set<Recording>().AsNoTracking()
            .Where(r => r.PatientId == patientId && r.State == RecordingState.Complete && r.Digest != null)
            .OrderByDescending(r => r.StartedAt)
            .Select(r => new { r.Id, r.StartedAt, r.Digest }).Take(20).ToListAsync(cancellation))
            .FirstOrDefault(r => r.Digest!.SideConfirmed); // asked for above
        if (newest is null)
        {
            return new OutlineAnswer(OutlineOutcome.NoRecording, null);
        }

        await trail.NoteReadAsync("face outline", newest.Id, patientId, cancellation);
        try
        {
            return new OutlineAnswer(OutlineOutcome.Made, Make(newest.Id, newest.StartedAt));
        }
        catch (ArgumentException)
        {
            return new OutlineAnswer(OutlineOutcome.NoRecording, null); // its landmarks have no irises, or too few of the named ones
        }
    }

    private OutlineResource Make(Guid id, DateTimeOffset? recordedAt)
    {
        using var reader = recordings.OpenFrames(id);
        var header = reader.Header;
        var frame = new FaceFrame(header.LandmarkIndices.Count);
        List<float[]> kept = [];
        var every = 1;
        for (var n = 0; reader.TryRead(frame); n++)
        {
            if (!frame.HasFace || n % every != 0)
            {
                continue;
            }

            kept.Add(frame.Coordinates.ToArray());
            if (kept.Count == 2 * FramesWanted)
            {
                // Twice as far apart from here on, whatever the length.
                kept = [.. kept.Where((_, i) => i % 2 == 0)];
                every *= 2;
            }
        }

        var place = header.LandmarkIndices.Select((index, i) => (index, i)).ToDictionary(pair => pair.index, pair => pair.i);
        (double X, double Y)? Middle(int landmark) => kept.Count > 0 && place.TryGetValue(landmark, out var at)
            ? (Median(kept, 3 * at), Median(kept, (3 * at) + 1))
            : null;
        var face = PatientFace.Fit(header.Scheme, Middle, reader.Mirroring == Mirroring.Mirrored);
        return new OutlineResource(
            id, recordedAt,
            new GridResource(FaceGrid.Columns, FaceGrid.Rows, FaceGrid.Pitch, FaceGrid.Left, FaceGrid.Top, face.Grid.Knots),
            [.. face.Outlines.Select(o => new OutlineLine(o.Name, o.Closed, [.. o.Points.SelectMany(p => (double[])[p.X, p.Y])]))]);
    }

    private static double Median(List<float[]> frames, int coordinate)
    {
        var values = frames.Select(frame => frame[coordinate]).Order().ToArray();
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2.0;
    }
}

internal sealed record OutlineAnswer(OutlineOutcome Outcome, OutlineResource? Outline);

internal enum OutlineOutcome
{
    Made,
    NoSuchPatient,
    NoRecording,
}

/// <param name="RecordingId">The recording that it is taken from.</param>
/// <param name="RecordedAt">When that was made.</param>
/// <param name="Grid">How the standard face lies on it.</param>
/// <param name="Outlines">The patient's own lines, in the frame of the own pupils, IPD.</param>
internal sealed record OutlineResource(Guid RecordingId, DateTimeOffset? RecordedAt, GridResource Grid, IReadOnlyList<OutlineLine> Outlines);

/// <param name="Columns">Knots in a row.</param>
/// <param name="Rows">Rows of knots.</param>
/// <param name="Pitch">From knot to knot on the standard face, IPD.</param>
/// <param name="Left">x of the first column, IPD.</param>
/// <param name="Top">y of the first row, IPD.</param>
/// <param name="Knots">x and y of each knot on the patient's face, row by row.</param>
internal sealed record GridResource(int Columns, int Rows, double Pitch, double Left, double Top, IReadOnlyList<double> Knots);

/// <param name="Name">What it draws; sides are the patient's.</param>
/// <param name="Closed">Whether it returns.</param>
/// <param name="Points">x and y in turn.</param>
internal sealed record OutlineLine(string Name, bool Closed, IReadOnlyList<double> Points);
