using Facialis.VirtualPatient.Faces;

namespace Facialis.VirtualPatient.People;

/// <summary>How one person differs from the usual in the answer to toxin: normal deviates, 0 for the middle.</summary>
/// <param name="Dose">Dose needed; positive needs more.</param>
/// <param name="Uptake">Time of uptake; positive is later.</param>
/// <param name="HalfLife">Half-life of the effect; positive is longer.</param>
/// <param name="Width">Width of the field; positive is wider.</param>
/// <param name="SideEffects">Readiness for side effects; positive is readier.</param>
/// <param name="Shifts">How far each structure that should not be reached lies from its usual place, SDs of <c>offTargetShift</c>.</param>
public sealed record Frailty(double Dose, double Uptake, double HalfLife, double Width, double SideEffects, IReadOnlyList<FacePosition> Shifts)
{
    /// <summary>The usual person.</summary>
    public static Frailty None { get; } = new(0, 0, 0, 0, 0, []);
}
