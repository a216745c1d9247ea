using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Products;
using Facialis.Clinic.Vials;
using Facialis.Toxin;

namespace Facialis.Clinic.Plans;

/// <summary>What the rules say about a plan as it stands, saved or not, with all that the chart tells. Signing asks again, with the vial.</summary>
internal sealed class ReviewPlan(FindPatients patients, FactsOfPatient known, ClinicRules rules, ReadVials vials, TimeProvider clock)
{
    /// <summary>The review of a saved plan; null while it has no product or no point.</summary>
    public async Task<ReviewedPlan?> Of(PlanResource plan, CancellationToken cancellation) => plan.ProductId is null || plan.Points.Count == 0
        ? null
        : (await Handle(new PlanChange(
            plan.PatientId, plan.Revision, plan.Id, plan.Side, plan.ProductId, plan.VialUnits, plan.DiluentMl, plan.Points), cancellation)).Review;

    public async Task<ReviewAnswer> Handle(PlanChange plan, CancellationToken cancellation)
    {
        if (plan.Faults(FaceAtlas.Current, ToxinCatalogue.Current) is { Count: > 0 } faults)
        {
            return new ReviewAnswer(null, faults);
        }

        if (await patients.Find(plan.PatientId, cancellation) is not { ErasedAt: null } patient)
        {
            return new ReviewAnswer(null, null);
        }

        if (ToxinCatalogue.Current.FindProduct(plan.ProductId) is not { } product)
        {
            return new ReviewAnswer(null, ["Choose the product first: no rule speaks of units of no product."]);
        }

        return new ReviewAnswer(await Review(patient, plan.Content.ToPlan(product), plan.Side, null, cancellation), null);
    }

    /// <param name="patient">Who is treated.</param>
    /// <param name="plan">What is planned, or was given.</param>
    /// <param name="side">The side that is to be treated; null where nobody has said it.</param>
    /// <param name="vial">The vial; null while none is chosen.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="except">The treatment that is amended; null for none.</param>
    /// <param name="chair">What was read of the patient just before; null where nothing was.</param>
    public async Task<ReviewedPlan> Review(
        PatientLine patient, InjectionPlan plan, Side? side, Vial? vial, CancellationToken cancellation, Guid? except = null, AtTheChair? chair = null)
    {
        var (book, now) = (chair is null ? await rules.BookAsync(cancellation) : await rules.BookAsync(chair.Policy, cancellation), clock.GetUtcNow());
        var chart = await known.Read(patient, plan.Product, book, now, except, cancellation, chair);
        var vialFacts = vial is null ? null : chair is null ? await vials.Facts(vial, patient.Id, cancellation) : ReadVials.Facts(vial, chair.DrawnForAnother);
        var review = PlanReview.Of(plan, chart.Facts, vialFacts, book, now);
        return new ReviewedPlan(review, chart, book, FindingsOf(review, chart, plan, side));
    }

    /// <summary>What the chart stops comes first, then what the rules say. What nobody was asked today is one finding, not one for each question.</summary>
    private static List<FindingResource> FindingsOf(PlanReview review, KnownOfPatient chart, InjectionPlan plan, Side? side)
    {
        List<FindingResource> findings = [.. chart.Intake.Findings.Where(f => !f.IsOfQuestion).Select(FindingResource.Of)];
        if (side is { } treated && chart.Facts.Side is ConditionSide.PatientRight or ConditionSide.PatientLeft
            && (chart.Facts.Side == ConditionSide.PatientRight) != (treated == Side.PatientRight))
        {
            findings.Add(FindingResource.Of(new IntakeFinding(
                "PLAN-SIDE", Severity.Stop,
                $"The side to be treated is the {treated.Word().ToLowerInvariant()}, the condition is on the patient's {treated.Opposite().Word().ToLowerInvariant()}.",
                "Choose the side of the condition, or mend the condition.", "House rule: the side of the condition holds", SourceMark.ClinicPolicy)));
        }

        var places = plan.Points.Select((point, i) => (point.Id, Number: i + 1)).DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.Number);
        findings.AddRange(review.Findings.Where(f => !IsSaidAbove(f)).Select(f => FindingResource.Of(f, places)));
        return [.. findings.OrderByDescending(f => f.Severity == Severity.Stop).ThenByDescending(f => f.Severity == Severity.Confirm)];

        bool IsSaidAbove(Finding finding) =>
            (chart.Condition is null && finding.RuleId == "SIDE-UNKNOWN")
            || (chart.Intake.AnsweredAt is null && AskedBy.TryGetValue(finding.RuleId, out var question) && chart.Intake.Answers[question] == Answer.Unknown);
    }

    private static readonly Dictionary<string, HealthQuestion> AskedBy =
        ToxinCatalogue.Current.Rules.Where(r => r.Question is not null).ToDictionary(r => r.Id, r => r.Question!.Value); // filtered before
}

/// <summary>A plan with what is said of it.</summary>
/// <param name="Review">What the rules of the engine say.</param>
/// <param name="Known">What the chart says.</param>
/// <param name="Book">The rules of the clinic.</param>
/// <param name="Findings">Both together: stops first, then what needs a reason, then notes.</param>
internal sealed record ReviewedPlan(PlanReview Review, KnownOfPatient Known, RuleBook Book, IReadOnlyList<FindingResource> Findings)
{
    public bool NeedsMending => Findings.Any(f => f.Needs == FindingNeeds.Mending);

    public bool NeedsSecondSigner => Findings.Any(f => f.Needs == FindingNeeds.SecondSigner);
}

/// <param name="Review">The review; null where there is none.</param>
/// <param name="Faults">Why there is none; null where there is no such patient.</param>
internal sealed record ReviewAnswer(ReviewedPlan? Review, IReadOnlyList<string>? Faults);

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
    public static ReviewResource Of(ReviewedPlan plan) => new(
        plan.Review.ProductId, plan.Review.CatalogueVersion, plan.Review.AtlasVersion, plan.NeedsMending, plan.NeedsSecondSigner, plan.Findings);
}

/// <param name="Key">Rule and numbers of the points: names this finding when a reason is given for it.</param>
/// <param name="Severity">Stop, confirm or note.</param>
/// <param name="Needs">What has to happen before signing.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="Revision">Revision of the rule; 0 for what the chart itself says.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What would mend it.</param>
/// <param name="Source">Where the rule comes from.</param>
/// <param name="Mark">How well it is founded.</param>
/// <param name="ConfirmedBy">Who made it the clinic's policy; null where nobody did.</param>
/// <param name="AwaitsConfirmation">True where the rule is not verified and nobody of the clinic has confirmed it.</param>
/// <param name="PointIds">The points concerned; none where the whole plan is.</param>
public sealed record FindingResource(
    string Key, Severity Severity, FindingNeeds Needs, string RuleId, int Revision, string Message, string Remedy, string Source, SourceMark Mark,
    string? ConfirmedBy, bool AwaitsConfirmation, IReadOnlyList<Guid> PointIds)
{
    /// <param name="finding">What the rules say.</param>
    /// <param name="places">Number of each point.</param>
    public static FindingResource Of(Finding finding, IReadOnlyDictionary<Guid, int> places) => new(
        finding.PointIds.Count == 0 ? finding.RuleId : $"{finding.RuleId}:{string.Join(',', finding.PointIds.Select(id => places[id]))}",
        finding.Severity, finding.Needs, finding.RuleId, finding.Revision, finding.Message, finding.Remedy, finding.Source, finding.Mark,
        finding.ConfirmedBy, finding.AwaitsConfirmation, finding.PointIds);

    /// <summary>What the chart says: a stop there is mended in the chart.</summary>
    public static FindingResource Of(IntakeFinding finding) => new(
        finding.RuleId, finding.Severity, finding.Severity switch { Severity.Stop => FindingNeeds.Mending, Severity.Confirm => FindingNeeds.Reason, _ => FindingNeeds.Nothing },
        finding.RuleId, 0, finding.Message, finding.Remedy, finding.Source, finding.Mark, null, false, []);
}
