namespace Facialis.Anatomy;

/// <summary>A side of the face: always the patient's own right or left, never the viewer's.</summary>
public enum Side
{
    /// <summary>The patient's right half of the face.</summary>
    PatientRight = 0,

    /// <summary>The patient's left half of the face.</summary>
    PatientLeft = 1,
}

/// <summary>What can be asked of a <see cref="Side"/>.</summary>
public static class Sides
{
    /// <summary>Both sides, right first.</summary>
    public static IReadOnlyList<Side> Both { get; } = [Side.PatientRight, Side.PatientLeft];

    /// <summary>The other side.</summary>
    public static Side Opposite(this Side side) => side == Side.PatientRight ? Side.PatientLeft : Side.PatientRight;

    /// <summary>The word a person reads: "Right" or "Left", of the patient.</summary>
    public static string Word(this Side side) => side == Side.PatientRight ? "Right" : "Left";
}
