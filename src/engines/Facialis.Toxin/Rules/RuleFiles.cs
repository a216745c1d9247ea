using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>Reads products and rules from the data files that the assembly carries.</summary>
internal static partial class RuleFiles
{
    private const string RuleSchema = "facialis-toxin-rules/1";

    // The order is that of the help page.
    private static readonly string[] Files = ["label-status", "dose-rules", "zone-rules", "safety-rules", "product-facts"];

    public static ToxinCatalogue Load()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var products = Read(hash, "products", "facialis-toxin-products/1", RuleJson.Default.ProductFile, file => file.Schema).Products
            .Select(p => new ToxinProduct(p.Id, p.TradeName, p.NonproprietaryName, p.ToxinType)).ToList();
        var sites = Read(hash, "site-doses", "facialis-toxin-site-doses/1", RuleJson.Default.SiteFile, file => file.Schema);
        var rules = Files.SelectMany(name => Read(hash, name, RuleSchema, RuleJson.Default.RuleFile, file => file.Schema).Rules)
            .Select(Rule).Concat(SiteRules.Of(sites)).ToList();
        Check(products, rules);
        var product = products.Single(p => p.Id == sites.Product);
        return new ToxinCatalogue(
            Convert.ToHexStringLower(hash.GetHashAndReset())[..16],
            products,
            [.. sites.Sites.Select(s => new SiteDose(
                s.Id, new Dose(product, s.Start[0]), new Dose(product, s.Start[1]), new Dose(product, s.Usual[0]), new Dose(product, s.Usual[1]), new Dose(product, s.Max)))],
            rules);
    }

    private static TFile Read<TFile>(
        IncrementalHash hash, string name, string schema, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TFile> type, Func<TFile, string> schemaOf)
    {
        using var stream = typeof(RuleFiles).Assembly.GetManifestResourceStream($"Facialis.Toxin.Rules.{name}.json")
            ?? throw new InvalidOperationException($"{name}.json is missing from the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        hash.AppendData(bytes);
        var file = JsonSerializer.Deserialize(bytes, type) ?? throw new InvalidDataException($"{name}.json is empty.");
        return schemaOf(file) == schema ? file : throw new InvalidDataException($"{name}.json is not of schema {schema}.");
    }

    private static ToxinRule Rule(RuleEntry entry) => new()
    {
        Id = entry.Id,
        Check = entry.Check,
        Products = entry.Products ?? [],
        Regions = (entry.Regions ?? []).Aggregate(LabelRegions.None, (all, region) => all | region),
        Limit = entry.Limit,
        Low = entry.Low,
        Unit = entry.Unit,
        Days = entry.Days,
        Months = entry.Months,
        Sites = entry.Sites ?? [],
        Zone = entry.Zone,
        LimitProduct = entry.LimitProduct,
        Question = entry.Question,
        Unknown = entry.Unknown,
        EyeOnly = entry.EyeOnly,
        Indication = entry.Indication,
        Status = entry.Status,
        Values = entry.Values ?? [],
        VialUnits = entry.VialUnits,
        DiluentMl = entry.DiluentMl,
        Severity = entry.Severity,
        SecondSigner = entry.SecondSigner,
        Says = entry.Says,
        Source = entry.Source,
        Mark = Mark(entry.Mark),
        ValidFrom = entry.ValidFrom,
        Revision = entry.Revision,
    };

    /// <summary>The mark as the data files write it.</summary>
    internal static SourceMark Mark(string word) => word switch
    {
        "verified" => SourceMark.Verified,
        "recalled" => SourceMark.Recalled,
        "estimate" => SourceMark.Estimate,
        "clinic policy" => SourceMark.ClinicPolicy,
        _ => throw new InvalidDataException($"\"{word}\" is no mark of a rule."),
    };

    // A catalogue that contradicts itself must not start: a rule that silently never applies would be worse than none.
    private static void Check(List<ToxinProduct> products, List<ToxinRule> rules)
    {
        if (rules.GroupBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"Rule {twice.Key} stands twice in the data.");
        }

        foreach (var rule in rules)
        {
            var known = products.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
            var fault = rule switch
            {
                _ when rule.Products.FirstOrDefault(id => !known.Contains(id)) is { } id => $"names the product {id}, which is not in the data",
                { Check: RuleCheck.Mix, VialUnits: null } or { Check: RuleCheck.Mix, DiluentMl: null } => "is a mixture without units or volume",
                { Check: RuleCheck.Mix, Products.Count: not 1 } => "is a mixture, and not of one product",
                { Check: RuleCheck.Question, Question: null } or { Check: RuleCheck.Question, Unknown: null } => "asks no question",
                { Check: RuleCheck.Zone or RuleCheck.Midline or RuleCheck.ZoneAfterDiplopia, Zone: null } => "names no zone",
                { SecondSigner: true, Severity: not Severity.Stop } => "asks for a second signer and does not stop",
                { Limit: not null, Unit: null } => "has a limit without a unit",
                { Unit: { } unit, Products.Count: not 1, LimitProduct: null } when unit.StartsWith("U ", StringComparison.Ordinal) => "limits units and is not of one product",
                _ => null,
            };
            if (fault is not null)
            {
                throw new InvalidDataException($"Rule {rule.Id} {fault}.");
            }
        }
    }

    internal sealed record ProductFile(string Schema, List<ProductEntry> Products);

    internal sealed record ProductEntry(string Id, string TradeName, string NonproprietaryName, char ToxinType);

    internal sealed record RuleFile(string Schema, string About, List<RuleEntry> Rules);

    internal sealed record RuleEntry(
        string Id, RuleCheck Check, string Says, string Source, string Mark, DateOnly ValidFrom, int Revision,
        List<string>? Products = null, List<LabelRegions>? Regions = null, decimal? Limit = null, decimal? Low = null, string? Unit = null,
        int? Days = null, int? Months = null, List<string>? Sites = null, string? Zone = null, string? LimitProduct = null,
        HealthQuestion? Question = null, Severity? Unknown = null, bool EyeOnly = false, Indication? Indication = null, LabelStatus? Status = null,
        List<decimal>? Values = null, decimal? VialUnits = null, decimal? DiluentMl = null, Severity? Severity = null, bool SecondSigner = false);

    internal sealed record SiteFile(string Schema, string About, string Product, string Unit, List<SiteEntry> Sites);

    internal sealed record SiteEntry(
        string Id, decimal[] Start, decimal[] Usual, decimal Max, string Source, string Mark, string MaxSource, string MaxMark,
        DateOnly ValidFrom, int Revision, string? StartBy = null, string? Group = null, decimal? GroupMax = null);

    private sealed class KebabEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower) where T : struct, Enum;

    private sealed class RegionNames() : JsonStringEnumConverter<LabelRegions>();

    [JsonSerializable(typeof(ProductFile))]
    [JsonSerializable(typeof(RuleFile))]
    [JsonSerializable(typeof(SiteFile))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = [typeof(KebabEnum<RuleCheck>), typeof(KebabEnum<HealthQuestion>), typeof(KebabEnum<Severity>),
            typeof(KebabEnum<Indication>), typeof(KebabEnum<LabelStatus>), typeof(RegionNames)])]
    private sealed partial class RuleJson : JsonSerializerContext;
}
