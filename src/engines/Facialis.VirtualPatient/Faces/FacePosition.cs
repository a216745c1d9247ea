using Facialis.Anatomy;

namespace Facialis.VirtualPatient.Faces;

/// <summary>A place of the model on one half of the face, in the frame of <see cref="FacePoint"/> but with the arithmetic of doubles.</summary>
/// <param name="LateralIpd">Towards the ear of that half, IPD; negative across the midline.</param>
/// <param name="DownIpd">Below the pupils, IPD; negative above.</param>
public readonly record struct FacePosition(double LateralIpd, double DownIpd)
{
    /// <summary>The position of a point of the face map.</summary>
    public static FacePosition Of(FacePoint point) => new((double)point.LateralIpd, (double)point.DownIpd);
}
