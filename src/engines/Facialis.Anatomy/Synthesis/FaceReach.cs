namespace Facialis.Anatomy.Synthesis;

/// <summary>How far an action at amplitude 1 moves what a measurement reads on its side of the face, in interocular distances.</summary>
/// <param name="LidNarrowing">How much narrower the opening between the lids becomes.</param>
/// <param name="CornerUp">How far the corner of the mouth goes up.</param>
/// <param name="CornerOut">How far it goes away from the midline.</param>
public readonly record struct FaceReach(double LidNarrowing, double CornerUp, double CornerOut);
