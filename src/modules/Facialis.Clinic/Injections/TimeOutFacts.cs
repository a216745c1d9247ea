using Facialis.Anatomy;
using Facialis.Clinic.Vials;
using Facialis.Toxin;

namespace Facialis.Clinic.Injections;

/// <summary>What two people read aloud before the needle.</summary>
/// <param name="Name">Who.</param>
/// <param name="BornOn">Day of birth; null where not recorded.</param>
/// <param name="Side">Side to be treated; null where it is that of the condition.</param>
/// <param name="ConditionSide">Side of the condition.</param>
/// <param name="Product">Product.</param>
/// <param name="Total">Sum of all points.</param>
/// <param name="Volume">What that is in the syringe; null while nothing is mixed.</param>
/// <param name="Vial">The vial; null while none is chosen.</param>
public sealed record TimeOutFacts(
    string Name, DateOnly? BornOn, Side? Side, ConditionSide ConditionSide, ToxinProduct Product, Dose Total, Millilitres? Volume, VialLine? Vial)
{
    internal static TimeOutFacts Of(ReadyToSign ready) => new(
        ready.Patient.Title, ready.Patient.Person.BirthDate, ready.Plan.Side, ready.Reviewed.Known.Condition?.Side ?? ConditionSide.Unknown,
        ready.Product, ready.Engine.Total, (ready.Vial?.Strength ?? ready.Engine.Strength)?.VolumeOf(ready.Engine.Total),
        ready.Vial is null ? null : VialLine.Of(ready.Vial));
}

/// <summary>A vial as it is shown where one is chosen.</summary>
/// <param name="Id">Id.</param>
/// <param name="Lot">Lot.</param>
/// <param name="LotExpires">Last day of the lot.</param>
/// <param name="Nominal">What it held.</param>
/// <param name="Left">What is left.</param>
/// <param name="Strength">Mixture; null while sealed.</param>
/// <param name="MixedAt">When it was mixed.</param>
/// <param name="UsableUntil">Last moment of use; null where no rule says.</param>
public sealed record VialLine(
    Guid Id, string Lot, DateOnly LotExpires, Dose Nominal, Dose Left, Concentration? Strength, DateTimeOffset? MixedAt, DateTimeOffset? UsableUntil)
{
    internal static VialLine Of(Vial vial) => new(
        vial.Id, vial.Lot, vial.LotExpires, vial.Nominal, vial.Left, vial.Strength, vial.MixedAt, vial.UsableUntil);
}
