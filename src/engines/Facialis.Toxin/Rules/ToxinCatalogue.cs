using System.Collections.Frozen;

namespace Facialis.Toxin;

/// <summary>Products and rules of this build, read from the data files that the assembly carries.</summary>
public sealed class ToxinCatalogue
{
    private static readonly Lazy<ToxinCatalogue> Loaded = new(RuleFiles.Load);
    private readonly FrozenDictionary<string, ToxinProduct> _products;
    private readonly FrozenDictionary<string, ToxinRule> _rules;

    internal ToxinCatalogue(string version, IReadOnlyList<ToxinProduct> products, IReadOnlyList<SiteDose> sites, IReadOnlyList<ToxinRule> rules)
    {
        (Version, Products, SiteDoses, Rules) = (version, products, sites, rules);
        _products = products.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);
        _rules = rules.ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
    }

    /// <summary>The catalogue that this build carries.</summary>
    public static ToxinCatalogue Current => Loaded.Value;

    /// <summary>Names exactly these data: the first 16 hexadecimal digits of the SHA-256 of the files. A review keeps it.</summary>
    public string Version { get; }

    /// <summary>Every product.</summary>
    public IReadOnlyList<ToxinProduct> Products { get; }

    /// <summary>Usual doses and ceilings by site, as a table. The rules made of them are in <see cref="Rules"/>.</summary>
    public IReadOnlyList<SiteDose> SiteDoses { get; }

    /// <summary>Every rule and fact.</summary>
    public IReadOnlyList<ToxinRule> Rules { get; }

    /// <summary>The product with that id, or null.</summary>
    public ToxinProduct? FindProduct(string? id) => id is null ? null : _products.GetValueOrDefault(id);

    /// <summary>The product with that id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The catalogue holds no such product.</exception>
    public ToxinProduct Product(string id) =>
        FindProduct(id) ?? throw new ArgumentOutOfRangeException(nameof(id), id, "The catalogue holds no such product.");

    /// <summary>The rule with that id, or null.</summary>
    public ToxinRule? FindRule(string? id) => id is null ? null : _rules.GetValueOrDefault(id);

    /// <summary>The rules that look at one thing and speak of one product.</summary>
    public IEnumerable<ToxinRule> Of(RuleCheck check, ToxinProduct product) => Rules.Where(r => r.Check == check && r.IsFor(product));

    /// <summary>Sizes in which vials of a product come, smallest first; empty where not known.</summary>
    public IReadOnlyList<Dose> VialSizes(ToxinProduct product) =>
        [.. Of(RuleCheck.VialSizes, product).SelectMany(r => r.Values).Order().Select(units => new Dose(product, units))];

    /// <summary>The mixtures that a label names, with the rule that says so.</summary>
    public IReadOnlyList<LabelMix> Mixes(ToxinProduct product) =>
        [.. Of(RuleCheck.Mix, product).Select(r => new LabelMix(r, new Concentration(new Dose(product, r.VialUnits!.Value), new Millilitres(r.DiluentMl!.Value))))]; // a mixture has both, or the file is refused

    /// <summary>How long after mixing a product may be used, by the rules of a region; the shortest. Null where not known.</summary>
    public TimeSpan? BeyondUse(ToxinProduct product, LabelRegions region) =>
        Of(RuleCheck.BeyondUse, product).Where(r => r.HoldsIn(region)).Min(r => r.Limit) is { } hours ? TimeSpan.FromHours((double)hours) : null;
}

/// <summary>A mixture that a label names.</summary>
/// <param name="Rule">The fact with its source and mark.</param>
/// <param name="Concentration">What it comes to.</param>
public sealed record LabelMix(ToxinRule Rule, Concentration Concentration);

/// <summary>Usual doses of one product at one site, for each side.</summary>
/// <param name="SiteId">Site, an id of the face atlas.</param>
/// <param name="StartLow">Lower end of a cautious first dose.</param>
/// <param name="StartHigh">Upper end of a cautious first dose; 0 U where the site is left out at first.</param>
/// <param name="UsualLow">Lower end of the usual later range.</param>
/// <param name="UsualHigh">Upper end of the usual later range.</param>
/// <param name="Max">Ceiling.</param>
public sealed record SiteDose(string SiteId, Dose StartLow, Dose StartHigh, Dose UsualLow, Dose UsualHigh, Dose Max);
