namespace Facialis.Anatomy.Recordings.Import;

/// <summary>The rule for positions that every import keeps.</summary>
internal static class Positions
{
    /// <summary>Pixels; no picture is as large, and every format can hold it.</summary>
    private const double Farthest = 1_000_000;

    /// <summary>A position as frames hold it.</summary>
    public static float Require(double pixels, string where) => Math.Abs(pixels) <= Farthest
        ? (float)pixels
        : throw new RecordingFormatException($"{where}: a landmark cannot lie {Farthest:0} pixels away from the picture.");
}
