using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.VirtualPatient.Faces;

namespace Facialis.VirtualPatient.Spread;

/// <summary>Toxin at the end of one needle: a point of a plan as the equations see it.</summary>
/// <param name="Side">The patient's own side.</param>
/// <param name="Position">Where on that half.</param>
/// <param name="Units">Units of the model's product; not negative.</param>
/// <param name="VolumeMl">Volume, mL; not negative.</param>
/// <param name="Plane">In front of the tarsal plate or not.</param>
public readonly record struct Deposit(Side Side, FacePosition Position, double Units, double VolumeMl, TissuePlane Plane)
{
    // The lids where the plate lies, IPD. Drawn; the plate is 11 mm high above and 4 mm below.
    private const double TarsusFrom = 0.3;
    private const double TarsusTo = 0.712;
    private const double TarsusTop = -0.158;
    private const double TarsusBottom = 0.158;

    /// <summary>The plane that a needle reaches at a place and depth: in front of the tarsus only where it stays under the skin of the lid.</summary>
    public static TissuePlane PlaneAt(FacePosition position, NeedleDepth depth) =>
        depth <= NeedleDepth.Subcutaneous
        && position.LateralIpd is > TarsusFrom and < TarsusTo
        && position.DownIpd is > TarsusTop and < TarsusBottom
            ? TissuePlane.Pretarsal
            : TissuePlane.Open;

    /// <summary>The same deposit on the other half.</summary>
    public Deposit Mirrored() => this with { Side = Side.Opposite() };
}
