using Facialis.Anatomy;
using Facialis.Anatomy.Sites;

namespace Facialis.Toxin;

/// <summary>A plan as a person edits it: any part of it may still be open.</summary>
/// <param name="Side">The side that is to be treated, or null while nobody has said it.</param>
/// <param name="ProductId">Product, an id of the catalogue, or null while none is chosen.</param>
/// <param name="VialUnits">Units in the vial, or null.</param>
/// <param name="DiluentMl">Diluent in the vial, mL, or null.</param>
/// <param name="Points">Every point, in the order in which they were placed.</param>
public sealed record PlanContent(Side? Side, string? ProductId, decimal? VialUnits, decimal? DiluentMl, IReadOnlyList<PlanPoint> Points)
{
    private const int MostPoints = 80;
    private const decimal MostUnits = 10_000;
    private const decimal MostDiluentMl = 20;

    /// <summary>What makes it no plan at all, in sentences; empty for one that can be saved. Whether it is a good plan is for the review.</summary>
    public IReadOnlyList<string> Faults(FaceAtlas atlas, ToxinCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(atlas);
        ArgumentNullException.ThrowIfNull(catalogue);
        List<string> faults = [];
        Check(ProductId is null || catalogue.FindProduct(ProductId) is not null, "The product is not in the catalogue.");
        Check(VialUnits is null or (> 0 and <= MostUnits), "The units in a vial are more than 0 and at most 10000.");
        Check(VialUnits is not { } units || decimal.Round(units, 2) == units, "The units in a vial have at most two decimals.");
        Check(DiluentMl is null or (> 0 and <= MostDiluentMl), "The diluent is more than 0 and at most 20 mL.");
        Check(DiluentMl is not { } diluent || decimal.Round(diluent, 3) == diluent, "The diluent has at most three decimals.");
        Check(Side is null || Enum.IsDefined(Side.Value), "The side is the patient's right or left.");
        Check(Points.Count <= MostPoints, $"A plan has at most {MostPoints} points.");
        Check(Points.DistinctBy(p => p.Id).Count() == Points.Count, "A point is in the plan twice.");
        foreach (var point in Points)
        {
            var where = $"Point {point.SiteId}";
            Check(point.Id.Version == 7, $"{where} needs an id, a UUID of version 7.");
            Check(atlas.FindSite(point.SiteId) is not null, $"{where}: the face map has no such site.");
            Check(Enum.IsDefined(point.Side), $"{where}: the side is the patient's right or left.");
            Check(Enum.IsDefined(point.Depth), $"{where}: no such depth.");
            Check(
                point.LateralIpd is >= 0 and <= FacePoint.Reach && Math.Abs(point.DownIpd) <= FacePoint.Reach
                    && IsKept(point.LateralIpd) && IsKept(point.DownIpd),
                $"{where} is not on the face.");
            Check(point.Units is >= 0 and <= MostUnits && point.Units % PlanPoint.Step == 0, $"{where}: a dose goes in steps of 0.25 U.");
        }

        return faults;

        void Check(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    private static bool IsKept(decimal ipd) => decimal.Round(ipd, FacePoint.Decimals) == ipd;

    /// <summary>The plan in the terms of the rules. Of doses of no product no rule speaks, so the product is asked for.</summary>
    public InjectionPlan ToPlan(ToxinProduct product) => new(
        product,
        Points.Select(point => point.ToPlanned()),
        VialUnits is { } vial && DiluentMl is { } diluent ? new Concentration(new Dose(product, vial), new Millilitres(diluent)) : null);
}
