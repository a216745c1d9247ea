using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>One rule or fact of the catalogue, with where it comes from. Data, never a constant in code.</summary>
public sealed record ToxinRule
{
    /// <summary>Stable id, for example "ONA-EYE-FIRST".</summary>
    public required string Id { get; init; }

    /// <summary>What it looks at.</summary>
    public required RuleCheck Check { get; init; }

    /// <summary>Ids of the products it holds for; empty: every product.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Where it holds; none: everywhere.</summary>
    public LabelRegions Regions { get; init; }

    /// <summary>Upper limit in <see cref="Unit"/>; the limit itself is allowed.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Lower end of a usual range, in <see cref="Unit"/>.</summary>
    public decimal? Low { get; init; }

    /// <summary>Unit of <see cref="Limit"/>, for example "U per site". Units (U) are those of the rule's product.</summary>
    public string? Unit { get; init; }

    /// <summary>Length of a window or interval in days.</summary>
    public int? Days { get; init; }

    /// <summary>Length of a window or interval in calendar months.</summary>
    public int? Months { get; init; }

    /// <summary>Ids of the sites it holds for; empty: every site.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Avoid zone, an id of the face atlas.</summary>
    public string? Zone { get; init; }

    /// <summary>Product in whose units <see cref="Limit"/> of a zone is; for other products no dose in the zone is free.</summary>
    public string? LimitProduct { get; init; }

    /// <summary>Health question that it asks.</summary>
    public HealthQuestion? Question { get; init; }

    /// <summary>Weight when the question is not answered.</summary>
    public Severity? Unknown { get; init; }

    /// <summary>True where it only matters for points round the eye.</summary>
    public bool EyeOnly { get; init; }

    /// <summary>Indication of a label status.</summary>
    public Indication? Indication { get; init; }

    /// <summary>What the label says of it.</summary>
    public LabelStatus? Status { get; init; }

    /// <summary>Sizes of vials, U.</summary>
    public IReadOnlyList<decimal> Values { get; init; } = [];

    /// <summary>Units of the vial of a mixture, U.</summary>
    public decimal? VialUnits { get; init; }

    /// <summary>Diluent of a mixture, mL.</summary>
    public decimal? DiluentMl { get; init; }

    /// <summary>Weight of its finding; null for a fact that finds nothing.</summary>
    public Severity? Severity { get; init; }

    /// <summary>True for a hard ceiling: a second signer may agree to go above. A stop without it has to be mended.</summary>
    public bool SecondSigner { get; init; }

    /// <summary>The rule in words.</summary>
    public required string Says { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>How well it is founded.</summary>
    public required SourceMark Mark { get; init; }

    /// <summary>First day on which it holds.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Number of its text, going up with every change. A confirmation counts for one revision.</summary>
    public required int Revision { get; init; }

    /// <summary>True where the owner has to confirm it as clinic policy before it counts as confirmed.</summary>
    public bool NeedsConfirmation => Mark != SourceMark.Verified;

    /// <summary>Whether it speaks of a product.</summary>
    public bool IsFor(ToxinProduct product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return Products.Count == 0 || Products.Contains(product.Id, StringComparer.Ordinal);
    }

    /// <summary>Whether it holds in a clinic's region. Where the region is not set, every rule does.</summary>
    public bool HoldsIn(LabelRegions region) => Regions == LabelRegions.None || region == LabelRegions.None || (Regions & region) != 0;
}
