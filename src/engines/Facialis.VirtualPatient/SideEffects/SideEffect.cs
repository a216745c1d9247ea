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

    /// <summary>How far it is there on that day, 0 to 1: it comes within days and goes over the last third.</summary>
    public double ExtentAt(double day)
    {
        if (!IsThere(day))
        {
            return 0;
        }

        var going = Math.Max(2, (ToDay - FromDay) / 3.0);
        return Math.Clamp(Math.Min((day - FromDay + 1) / 3, (ToDay - day + 1) / going), 0, 1);
    }

    /// <summary>The same on the other side.</summary>
    public SideEffect Mirrored() => this with { Side = Side.Opposite() };
}
