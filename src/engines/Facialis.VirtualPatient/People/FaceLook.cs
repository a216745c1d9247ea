using Facialis.Anatomy.Synthesis;

namespace Facialis.VirtualPatient.People;

/// <summary>What a face looks like: for drawing. Every shape figure is in SDs of adults, 0 for the middle, -2.5 to 2.5.</summary>
/// <param name="IpdMm">Distance between the pupils, mm; 54 to 74.</param>
/// <param name="SkinTone">1 (very light) to 6 (very dark), the steps of Fitzpatrick.</param>
/// <param name="Width">Width of the face.</param>
/// <param name="LowerFace">Length of the lower face.</param>
/// <param name="Depth">Depth of nose and chin.</param>
/// <param name="LidOpening">Opening of the lids.</param>
/// <param name="BrowHeight">Height of the brows.</param>
/// <param name="NoseWidth">Width of the nose.</param>
/// <param name="LipFullness">Fullness of the lips.</param>
/// <param name="JawWidth">Width of the jaw.</param>
/// <param name="CheekFullness">Fullness of the cheeks.</param>
/// <param name="Lines">Lines of age, 0 to 1.</param>
/// <param name="HairTone">0 (black) to 1 (white).</param>
/// <param name="MeshSeed">Chooses the asymmetry of the generated landmarks, see <c>MovingFaceOptions.FaceSeed</c>.</param>
public sealed record FaceLook(
    double IpdMm, int SkinTone, double Width, double LowerFace, double Depth, double LidOpening, double BrowHeight, double NoseWidth,
    double LipFullness, double JawWidth, double CheekFullness, double Lines, double HairTone, long MeshSeed)
{
    /// <summary>The proportions of the generated landmarks.</summary>
    public FaceProportions Proportions => new(Width, LowerFace, Depth, LidOpening, BrowHeight, NoseWidth, LipFullness, JawWidth, CheekFullness);
}
