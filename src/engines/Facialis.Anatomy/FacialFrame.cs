namespace Facialis.Anatomy;

/// <summary>The size of one patient's face: turns IPD units into millimetres and back.</summary>
public sealed record FacialFrame
{
    /// <summary>Interpupillary distance where none was measured, mm: about the adult mean (recalled).</summary>
    public const decimal UsualIpdMm = 63m;

    /// <summary>Smallest distance that is taken for an interpupillary distance, mm. Estimate: below any adult and most children.</summary>
    public const decimal SmallestIpdMm = 40m;

    /// <summary>Largest distance that is taken for an interpupillary distance, mm. Estimate: above any published adult range.</summary>
    public const decimal LargestIpdMm = 85m;

    /// <summary>Makes the frame of a face.</summary>
    /// <param name="ipdMm">Distance between the centres of the pupils, mm; 40 to 85.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ipdMm"/> is outside its range.</exception>
    public FacialFrame(decimal ipdMm = UsualIpdMm)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ipdMm, SmallestIpdMm);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ipdMm, LargestIpdMm);
        IpdMm = ipdMm;
    }

    /// <summary>A face of usual size.</summary>
    public static FacialFrame Usual { get; } = new();

    /// <summary>Distance between the centres of the pupils, mm.</summary>
    public decimal IpdMm { get; }

    /// <summary>A length in mm.</summary>
    public decimal ToMm(decimal ipdUnits) => ipdUnits * IpdMm;

    /// <summary>A length in IPD units.</summary>
    public decimal ToIpd(decimal mm) => mm / IpdMm;

    /// <summary>How far a point is from the midline, mm.</summary>
    public decimal MidlineDistanceMm(FacePoint point) => ToMm(point.LateralIpd);

    /// <summary>The point at so many mm lateral to the midline and below the pupils, rounded to what <see cref="FacePoint"/> keeps.</summary>
    /// <param name="lateralMm">mm from the midline towards the ear; not negative.</param>
    /// <param name="downMm">mm below the pupils, negative above.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lateralMm"/> is negative.</exception>
    public FacePoint FromMm(decimal lateralMm, decimal downMm)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lateralMm);
        return FacePoint.Nearest(ToIpd(lateralMm), ToIpd(downMm));
    }

    /// <summary>Straight distance between two places in the picture plane, mm; across the midline where the sides differ.</summary>
    public double DistanceMm(FacePlace first, FacePlace second)
    {
        var across = (double)(first.TowardsLeftIpd - second.TowardsLeftIpd);
        var down = (double)(first.Point.DownIpd - second.Point.DownIpd);
        return Math.Sqrt((across * across) + (down * down)) * (double)IpdMm;
    }
}
