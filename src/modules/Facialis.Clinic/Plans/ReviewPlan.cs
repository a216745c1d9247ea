using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Products;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Plans;

/// <summary>What the rules say about a plan as it stands, saved or not. Signing asks again.</summary>
internal sealed class ReviewPlan(FacialisDb db, FindPatients patients, ClinicRules rules, TimeProvider clock)
{
    /// <summary>The review of a saved plan; null while it has no product or no point.</summary>
    public async Task<PlanReview?> Of(PlanResource plan, CancellationToken cancellation) => plan.ProductId is null || plan.Points.Count == 0
        ? null
        : (await Handle(new PlanChange(
            plan.PatientId, plan.Revision, plan.Id, plan.Side, plan.ProductId, plan.VialUnits, plan.DiluentMl, plan.Points), cancellation)).Review;

    public async Task<ReviewAnswer> Handle(PlanChange plan, CancellationToken cancellation)
    {
        var catalogue = ToxinCatalogue.Current;
        if (plan.Faults(FaceAtlas.Current, catalogue) is { Count: > 0 } faults)
        {
            return new ReviewAnswer(null, faults);
        }

        if (await patients.Find(plan.PatientId, cancellation) is not { ErasedAt: null } patient)
        {
            return new ReviewAnswer(null, null);
        }

        if (catalogue.FindProduct(plan.ProductId) is not { } product)
        {
            return new ReviewAnswer(null, ["Choose the product first: no rule speaks of units of no product."]);
        }

        var book = await rules.BookAsync(cancellation);
        var facts = await FactsAsync(plan, patient, book, catalogue, cancellation);
        return new ReviewAnswer(PlanReview.Of(Engine(plan, product), facts, vial: null, book, clock.GetUtcNow()), null);
    }

    /// <summary>The plan in the engine's own terms.</summary>
    private static InjectionPlan Engine(PlanChange plan, ToxinProduct product) => new(
        product,
        plan.Points.Select(point => new PlannedPoint(
            new PlacedPoint(point.Id, point.SiteId, point.Side, point.Point), new Units(point.Units), point.Depth)),
        plan is { VialUnits: { } vial, DiluentMl: { } diluent } ? new Concentration(new Dose(product, vial), new Millilitres(diluent)) : null);

    /// <summary>What the clinic knows of the patient. What nobody asked stays unknown, and unknown stops.</summary>
    private async Task<PatientFacts> FactsAsync(
        PlanChange plan, PatientLine patient, RuleBook book, ToxinCatalogue catalogue, CancellationToken cancellation)
    {
        var given = await db.Set<PlanDraft>().AsNoTracking()
            .Where(p => p.PatientId == plan.PatientId && p.State == PlanState.Closed).OrderBy(p => p.ClosedAt).ToListAsync(cancellation);
        return new PatientFacts
        {
            BornOn = patient.Person.BirthDate,
            Side = plan.Side switch
            {
                Side.PatientRight => ConditionSide.PatientRight,
                Side.PatientLeft => ConditionSide.PatientLeft,
                _ => ConditionSide.Unknown,
            },
            Earlier =
            [
                .. given.Select(earlier => new EarlierTreatment(
                    earlier.ClosedAt is { } at ? book.DayOf(at) : null,
                    catalogue.FindProduct(earlier.ProductId),
                    new Units(earlier.Points.Sum(p => p.Units)))
                {
                    Points = [.. earlier.Points.Select(p => new EarlierPoint(p.SiteId, p.Side, new Units(p.Units)))],
                }),
            ],
        };
    }
}

/// <param name="Review">The review; null where there is none.</param>
/// <param name="Faults">Why there is none; null where there is no such patient.</param>
internal sealed record ReviewAnswer(PlanReview? Review, IReadOnlyList<string>? Faults);

/// <summary>A review as the API gives it.</summary>
/// <param name="ProductId">Product of the plan.</param>
/// <param name="RulesVersion">Version of products and rules.</param>
/// <param name="AtlasVersion">Version of sites and zones.</param>
/// <param name="NeedsMending">True where something must be mended before anybody can sign.</param>
/// <param name="NeedsSecondSigner">True where a second signer has to agree.</param>
/// <param name="Findings">Stops first, then what needs a reason, then notes.</param>
internal sealed record ReviewResource(
    string ProductId, string RulesVersion, string AtlasVersion, bool NeedsMending, bool NeedsSecondSigner, IReadOnlyList<FindingResource> Findings)
{
    public static ReviewResource Of(PlanReview review) => new(
        review.ProductId, review.CatalogueVersion, review.AtlasVersion, review.NeedsMending, review.NeedsSecondSigner,
        [.. review.Findings.Select(f => new FindingResource(
            f.Severity, f.Needs, f.RuleId, f.Message, f.Remedy, f.Source, f.Mark, f.AwaitsConfirmation, f.PointIds))]);
}

/// <param name="Severity">Stop, confirm or note.</param>
/// <param name="Needs">What has to happen before signing.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What would mend it.</param>
/// <param name="Source">Where the rule comes from.</param>
/// <param name="Mark">How well it is founded.</param>
/// <param name="AwaitsConfirmation">True where the rule is not verified and nobody of the clinic has confirmed it.</param>
/// <param name="PointIds">The points concerned; none where the whole plan is.</param>
internal sealed record FindingResource(
    Severity Severity, FindingNeeds Needs, string RuleId, string Message, string Remedy, string Source, SourceMark Mark, bool AwaitsConfirmation,
    IReadOnlyList<Guid> PointIds);
