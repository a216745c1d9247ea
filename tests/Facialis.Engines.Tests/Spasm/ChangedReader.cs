using Facialis.Anatomy.Recordings;

namespace Facialis.Engines.Tests.Spasm;

/// <summary>A recording seen otherwise: each frame is changed on its way, or left out.</summary>
internal sealed class ChangedReader(FaceRecordingReader recording, Func<FaceFrame, bool> change, Mirroring? mirroring = null) : FaceRecordingReader
{
    public override RecordingHeader Header { get; } = recording.Header with { Mirroring = mirroring ?? recording.Header.Mirroring };

    public override IReadOnlyList<ProtocolMark> Marks => recording.Marks;

    public override bool TryRead(FaceFrame frame)
    {
        while (recording.TryRead(frame))
        {
            if (change(frame))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The picture flipped left to right, with every landmark named as a tracker names it there.</summary>
    public static ChangedReader Flip(FaceRecordingReader recording)
    {
        var header = recording.Header;
        var places = header.LandmarkIndices.Select((landmark, place) => (landmark, place)).ToDictionary(p => p.landmark, p => p.place);
        var partner = header.LandmarkIndices.Select(landmark => places[header.Scheme.MirrorOf(landmark)]).ToArray();
        var before = new float[header.LandmarkIndices.Count * 3];
        return new ChangedReader(recording, frame =>
        {
            frame.Coordinates.CopyTo(before);
            for (var i = 0; i < partner.Length; i++)
            {
                frame.Coordinates[3 * i] = header.ImageWidth - before[3 * partner[i]];
                frame.Coordinates[(3 * i) + 1] = before[(3 * partner[i]) + 1];
                frame.Coordinates[(3 * i) + 2] = before[(3 * partner[i]) + 2];
            }

            return true;
        });
    }

    /// <summary>The picture turned in its plane, made larger or smaller, and shifted.</summary>
    public static ChangedReader Move(FaceRecordingReader recording, double degrees, float scale, float shiftX, float shiftY)
    {
        var (sin, cos) = ((float)Math.Sin(degrees * Math.PI / 180), (float)Math.Cos(degrees * Math.PI / 180));
        return new ChangedReader(recording, frame =>
        {
            var c = frame.Coordinates;
            for (var i = 0; i < c.Length; i += 3)
            {
                (c[i], c[i + 1], c[i + 2]) = ((scale * ((cos * c[i]) - (sin * c[i + 1]))) + shiftX, (scale * ((sin * c[i]) + (cos * c[i + 1]))) + shiftY, scale * c[i + 2]);
            }

            return true;
        });
    }

    /// <summary>Frames lost at random.</summary>
    public static ChangedReader Drop(FaceRecordingReader recording, double share, int seed)
    {
        var chance = new Random(seed);
        return new ChangedReader(recording, _ => chance.NextDouble() >= share);
    }
}
