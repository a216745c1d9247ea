namespace Facialis.Anatomy;

/// <summary>
/// A place on one half of the standard face. Which half is a <see cref="Side"/> kept beside it, so mirroring never touches a coordinate.
/// </summary>
/// <remarks>
/// Unit: interpupillary distance (IPD). Origin midway between the pupils, eyes open, face upright and frontal. Decimal, so that what was
/// placed, stored, sent and reviewed is the same number.
/// </remarks>
public readonly record struct FacePoint
{
    /// <summary>Farthest place that is still on a face or neck, IPD from the origin along either axis.</summary>
    public const decimal Reach = 3m;

    /// <summary>Decimal places that are kept: 0.0001 IPD is 0.006 mm at an IPD of 63 mm.</summary>
    public const int Decimals = 4;

    /// <summary>Makes a point.</summary>
    /// <param name="lateralIpd">Distance from the midline towards the ear, IPD; 0 to <see cref="Reach"/>.</param>
    /// <param name="downIpd">Distance below the pupils, IPD, negative above; at most <see cref="Reach"/> either way.</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is outside its range or finer than <see cref="Decimals"/> places.</exception>
    public FacePoint(decimal lateralIpd, decimal downIpd)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lateralIpd);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lateralIpd, Reach);
        ArgumentOutOfRangeException.ThrowIfNotEqual(lateralIpd, decimal.Round(lateralIpd, Decimals));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(downIpd), Reach, nameof(downIpd));
        ArgumentOutOfRangeException.ThrowIfNotEqual(downIpd, decimal.Round(downIpd, Decimals));
        (LateralIpd, DownIpd) = (lateralIpd, downIpd);
    }

    /// <summary>Distance from the midline towards the ear of that half, IPD; never negative.</summary>
    public decimal LateralIpd { get; }

    /// <summary>Distance below the pupils, IPD; negative above them.</summary>
    public decimal DownIpd { get; }

    /// <summary>The point nearest to the given coordinates that is on a face: rounded, and drawn in where it lies outside.</summary>
    public static FacePoint Nearest(decimal lateralIpd, decimal downIpd) => new(
        Math.Clamp(decimal.Round(lateralIpd, Decimals, MidpointRounding.AwayFromZero), 0, Reach),
        Math.Clamp(decimal.Round(downIpd, Decimals, MidpointRounding.AwayFromZero), -Reach, Reach));

    /// <summary>Takes the coordinates apart.</summary>
    public void Deconstruct(out decimal lateralIpd, out decimal downIpd) => (lateralIpd, downIpd) = (LateralIpd, DownIpd);
}
