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
