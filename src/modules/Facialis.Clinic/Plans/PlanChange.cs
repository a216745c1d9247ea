using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;

namespace Facialis.Clinic.Plans;

/// <summary>A whole plan as the person wants it saved.</summary>
/// <param name="PatientId">Whose plan it is.</param>
/// <param name="Revision">The revision that was edited; 0 for a plan that is not there yet.</param>
/// <param name="ChangeId">UUIDv7 of this change. The same change sent again is not saved again.</param>
/// <param name="Side">The side that is to be treated, or null while nobody has said it.</param>
/// <param name="ProductId">Product, or null while none is chosen.</param>
/// <param name="VialUnits">Units in the vial, or null.</param>
/// <param name="DiluentMl">Diluent in the vial, mL, or null.</param>
/// <param name="Points">Every point.</param>
/// <param name="LookedAt">Keys of the differences from the repeated plan that somebody has looked at.</param>
internal sealed record PlanChange(
    Guid PatientId,
    int Revision,
    Guid ChangeId,
    Side? Side,
    string? ProductId,
    decimal? VialUnits,
    decimal? DiluentMl,
    IReadOnlyList<PlanPoint> Points,
    IReadOnlyList<string>? LookedAt = null)
{
    private const int MostDifferences = 20;
    private const int MostKeyLength = 100;

    /// <summary>What a person edits of it.</summary>
    public PlanContent Content => new(Side, ProductId, VialUnits, DiluentMl, Points);

    /// <summary>What makes it no plan at all, in sentences; empty for one that can be saved. Whether it is a good plan is for the review.</summary>
    public IReadOnlyList<string> Faults(FaceAtlas atlas, ToxinCatalogue catalogue)
    {
        List<string> faults = [.. Content.Faults(atlas, catalogue)];
        if (ChangeId.Version != 7)
        {
            faults.Add("The change needs an id, a UUID of version 7.");
        }

        if (LookedAt is { Count: > MostDifferences } || LookedAt?.Any(key => key.Length > MostKeyLength) == true)
        {
            faults.Add("Too many differences.");
        }

        return faults;
    }
}
