namespace Facialis.VirtualPatient.Faces;

/// <summary>The shape over which the nerve endings of a muscle are strewn.</summary>
internal enum CloudKind
{
    /// <summary>A box from its inner upper to its outer lower corner.</summary>
    Box,

    /// <summary>A ring sector: radius in IPD and angle in degrees, 0 towards the ear, positive upwards.</summary>
    Arc,

    /// <summary>A line with some width.</summary>
    Line,
}

/// <summary>Strews nerve endings evenly over a shape, the same every time.</summary>
internal static class EndplateCloud
{
    // The plastic number's powers: successive multiples fill a square evenly (Roberts' additive sequence).
    private const double StepX = 0.7548776662466927;
    private const double StepY = 0.5698402909980532;

    /// <summary>IPD of the mesh on which the shapes were drawn, mm.</summary>
    private const double DrawnIpdMm = 63.2;

    public static FacePosition[] Of(CloudKind kind, double[] from, double[] to, double[]? centre, double widthMm, int count)
    {
        var places = new FacePosition[count];
        for (var i = 0; i < count; i++)
        {
            var u = Part(0.5 + (StepX * (i + 1)));
            var v = Part(0.5 + (StepY * (i + 1)));
            places[i] = kind switch
            {
                CloudKind.Arc => OnArc(centre ?? throw new InvalidDataException("An arc has a centre."), Between(from[0], to[0], u), Between(from[1], to[1], v)),
                CloudKind.Line => OnLine(from, to, (i + 0.5) / count, (v - 0.5) * 2 * widthMm / DrawnIpdMm),
                _ => new FacePosition(Between(from[0], to[0], u), Between(from[1], to[1], v)),
            };
        }

        return places;
    }

    private static FacePosition OnArc(double[] centre, double radius, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        // Rounded, so that a last bit of sine or cosine never changes the hash.
        return new FacePosition(Math.Round(centre[0] + (radius * cos), 6), Math.Round(centre[1] - (radius * sin), 6));
    }

    private static FacePosition OnLine(double[] from, double[] to, double along, double aside)
    {
        var (x, y) = (to[0] - from[0], to[1] - from[1]);
        var length = Math.Sqrt((x * x) + (y * y));
        return new FacePosition(from[0] + (x * along) - (y / length * aside), from[1] + (y * along) + (x / length * aside));
    }

    private static double Between(double low, double high, double share) => low + ((high - low) * share);

    private static double Part(double value) => value - Math.Floor(value);
}
