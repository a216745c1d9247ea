using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;

namespace Facialis.Clinic.Plans;

/// <summary>What a plan comes to: for each side, for the ring muscle of each eye, and in all.</summary>
internal static class PlanSums
{
    private const string EyeMuscle = "OOC";

    /// <summary>One line for each part that has points; nothing while the product is not chosen, for units of no product say nothing.</summary>
    public static IReadOnlyList<PlanSum> Of(PlanResource plan)
    {
        if (ToxinCatalogue.Current.FindProduct(plan.ProductId) is not { } product)
        {
            return [];
        }

        List<PlanSum> sums = [];
        foreach (var side in Sides.Both)
        {
            Add($"{side.Word()} side", plan.Points.Where(p => p.Side == side));
            Add($"{side.Word()} eye", plan.Points.Where(p => p.Side == side && FaceAtlas.Current.FindSite(p.SiteId)?.MuscleId == EyeMuscle));
        }

        Add("In all", plan.Points);
        return sums;

        void Add(string part, IEnumerable<PlanPoint> points)
        {
            var doses = points.Select(p => new Dose(product, p.Units)).ToList();
            if (doses.Count > 0)
            {
                var sum = product.Sum(doses);
                sums.Add(new PlanSum(part, doses.Count, sum, Mixed(plan, product)?.VolumeOf(sum)));
            }
        }
    }

    /// <summary>The mixture of the plan; null while vial or diluent is not chosen.</summary>
    public static Concentration? Mixed(PlanResource plan, ToxinProduct product) => plan is { VialUnits: { } units, DiluentMl: { } diluent }
        ? new Concentration(new Dose(product, units), new Millilitres(diluent))
        : null;
}

/// <param name="Part">Which part of the plan.</param>
/// <param name="Points">How many points.</param>
/// <param name="Dose">Sum of their doses, with the product.</param>
/// <param name="Volume">What that is in the syringe; null while the mixture is not chosen.</param>
internal sealed record PlanSum(string Part, int Points, Dose Dose, Millilitres? Volume);
