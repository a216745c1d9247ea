using Facialis.Anatomy;

namespace Facialis.VirtualPatient.SideEffects;

/// <summary>Something that went wrong after a treatment.</summary>
/// <param name="Kind">What.</param>
/// <param name="Side">On which side, the patient's own.</param>
/// <param name="FromDay">First day, days since the case began.</param>
/// <param name="ToDay">Last day, days since the case began; not before the first.</param>
/// <param name="Probability">How probable the model held it for this person and treatment, 0 to 1.</param>
/// <param name="Cycle">The treatment that it followed, from 0.</param>
public sealed record SideEffect(SideEffectKind Kind, Side Side, int FromDay, int ToDay, double Probability, int Cycle)
{
    /// <summary>Whether it is there on that day.</summary>
    public bool IsThere(double day) => day >= FromDay && day <= ToDay;

    /// <summary>The same on the other side.</summary>
    public SideEffect Mirrored() => this with { Side = Side.Opposite() };
}
