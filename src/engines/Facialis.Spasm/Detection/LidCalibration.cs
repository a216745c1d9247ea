namespace Facialis.Spasm.Detection;

/// <summary>Turns the lid opening that the mesh shows into the share of the way from open to closed.</summary>
/// <remarks>
/// The refined mesh answers lid closure with an S-shaped curve and never shuts fully: held closures of 20, 40, 60, 80 and
/// 100 % of a filmed eye left 89, 77, 60, 30 and 16 % of the opening (measured once on one face; the project's calibration
/// stairs repeat it). The curve below undoes that, scaled to the smallest opening seen in the same recording.
/// </remarks>
internal static class LidCalibration
{
    /// <summary>Share of the open height that a shut eye still shows, where the recording holds no closure of its own.</summary>
    public const double UsualClosedShare = 0.16;

    private static readonly double[] Measured = [0, 0.131, 0.274, 0.476, 0.833, 1];
    private static readonly double[] True = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>Closure, 0 (open) to 1 (closed).</summary>
    /// <param name="openShare">Lid opening over its open level.</param>
    /// <param name="closedShare">That share when this eye is shut; below 1.</param>
    public static double Closure(double openShare, double closedShare)
    {
        var narrowed = Math.Clamp((1 - openShare) / (1 - closedShare), 0, 1);
        var k = 1;
        while (k < Measured.Length - 1 && narrowed > Measured[k])
        {
            k++;
        }

        return True[k - 1] + ((narrowed - Measured[k - 1]) / (Measured[k] - Measured[k - 1]) * (True[k] - True[k - 1]));
    }
}
