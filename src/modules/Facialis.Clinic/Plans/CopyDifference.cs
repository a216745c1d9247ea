using System.Security.Cryptography;
using System.Text;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Injections;
using Facialis.Toxin;

namespace Facialis.Clinic.Plans;

/// <summary>Something that is not as it was when the repeated plan was given. Nobody goes on before somebody has looked at it.</summary>
/// <param name="Key">What differs and how, so that a later difference of the same kind is a new one.</param>
/// <param name="Words">One sentence for a person.</param>
public sealed record CopyDifference(string Key, string Words)
{
    /// <summary>How a plan differs from the one that it repeats.</summary>
    internal static IReadOnlyList<CopyDifference> Between(PlanDraft source, PlanDraft copy, FaceAtlas atlas, ToxinCatalogue catalogue)
    {
        List<CopyDifference> found = [];
        if (source.ProductId != copy.ProductId)
        {
            found.Add(new(
                $"product:{source.ProductId}>{copy.ProductId}",
                $"Another product: the copied numbers are units of {NameOf(source.ProductId)}, the plan is for {NameOf(copy.ProductId)}. Units of two products have no factor between them: give each dose anew."));
        }
        else if (source.VialUnits != copy.VialUnits || source.DiluentMl != copy.DiluentMl)
        {
            found.Add(new(
                FormattableString.Invariant($"dilution:{source.VialUnits}/{source.DiluentMl}>{copy.VialUnits}/{copy.DiluentMl}"),
                $"Another dilution: {Dilution(source)} then, {Dilution(copy)} now. The volumes are not those of last time."));
        }

        if (source.Side != copy.Side)
        {
            found.Add(new(
                $"side:{source.Side}>{copy.Side}",
                $"Another side: the patient's {SideOf(source.Side)} then, the patient's {SideOf(copy.Side)} now. Copied points keep the side that they had."));
        }

        if (source.RulesVersion != catalogue.Version)
        {
            found.Add(new($"rules:{source.RulesVersion}>{catalogue.Version}", "Products or dose rules have changed since that plan was made. Read the findings."));
        }

        if (source.AtlasVersion != atlas.Version)
        {
            found.Add(new($"atlas:{source.AtlasVersion}>{atlas.Version}", "The face map has changed since that plan was made. Look at where each point lies."));
        }

        return found;

        string NameOf(string? id) => catalogue.FindProduct(id)?.Name ?? "a product not chosen";
    }

    /// <summary>What the rules say now and did not say, or less gravely, when the repeated plan was signed; null where nothing.</summary>
    internal static CopyDifference? OfAlerts(IEnumerable<RecordFinding> then, IEnumerable<FindingResource> now)
    {
        var before = then.GroupBy(f => f.Rule).ToDictionary(g => g.Key, g => g.Max(f => f.Severity));
        var graver = now.Where(f => f.Revision > 0 && f.Severity > Severity.Note && (!before.TryGetValue(f.RuleId, out var known) || known < f.Severity))
            .Select(f => f.RuleId).Distinct().Order(StringComparer.Ordinal).ToList();
        var key = "alerts:" + string.Join(',', graver);
        return graver.Count == 0 ? null : new CopyDifference(
            key.Length <= 100 ? key : key[..60] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32],
            $"The rules say more than last time: {string.Join(", ", graver)}. Read the findings.");
    }

    private static string SideOf(Side? side) => side?.Word().ToLowerInvariant() ?? "side not chosen";

    private static string Dilution(PlanDraft plan) => plan is { VialUnits: { } units, DiluentMl: { } diluent }
        ? FormattableString.Invariant($"{units:0.##} U in {diluent:0.###} mL")
        : "a dilution not chosen";
}
