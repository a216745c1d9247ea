namespace Facialis.Anatomy;

/// <summary>A point together with the half of the face that it lies on.</summary>
/// <param name="Side">The patient's own side.</param>
/// <param name="Point">Where on that half.</param>
public readonly record struct FacePlace(Side Side, FacePoint Point)
{
    /// <summary>The same place on the other half.</summary>
    public FacePlace Mirrored => this with { Side = Side.Opposite() };

    /// <summary>Distance from the midline, positive towards the patient's left, IPD: what a picture of the whole face needs.</summary>
    public decimal TowardsLeftIpd => Side == Side.PatientLeft ? Point.LateralIpd : -Point.LateralIpd;

    /// <summary>The place at a signed distance from the midline.</summary>
    /// <param name="towardsLeftIpd">IPD, positive towards the patient's left.</param>
    /// <param name="downIpd">IPD below the pupils.</param>
    /// <param name="onMidline">Side given to a place that rounds to the midline itself, where the sign says nothing.</param>
    /// <remarks>Rounded to <see cref="FacePoint.Decimals"/> and drawn onto the face where it lies outside.</remarks>
    public static FacePlace FromSigned(decimal towardsLeftIpd, decimal downIpd, Side onMidline)
    {
        var point = FacePoint.Nearest(Math.Abs(towardsLeftIpd), downIpd);
        var side = point.LateralIpd == 0 ? onMidline : towardsLeftIpd > 0 ? Side.PatientLeft : Side.PatientRight;
        return new FacePlace(side, point);
    }
}
