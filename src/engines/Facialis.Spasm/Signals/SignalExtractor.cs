using Facialis.Anatomy;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;

namespace Facialis.Spasm.Signals;

/// <summary>Turns frames into signals: removes head pose and distance, then reads lids, brows and mouth of each side.</summary>
internal sealed class SignalExtractor
{
    private readonly HeadFit _fit;
    private readonly Points _right;
    private readonly Points _left;
    private readonly int[] _lipTop;
    private readonly int[] _lipBottom;

    private SignalExtractor(HeadFit fit, Points right, Points left, int[] lipTop, int[] lipBottom)
        => (_fit, _right, _left, _lipTop, _lipBottom) = (fit, right, left, lipTop, lipBottom);

    /// <summary>The landmarks of a scheme that are looked at, ascending.</summary>
    public static IReadOnlyList<int> LandmarksUsed(LandmarkScheme scheme)
    {
        IEnumerable<int> OfSide(SidedPoints side) =>
            [.. side.UpperLid, .. side.LowerLid, side.OuterCanthus, side.InnerCanthus, .. side.Brow, .. side.MouthCornerArea];
        return [.. scheme.Rigid.Concat(OfSide(scheme.Of(Side.PatientRight))).Concat(OfSide(scheme.Of(Side.PatientLeft)))
            .Concat([scheme.InnerLipTop, scheme.InnerLipBottom, scheme.Origin]).Distinct().Order()];
    }

    /// <summary>Learns the person's rigid shape from frames that all show a face.</summary>
    /// <param name="header">Says which landmarks the frames hold.</param>
    /// <param name="shapes">Coordinates of at least one frame each; the median over them is the reference.</param>
    public static SignalExtractor Learn(RecordingHeader header, IReadOnlyList<float[]> shapes)
    {
        var slots = new LandmarkSlots(header);
        var scheme = header.Scheme;
        var median = MedianShape(shapes);
        var reference = Upright(median, slots, scheme);
        var rigid = scheme.Rigid.Where(slots.Has).Select(slots.Of).ToArray();
        var rigidReference = new double[rigid.Length * 3];
        for (var i = 0; i < rigid.Length; i++)
        {
            reference.AsSpan(3 * rigid[i], 3).CopyTo(rigidReference.AsSpan(3 * i));
        }

        return new SignalExtractor(
            new HeadFit(rigid, rigidReference),
            Points.Of(scheme.Of(Side.PatientRight), slots),
            Points.Of(scheme.Of(Side.PatientLeft), slots),
            slots.Of([scheme.InnerLipTop]),
            slots.Of([scheme.InnerLipBottom]));
    }

    /// <summary>Appends the signals of one frame to the block.</summary>
    public void Append(FaceFrame frame, SignalBlock block)
    {
        block.Append(frame.TimeSeconds);
        if (!frame.HasFace || !_fit.Fit(frame))
        {
            return;
        }

        var at = block.Count - 1;
        var coordinates = frame.Coordinates;
        block.Yaw[at] = (float)_fit.YawDegrees;
        block.Pitch[at] = (float)_fit.PitchDegrees;
        block.Roll[at] = (float)_fit.RollDegrees;
        block.Interocular[at] = (float)_fit.PixelsPerUnit;
        block.MouthOpening[at] = (float)(_fit.Y(coordinates, _lipBottom) - _fit.Y(coordinates, _lipTop));
        Read(coordinates, _right, Side.PatientRight, outwards: -1, block, at);
        Read(coordinates, _left, Side.PatientLeft, outwards: +1, block, at);
    }

    private void Read(ReadOnlySpan<float> coordinates, Points points, Side side, int outwards, SignalBlock block, int at)
    {
        block.UpperLid(side)[at] = (float)_fit.Y(coordinates, points.UpperLid);
        block.LowerLid(side)[at] = (float)_fit.Y(coordinates, points.LowerLid);
        block.Canthi(side)[at] = (float)_fit.Y(coordinates, points.Canthi);
        block.BrowUp(side)[at] = -(float)_fit.Y(coordinates, points.Brow);
        block.MouthUp(side)[at] = -(float)_fit.Y(coordinates, points.Mouth);
        block.MouthOut(side)[at] = (float)(outwards * _fit.X(coordinates, points.Mouth));
    }

    private static double[] MedianShape(IReadOnlyList<float[]> shapes)
    {
        var median = new double[shapes[0].Length];
        var values = new float[shapes.Count];
        for (var i = 0; i < median.Length; i++)
        {
            for (var k = 0; k < shapes.Count; k++)
            {
                values[k] = shapes[k][i];
            }

            Array.Sort(values);
            // The mean of the two middle values, so that a mirrored recording gives the mirrored median.
            median[i] = (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2.0;
        }

        return median;
    }

    // Interocular distance 1, origin at the root of the nose, the axis from eye to eye level and across the view:
    // what is left of yaw and roll would leak into every difference between the sides.
    private static double[] Upright(double[] shape, LandmarkSlots slots, LandmarkScheme scheme)
    {
        var right = scheme.Of(Side.PatientRight);
        var left = scheme.Of(Side.PatientLeft);
        var axis = new double[3];
        double interocular = 0;
        for (var c = 0; c < 3; c++)
        {
            axis[c] = ((shape[(3 * slots.Of(left.OuterCanthus)) + c] + shape[(3 * slots.Of(left.InnerCanthus)) + c])
                - (shape[(3 * slots.Of(right.OuterCanthus)) + c] + shape[(3 * slots.Of(right.InnerCanthus)) + c])) / 2;
            interocular += axis[c] * axis[c];
        }

        interocular = Math.Sqrt(interocular);
        if (!(interocular > 0))
        {
            throw new RecordingFormatException("The eyes of the first faces coincide, so no distance between them can serve as unit. Check that the landmarks are those of a face.");
        }

        var roll = Math.Atan2(axis[1], axis[0]);
        var yaw = Math.Atan2(axis[2], Math.Sqrt((axis[0] * axis[0]) + (axis[1] * axis[1])));
        double cr = Math.Cos(roll), sr = Math.Sin(roll), cy = Math.Cos(yaw), sy = Math.Sin(yaw);
        var origin = slots.Of(scheme.Origin);
        double ox = shape[3 * origin], oy = shape[(3 * origin) + 1], oz = shape[(3 * origin) + 2];
        var upright = new double[shape.Length];
        for (var i = 0; i < shape.Length; i += 3)
        {
            double x = shape[i] - ox, y = shape[i + 1] - oy, z = shape[i + 2] - oz;
            var x1 = (cr * x) + (sr * y);
            upright[i] = ((cy * x1) + (sy * z)) / interocular;
            upright[i + 1] = ((cr * y) - (sr * x)) / interocular;
            upright[i + 2] = ((cy * z) - (sy * x1)) / interocular;
        }

        return upright;
    }

    private sealed record Points(int[] UpperLid, int[] LowerLid, int[] Canthi, int[] Brow, int[] Mouth)
    {
        public static Points Of(SidedPoints side, LandmarkSlots slots) => new(
            slots.Of(side.UpperLid), slots.Of(side.LowerLid), slots.Of([side.OuterCanthus, side.InnerCanthus]), slots.Of(side.Brow), slots.Of(side.MouthCornerArea));
    }
}
