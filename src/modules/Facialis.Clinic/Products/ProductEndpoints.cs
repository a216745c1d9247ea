using Facialis.Platform.Identity;
using Facialis.Toxin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Clinic.Products;

/// <summary>Products and rules under /api.</summary>
internal static class ProductEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var products = api.MapGroup("/products").WithTags("Products").RequireAuthorization(Permission.ReadCharts);
        products.MapGet("", () => TypedResults.Ok(ToxinCatalogue.Current.Products.Select(Resource).ToArray()))
            .WithName("ListProducts")
            .WithSummary("Lists the products with vial sizes and mixtures that a label names")
            .WithDescription("Units (U) are those of the product beside them. There is no conversion between products.")
            .WithAnswerExample("""
            [{ "id": "onabotulinumtoxinA", "name": "BOTOX (onabotulinumtoxinA)", "tradeName": "BOTOX", "toxinType": "A", "vialUnits": [50, 100, 200],
               "mixes": [{ "vialUnits": 100, "diluentMl": 4, "unitsPerTenthMl": 2.5, "says": "100 U in 4 mL gives 2.5 U per 0.1 mL (blepharospasm).", "source": "AbbVie, BOTOX US label" }] }]
            """);
        products.MapGet("/rules", Rules)
            .WithName("ListDoseRules")
            .WithSummary("Lists the dose rules and facts with source, mark and what the clinic has confirmed")
            .WithDescription("mark: verified, recalled, estimate or clinic policy. awaitsConfirmation: shown as \"clinic policy: confirm\". "
                + "ownLimit: a limit of the clinic in place of the rule's. A limit in U is one of the product it names.")
            .WithAnswerExample("""
            { "version": "0c1d2e3f4a5b6c7d", "region": "UK", "rules": [{ "id": "ONA-EYE-FIRST", "revision": 1, "products": ["onabotulinumtoxinA"], "regions": ["UK"],
              "low": null, "limit": 25, "ownLimit": null, "unit": "U per eye", "severity": "stop", "secondSigner": true, "says": "First treatment: at most 25 U per eye.",
              "source": "BOTOX SmPC, blepharospasm", "mark": "verified", "validFrom": "2026-11-22", "awaitsConfirmation": false, "confirmedBy": null }] }
            """);
    }

    private static ProductResource Resource(ToxinProduct product) => new(
        product.Id, product.Name, product.TradeName, product.ToxinType.ToString(), [.. ToxinCatalogue.Current.VialSizes(product).Select(v => v.Units.Number)],
        [.. ToxinCatalogue.Current.Mixes(product).Select(m => new MixResource(
            m.Concentration.Vial.Units.Number, m.Concentration.Diluent.Number, m.Concentration.UnitsPerTenthMillilitre, m.Rule.Says, m.Rule.Source))]);

    private static async Task<Ok<RulesResource>> Rules(ProductHelp help, CancellationToken cancellation)
    {
        var list = await help.Read(cancellation);
        return TypedResults.Ok(new RulesResource(
            ToxinCatalogue.Current.Version, Codes(list.Region).SingleOrDefault(),
            [.. list.Rules.Select(r => new RuleResource(
                r.Rule.Id, r.Rule.Revision, r.Rule.Products, Codes(r.Rule.Regions), r.Rule.Low, r.Rule.Limit, r.OwnLimit, r.Rule.Unit,
                r.Rule.Severity?.ToString().ToLowerInvariant(), r.Rule.SecondSigner, r.Rule.Says, r.Rule.Source, ProductHelp.Word(r.Rule.Mark), r.Rule.ValidFrom,
                r.Awaits, r.ConfirmedBy))]));
    }

    private static string[] Codes(LabelRegions regions) => [.. new[]
    {
        (LabelRegions.UnitedKingdom, "UK"), (LabelRegions.EuropeanUnion, "EU"), (LabelRegions.UnitedStates, "US"), (LabelRegions.Korea, "KR"),
    }.Where(r => (regions & r.Item1) != 0).Select(r => r.Item2)];
}

/// <param name="Id">Id of the product.</param>
/// <param name="Name">Both names, as they stand beside every dose.</param>
/// <param name="TradeName">The maker's name.</param>
/// <param name="ToxinType">Serotype, A or B.</param>
/// <param name="VialUnits">Sizes of vials, in units of this product.</param>
/// <param name="Mixes">Mixtures that a label names.</param>
internal sealed record ProductResource(string Id, string Name, string TradeName, string ToxinType, decimal[] VialUnits, MixResource[] Mixes);

/// <param name="VialUnits">Units of the vial, of the product.</param>
/// <param name="DiluentMl">mL added.</param>
/// <param name="UnitsPerTenthMl">Units in 0.1 mL.</param>
/// <param name="Says">The mixture in words.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record MixResource(decimal VialUnits, decimal DiluentMl, decimal UnitsPerTenthMl, string Says, string Source);

/// <param name="Version">Names exactly these data.</param>
/// <param name="Region">The clinic's label region, or null where not set.</param>
/// <param name="Rules">Every rule and fact.</param>
internal sealed record RulesResource(string Version, string? Region, RuleResource[] Rules);

/// <param name="Id">Id of the rule.</param>
/// <param name="Revision">Number of its text.</param>
/// <param name="Products">Products it holds for; none: every one.</param>
/// <param name="Regions">Label regions; none: everywhere.</param>
/// <param name="Low">Lower end of a usual range.</param>
/// <param name="Limit">Upper limit; the limit itself is allowed.</param>
/// <param name="OwnLimit">The clinic's own limit.</param>
/// <param name="Unit">Unit of the limits.</param>
/// <param name="Severity">note, confirm or stop; null for a fact.</param>
/// <param name="SecondSigner">True for a hard ceiling.</param>
/// <param name="Says">The rule in words.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Mark">How well it is founded.</param>
/// <param name="ValidFrom">First day on which it holds.</param>
/// <param name="AwaitsConfirmation">True where the owner has yet to confirm it.</param>
/// <param name="ConfirmedBy">Name and day.</param>
internal sealed record RuleResource(
    string Id, int Revision, IReadOnlyList<string> Products, string[] Regions, decimal? Low, decimal? Limit, decimal? OwnLimit, string? Unit,
    string? Severity, bool SecondSigner, string Says, string Source, string Mark, DateOnly ValidFrom, bool AwaitsConfirmation, string? ConfirmedBy);
