using Facialis.Anatomy;
using Facialis.Toxin;

namespace Facialis.Clinic.Plans;

/// <summary>A plan as the API gives it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="PatientId">Whose plan it is.</param>
/// <param name="Revision">Goes up with every saved change; send it back with the next.</param>
/// <param name="State">Open, or closed when the treatment was given.</param>
/// <param name="ChangedAt">When it was last changed.</param>
/// <param name="ClosedAt">When the treatment was given; null while open.</param>
/// <param name="AtlasVersion">Version of the face map.</param>
/// <param name="RulesVersion">Version of products and dose rules under which it was begun.</param>
/// <param name="Side">The side that is to be treated, the patient's own; null while nobody has said it.</param>
/// <param name="ProductId">Product; null while none is chosen.</param>
/// <param name="VialUnits">Units of that product in the vial.</param>
/// <param name="DiluentMl">Diluent, mL.</param>
/// <param name="Points">The points, in the order in which they were placed.</param>
/// <param name="CopiedFromId">The plan that it repeats.</param>
/// <param name="Differences">What is not as it was in the repeated plan.</param>
/// <param name="LookedAt">Keys of the differences that somebody has looked at.</param>
/// <param name="IsDemonstration">True: made by a generator.</param>
public sealed record PlanResource(
    Guid Id,
    Guid PatientId,
    int Revision,
    PlanState State,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ClosedAt,
    string AtlasVersion,
    string RulesVersion,
    Side? Side,
    string? ProductId,
    decimal? VialUnits,
    decimal? DiluentMl,
    IReadOnlyList<PlanPoint> Points,
    Guid? CopiedFromId,
    IReadOnlyList<CopyDifference> Differences,
    IReadOnlyList<string> LookedAt,
    bool IsDemonstration)
{
    internal static PlanResource Of(PlanDraft plan, IReadOnlyList<CopyDifference> differences) => new(
        plan.Id, plan.PatientId, plan.Revision, plan.State, plan.ChangedAt, plan.ClosedAt, plan.AtlasVersion, plan.RulesVersion,
        plan.Side, plan.ProductId, plan.VialUnits, plan.DiluentMl, plan.Points, plan.CopiedFromId, differences, plan.LookedAt, plan.IsDemonstration);
}

/// <summary>What a person needs to plan a patient's next treatment.</summary>
/// <param name="PatientId">The patient.</param>
/// <param name="PatientCode">Chart code.</param>
/// <param name="ConditionSide">Side of the recorded condition, the patient's own; unknown where none is recorded.</param>
/// <param name="Open">The plan under way; null where there is none.</param>
/// <param name="Last">What was given last; null where nothing was.</param>
/// <param name="Outcome">What was measured before and after it, in a sentence; null where nothing was.</param>
/// <param name="Products">What can be planned.</param>
public sealed record PlanningResource(
    Guid PatientId, string PatientCode, ConditionSide ConditionSide, PlanResource? Open, PlanResource? Last, string? Outcome, IReadOnlyList<PlanProduct> Products);

/// <summary>A product for planning.</summary>
/// <param name="Id">Id in the catalogue.</param>
/// <param name="Name">Both names, as they stand beside every dose.</param>
/// <param name="VialSizes">Units in its vials.</param>
/// <param name="Mixes">Mixtures that a label names.</param>
/// <param name="Doses">Usual doses by site; empty where none are known for this product.</param>
public sealed record PlanProduct(
    string Id, string Name, IReadOnlyList<decimal> VialSizes, IReadOnlyList<PlanMix> Mixes, IReadOnlyList<PlanSiteDose> Doses);

/// <param name="VialUnits">Units in the vial.</param>
/// <param name="DiluentMl">Diluent, mL.</param>
public sealed record PlanMix(decimal VialUnits, decimal DiluentMl);

/// <param name="SiteId">Site.</param>
/// <param name="StartLow">Lower end of a cautious first dose.</param>
/// <param name="StartHigh">Upper end of it.</param>
/// <param name="UsualLow">Lower end of the usual later range.</param>
/// <param name="UsualHigh">Upper end of it.</param>
/// <param name="Max">Ceiling.</param>
public sealed record PlanSiteDose(string SiteId, decimal StartLow, decimal StartHigh, decimal UsualLow, decimal UsualHigh, decimal Max);
