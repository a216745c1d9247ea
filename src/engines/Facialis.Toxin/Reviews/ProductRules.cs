using System.Collections.Frozen;
using Facialis.Anatomy.Sites;

namespace Facialis.Toxin;

/// <summary>The rules of one clinic that speak of one product, sorted by what they look at.</summary>
internal sealed class ProductRules
{
    /// <summary>The muscle round the eye: what is injected into it counts for the eye.</summary>
    private const string RoundTheEye = "OOC";

    private readonly PreparedRule[][] _byCheck;
    private readonly FrozenDictionary<string, PreparedSite> _sites;

    public ProductRules(ToxinProduct product, FaceAtlas atlas, LabelRegions region, IReadOnlyList<PreparedRule> clinic)
    {
        Product = product;
        Region = region;
        var mine = clinic.Where(r => r.Rule.IsFor(product)).ToList();
        _byCheck = [.. Enum.GetValues<RuleCheck>().Select(check => mine.Where(r => r.Rule.Check == check).ToArray())];
        Zones = [.. this[RuleCheck.Zone].Select(r => Zone(r, atlas))];
        DiplopiaZones = [.. this[RuleCheck.ZoneAfterDiplopia].Select(r => Zone(r, atlas))];
        Groups = [.. this[RuleCheck.SiteGroupDose]];
        _sites = atlas.Sites.ToFrozenDictionary(s => s.Id, Prepare, StringComparer.Ordinal);
        Unconfirmed = InWords([.. mine.Where(r => r.Rule.Severity is not null && r.AwaitsConfirmation).Select(r => r.Rule.Id)]);
        PreparedSite Prepare(InjectionSite site) => new(
            site, site.MuscleId == RoundTheEye,
            At(RuleCheck.SiteDose, site), At(RuleCheck.SiteRangeFirst, site), At(RuleCheck.SiteRange, site), At(RuleCheck.SiteVolume, site),
            At(RuleCheck.Concentration, site), Array.FindIndex(Groups, g => g.Rule.Sites.Contains(site.Id)));
    }

    public ToxinProduct Product { get; }

    public LabelRegions Region { get; }

    public PreparedZone[] Zones { get; }

    public PreparedZone[] DiplopiaZones { get; }

    public PreparedRule[] Groups { get; }

    /// <summary>The first of the rules with findings that are not verified and that nobody confirmed, and how many more; empty where there are none.</summary>
    public string Unconfirmed { get; }

    public PreparedRule[] this[RuleCheck check] => _byCheck[(int)check];

    public PreparedSite? Site(string id) => _sites.GetValueOrDefault(id);

    private static string InWords(List<string> ids)
    {
        const int Named = 3;
        return ids.Count <= Named + 1 ? string.Join(", ", ids) : $"{string.Join(", ", ids.Take(Named))} and {ids.Count - Named} more";
    }

    private PreparedRule[] At(RuleCheck check, InjectionSite site) =>
        [.. this[check].Where(r => r.Rule.Sites.Count == 0 || r.Rule.Sites.Contains(site.Id))];

    private static PreparedZone Zone(PreparedRule rule, FaceAtlas atlas) => new(
        atlas.FindZone(rule.Rule.Zone!) ?? throw new InvalidDataException($"Rule {rule.Rule.Id} names the zone {rule.Rule.Zone}, which the atlas does not hold."), // a zone rule names one, or the file is refused
        rule);
}

/// <summary>A site of the atlas with the rules that speak of it.</summary>
/// <param name="Site">The site.</param>
/// <param name="IsEye">True where it counts for the eye.</param>
/// <param name="Doses">Limits of a point.</param>
/// <param name="FirstRanges">Usual doses in a first treatment.</param>
/// <param name="Ranges">Usual doses later.</param>
/// <param name="Volumes">Usual volumes.</param>
/// <param name="Strengths">Usual strengths.</param>
/// <param name="Group">Index of its group, or -1.</param>
internal sealed record PreparedSite(
    InjectionSite Site, bool IsEye, PreparedRule[] Doses, PreparedRule[] FirstRanges, PreparedRule[] Ranges, PreparedRule[] Volumes,
    PreparedRule[] Strengths, int Group);
