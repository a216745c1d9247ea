using System.Collections.Frozen;
using Facialis.Anatomy.Sites;

namespace Facialis.Toxin;

/// <summary>An owner's word that a rule that is not verified is the clinic's policy.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Revision">Revision that was read; it counts for no other.</param>
/// <param name="By">Name of the owner.</param>
public sealed record RuleConfirmation(string RuleId, int Revision, string By);

/// <summary>A limit that the clinic set for itself in place of a rule's own.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Revision">Revision that was read; it counts for no other.</param>
/// <param name="Limit">The new limit in the rule's unit.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="By">Name of who set it.</param>
public sealed record ClinicLimit(string RuleId, int Revision, decimal Limit, string Source, string By);

/// <summary>A clinic's limit that does not count, and why.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Why">A sentence.</param>
public sealed record RefusedLimit(ClinicLimit Limit, string Why);

/// <summary>The rules as they hold for one clinic, made ready for reviews. Make it once and keep it: it does not change.</summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<string, ProductRules> _products;

    private RuleBook(
        ToxinCatalogue catalogue, FaceAtlas atlas, LabelRegions region, TimeZoneInfo zone, FrozenDictionary<string, ProductRules> products,
        IReadOnlyList<RefusedLimit> refused) =>
        (Catalogue, Atlas, Region, Zone, _products, Refused) = (catalogue, atlas, region, zone, products, refused);

    /// <summary>Products and rules.</summary>
    public ToxinCatalogue Catalogue { get; }

    /// <summary>Sites and avoid zones.</summary>
    public FaceAtlas Atlas { get; }

    /// <summary>The clinic's label region; none where not set.</summary>
    public LabelRegions Region { get; }

    /// <summary>The clinic's time zone: days are counted there.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Limits of the clinic that do not count: they would raise a hard ceiling, or speak of an older rule.</summary>
    public IReadOnlyList<RefusedLimit> Refused { get; }

    /// <summary>Makes the rules of a clinic ready.</summary>
    /// <param name="catalogue">Products and rules.</param>
    /// <param name="atlas">Sites and avoid zones.</param>
    /// <param name="region">One label region, or none where it is not set.</param>
    /// <param name="zone">The clinic's time zone.</param>
    /// <param name="confirmations">What owners confirmed.</param>
    /// <param name="limits">Limits that the clinic set.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="region"/> is more than one region.</exception>
    public static RuleBook Prepare(
        ToxinCatalogue catalogue, FaceAtlas atlas, LabelRegions region, TimeZoneInfo zone,
        IEnumerable<RuleConfirmation>? confirmations = null, IEnumerable<ClinicLimit>? limits = null)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(atlas);
        ArgumentNullException.ThrowIfNull(zone);
        if (((int)region & ((int)region - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(region), region, "A clinic is in one label region.");
        }

        var confirmed = (confirmations ?? []).ToLookup(c => (c.RuleId, c.Revision));
        var refused = new List<RefusedLimit>();
        var own = new Dictionary<string, ClinicLimit>(StringComparer.Ordinal);
        foreach (var limit in limits ?? [])
        {
            if (WhyRefused(catalogue.FindRule(limit.RuleId), limit) is { } why)
            {
                refused.Add(new RefusedLimit(limit, why));
            }
            else
            {
                own[limit.RuleId] = limit;
            }
        }

        var order = 0;
        var prepared = catalogue.Rules
            .Select(rule => new PreparedRule(rule, own.GetValueOrDefault(rule.Id), confirmed[(rule.Id, rule.Revision)].FirstOrDefault()?.By, order++))
            .Where(rule => rule.Rule.HoldsIn(region)).ToList();
        return new RuleBook(
            catalogue, atlas, region, zone,
            catalogue.Products.ToFrozenDictionary(p => p.Id, p => new ProductRules(p, atlas, region, prepared), StringComparer.Ordinal), refused);
    }

    /// <summary>Why a clinic's limit cannot count, as a sentence; null where it can.</summary>
    /// <param name="rule">The rule, or null where the catalogue has none of that id.</param>
    /// <param name="limit">The limit.</param>
    public static string? WhyRefused(ToxinRule? rule, ClinicLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return rule switch
        {
            null => "There is no such rule.",
            { Limit: null } => "This rule has no limit to set.",
            _ when limit.Revision != rule.Revision => "The rule has changed since; look at it again.",
            _ when limit.Limit < 0 => "A limit is not negative.",
            _ when string.IsNullOrWhiteSpace(limit.Source) || string.IsNullOrWhiteSpace(limit.By) => "A limit needs a source and a name.",
            { Check: RuleCheck.Age } => limit.Limit < rule.Limit ? "A lowest age is not lowered. For one plan a second signer may agree." : null,
            { SecondSigner: true } when limit.Limit > rule.Limit =>
                $"A hard ceiling is not raised: {StrictNumber.Write(rule.Limit.Value)} {rule.Unit} stays. For one plan a second signer may agree.",
            { Check: RuleCheck.BeyondUse or RuleCheck.DiluentMost } when limit.Limit > rule.Limit => "This limit can only be made stricter.",
            _ => null,
        };
    }

    /// <summary>The day in the clinic's time zone.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>How long after mixing a product may be used here; null where neither label nor clinic says.</summary>
    /// <exception cref="ArgumentException">The book has no such product.</exception>
    public TimeSpan? BeyondUse(ToxinProduct product)
    {
        ArgumentNullException.ThrowIfNull(product);
        var rules = For(product)[RuleCheck.BeyondUse];
        return rules.Length == 0 ? null : TimeSpan.FromTicks((long)(rules.Min(r => r.Limit) * TimeSpan.TicksPerHour));
    }

    /// <summary>Why a vial cannot be mixed so, as a sentence; null where it can.</summary>
    /// <param name="vial">What the vial holds.</param>
    /// <param name="diluent">Volume to add.</param>
    /// <exception cref="ArgumentException">The book has no such product.</exception>
    public string? WhyNotMixed(Dose vial, Millilitres diluent)
    {
        if (diluent.Number == 0)
        {
            return "Without diluent nothing is mixed.";
        }

        var rules = For(vial.Product);
        foreach (var rule in rules[RuleCheck.DiluentMost])
        {
            if (diluent.Number > rule.Limit)
            {
                return $"{diluent} does not go into a vial: at most {rule.LimitText}.";
            }
        }

        foreach (var rule in rules[RuleCheck.Graduation])
        {
            if (diluent.Number % rule.Limit != 0)
            {
                return $"{diluent} cannot be measured: the syringe goes in steps of {rule.LimitText}.";
            }
        }

        return null;
    }

    /// <summary>The first day on which no interval rule of the product asks to wait any longer.</summary>
    /// <param name="product">What was given.</param>
    /// <param name="last">The clinic's day on which it was given.</param>
    /// <exception cref="ArgumentException">The book has no such product.</exception>
    public DateOnly EarliestAgain(ToxinProduct product, DateOnly last)
    {
        ArgumentNullException.ThrowIfNull(product);
        var rules = For(product);
        return rules[RuleCheck.IntervalDays].Select(rule => last.AddDays((int)rule.Limit))
            .Concat(rules[RuleCheck.IntervalMonths].Select(rule => last.AddMonths((int)rule.Limit)))
            .Append(last).Max();
    }

    internal ProductRules For(ToxinProduct product) => _products.TryGetValue(product.Id, out var rules)
        ? rules
        : throw new ArgumentException($"The rule book has no product {product.Id}.", nameof(product));
}
