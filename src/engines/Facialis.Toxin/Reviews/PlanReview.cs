namespace Facialis.Toxin;

/// <summary>What the rules say about a plan. The same plan, facts, vial, rules and moment give the same review, byte for byte.</summary>
public sealed class PlanReview
{
    internal PlanReview(InjectionPlan plan, RuleBook book, DateTimeOffset at, IReadOnlyList<Finding> findings)
    {
        (ProductId, CatalogueVersion, AtlasVersion, Region, At, Findings) =
            (plan.Product.Id, book.Catalogue.Version, book.Atlas.Version, book.Region, at.ToUniversalTime(), findings);
        Day = book.DayOf(at);
    }

    /// <summary>The findings: stops first, then what needs a reason, then notes; among these in the order of the catalogue and of the points.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Product of the plan.</summary>
    public string ProductId { get; }

    /// <summary>Version of the rules that were applied.</summary>
    public string CatalogueVersion { get; }

    /// <summary>Version of sites and zones that were applied.</summary>
    public string AtlasVersion { get; }

    /// <summary>Label region that was applied; none where it is not set.</summary>
    public LabelRegions Region { get; }

    /// <summary>Moment of the review, UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Local day of the review: the day up to which windows and intervals were counted.</summary>
    public DateOnly Day { get; }

    /// <summary>The heaviest severity found, or null where nothing was found.</summary>
    public Severity? Worst => Findings.Count == 0 ? null : Findings[0].Severity;

    /// <summary>True where something has to be mended before anybody can sign.</summary>
    public bool NeedsMending => Findings.Any(f => f.Needs == FindingNeeds.Mending);

    /// <summary>True where a second signer has to agree.</summary>
    public bool NeedsSecondSigner => Findings.Any(f => f.Needs == FindingNeeds.SecondSigner);

    /// <summary>The findings that each need a reason before signing. One above a hard ceiling needs a reason too.</summary>
    public IEnumerable<Finding> NeedReasons => Findings.Where(f => f.Needs is FindingNeeds.Reason or FindingNeeds.SecondSigner);

    /// <summary>Reviews a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="facts">The patient.</param>
    /// <param name="vial">The vial, or null while none is chosen.</param>
    /// <param name="book">The clinic's rules.</param>
    /// <param name="now">The moment; days are counted in the book's time zone.</param>
    public static PlanReview Of(InjectionPlan plan, PatientFacts facts, VialFacts? vial, RuleBook book, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(book);
        return new PlanReview(plan, book, now, plan.Product.Open(new ReviewWork(plan, facts, vial, book, now)));
    }

    /// <summary>The review as canonical JSON: no blanks, keys in the order of their letters; made to be hashed and kept with the signature.</summary>
    public byte[] ToCanonicalJson() => CanonicalJson.Of(this);
}
