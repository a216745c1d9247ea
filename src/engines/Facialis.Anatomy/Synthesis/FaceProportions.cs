namespace Facialis.Anatomy.Synthesis;

/// <summary>Proportions of a generated face, each in SDs of adults: 0 for the middle, -2.5 to 2.5. How far an SD goes is assumed.</summary>
/// <param name="Width">Width of the face outside the eyes.</param>
/// <param name="LowerFace">Length of the lower face.</param>
/// <param name="Depth">Depth of nose and chin.</param>
/// <param name="LidOpening">Opening of the lids.</param>
/// <param name="BrowHeight">Height of the brows.</param>
/// <param name="NoseWidth">Width of the nose.</param>
/// <param name="LipFullness">Fullness of the lips.</param>
/// <param name="JawWidth">Width of the jaw.</param>
/// <param name="CheekFullness">Fullness of the cheeks.</param>
public sealed record FaceProportions(
    double Width, double LowerFace, double Depth, double LidOpening, double BrowHeight, double NoseWidth, double LipFullness, double JawWidth,
    double CheekFullness);
