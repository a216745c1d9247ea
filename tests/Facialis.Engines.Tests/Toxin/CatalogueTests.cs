using System.Text.RegularExpressions;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;

namespace Facialis.Engines.Tests.Toxin;

/// <summary>What the rule files hold, and what they must never hold.</summary>
public sealed partial class CatalogueTests
{
    private static readonly string[] Folders = ["src", "web", "bench"];
    private static readonly string[] Kinds = [".cs", ".razor", ".json", ".ts", ".sql"];
    private static readonly ToxinCatalogue Catalogue = ToxinCatalogue.Current;

    [Fact]
    public void Every_rule_says_what_it_is_where_it_comes_from_and_since_when()
    {
        Assert.True(Catalogue.Rules.Count > 150, $"only {Catalogue.Rules.Count} rules");
        Assert.All(Catalogue.Rules, rule =>
        {
            Assert.Matches("^[A-Z0-9][A-Z0-9_.-]+$", rule.Id);
            Assert.EndsWith(".", rule.Says, StringComparison.Ordinal);
            Assert.False(string.IsNullOrWhiteSpace(rule.Source), rule.Id);
            Assert.True(rule.Revision >= 1);
            Assert.True(rule.ValidFrom.Year >= 2026);
            Assert.Equal(rule.Mark != SourceMark.Verified, rule.NeedsConfirmation);
        });
    }

    [Fact]
    public void Rules_and_the_face_atlas_name_the_same_sites_and_zones()
    {
        var atlas = FaceAtlas.Current;
        Assert.Equal(
            atlas.Sites.Select(s => s.Id).Order(StringComparer.Ordinal), Catalogue.SiteDoses.Select(s => s.SiteId).Order(StringComparer.Ordinal));
        Assert.All(Catalogue.Rules.SelectMany(r => r.Sites), id => Assert.NotNull(atlas.FindSite(id)));
        Assert.Equal(
            atlas.Zones.Select(z => z.Id).Order(StringComparer.Ordinal),
            Catalogue.Rules.Where(r => r.Check is RuleCheck.Zone or RuleCheck.Midline).Select(r => r.Zone).Order(StringComparer.Ordinal));
        Assert.All(Catalogue.Rules.Where(r => r.Zone is not null), r => Assert.NotNull(atlas.FindZone(r.Zone!)));
    }

    /// <summary>The figures that harm most when a file is edited carelessly; expected values from the labels, see each rule's source.</summary>
    [Theory]
    [InlineData("ONA-SITE-START", 2.5, "Verified")]
    [InlineData("ONA-SITE-MAX", 5, "Verified")]
    [InlineData("ONA-EYE-FIRST", 25, "Verified")]
    [InlineData("ONA-12WK", 100, "Verified")]
    [InlineData("ONA-30D", 200, "Verified")]
    [InlineData("ONA-ALL-90D", 400, "Recalled")]
    [InlineData("ABO-EYE-START", 40, "Recalled")]
    [InlineData("ABO-EYE-MAX", 120, "Recalled")]
    [InlineData("ABO-CONC", 20, "Recalled")]
    [InlineData("INCO-FIRST-US-EYE", 25, "Recalled")]
    [InlineData("INCO-FIRST-OLD-EYE", 35, "Verified")]
    [InlineData("INCO-EYE-MAX", 50, "Recalled")]
    [InlineData("INCO-TREATMENT-MAX", 100, "Recalled")]
    [InlineData("INCO-ALL", 400, "Verified")]
    [InlineData("ONA-SIDE-RED", 50, "Estimate")]
    [InlineData("ONA-CONTRALATERAL", 1.25, "Verified")]
    [InlineData("SITE-OO_UP_PT_MED-MAX", 5, "Verified")]
    [InlineData("SITE-OO_ORB_INFLAT-MAX", 2.5, "Estimate")]
    [InlineData("SITE-FRONT-SUM", 10, "Estimate")]
    [InlineData("SITE-OOR-SUM", 4, "Estimate")]
    [InlineData("SITE-PLAT-SUM", 10, "Estimate")]
    [InlineData("SITE-DAO-MAX", 3, "Estimate")]
    [InlineData("SITE-RIS-USUAL", 1.25, "Recalled")]
    [InlineData("ZONE-ZYG", 2.5, "Verified")]
    [InlineData("ZONE-LIP", 1, "Recalled")]
    [InlineData("ONA-BEYOND-USE", 24, "Verified")]
    [InlineData("RIMA-BEYOND-USE", 4, "Recalled")]
    [InlineData("BOTULAX-BEYOND-USE", 4, "Verified")]
    [InlineData("DAX-BEYOND-USE", 72, "Recalled")]
    public void A_limit_is_what_its_source_says_and_marked_as_it_was_seen(string id, double limit, string mark)
    {
        var rule = Catalogue.FindRule(id);
        Assert.NotNull(rule);
        Assert.Equal((decimal)limit, rule.Limit);
        Assert.Equal(Enum.Parse<SourceMark>(mark), rule.Mark);
    }

    [Theory]
    [InlineData("onabotulinumtoxinA", LabelRegions.UnitedKingdom, "On")]
    [InlineData("onabotulinumtoxinA", LabelRegions.UnitedStates, "On")]
    [InlineData("abobotulinumtoxinA", LabelRegions.EuropeanUnion, "On")]
    [InlineData("abobotulinumtoxinA", LabelRegions.UnitedStates, "Off")]
    [InlineData("incobotulinumtoxinA", LabelRegions.UnitedStates, "Off")]
    [InlineData("prabotulinumtoxinA", LabelRegions.UnitedStates, "Off")]
    [InlineData("botulax", LabelRegions.Korea, null)]
    public void Labels_name_hemifacial_spasm_where_they_do(string product, LabelRegions region, string? status)
    {
        var rules = Catalogue.Of(RuleCheck.LabelStatus, Catalogue.Product(product))
            .Where(r => r.Regions != LabelRegions.None && r.HoldsIn(region) && r.Indication == Indication.HemifacialSpasm).ToList();
        Assert.Equal(status, rules.SingleOrDefault()?.Status?.ToString());
    }

    [Fact]
    public void Time_after_mixing_belongs_to_the_product()
    {
        Assert.Equal(TimeSpan.FromHours(24), Catalogue.BeyondUse(Catalogue.Product("onabotulinumtoxinA"), LabelRegions.None));
        Assert.Equal(TimeSpan.FromHours(4), Catalogue.BeyondUse(Catalogue.Product("botulax"), LabelRegions.Korea));
        Assert.Null(Catalogue.BeyondUse(Catalogue.Product("letibotulinumtoxinA"), LabelRegions.None));
    }

    [Fact]
    public void A_limit_of_units_is_always_that_of_one_product() =>
        Assert.All(Catalogue.Rules.Where(r => r.Unit?.StartsWith("U ", StringComparison.Ordinal) == true), rule =>
            Assert.True(rule.Products.Count == 1 || rule.LimitProduct is not null, rule.Id));

    [Fact]
    public void No_file_of_the_product_turns_units_of_one_product_into_another()
    {
        var files = Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository, folder), "*", SearchOption.AllDirectories))
            .Where(file => Kinds.Contains(Path.GetExtension(file)) && !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains("wwwroot", StringComparison.Ordinal));
        var found = files.SelectMany(file => File.ReadLines(file)
            .Where(line => ConversionName().IsMatch(line) || RatioOfProducts().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("const decimal OnaPerAbo = 2.5m;")]
    [InlineData("var equivalentDose = dose * 3;")]
    [InlineData("""{ "conversionFactor": 2.56 }""")]
    [InlineData("// BOTOX to DYSPORT 1:3")]
    [InlineData("abobotulinumtoxinA 2.5:1")]
    public void The_search_for_conversions_would_find_one(string line) => Assert.True(ConversionName().IsMatch(line) || RatioOfProducts().IsMatch(line));

    internal static string Repository { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Facialis.slnx"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests do not run inside a clone."));

    [GeneratedRegex(
        @"conversion_?(factor|ratio|rate)|(dose|unit)s?_?(ratio|factor|equivalen)|equivalent_?(dose|unit)|convert_?(dose|unit)|(ona|abo|inco|dax|botox|dysport|xeomin)\w*_?(per|to)_?(ona|abo|inco|dax|botox|dysport|xeomin)",
        RegexOptions.IgnoreCase)]
    private static partial Regex ConversionName();

    [GeneratedRegex(@"(toxin|botox|dysport|xeomin|\bona\b|\babo\b|\binco\b).*\b\d+(\.\d+)?\s?:\s?\d+(\.\d+)?\b(?!\s*[,}\]])|\b\d+(\.\d+)?:\d+(\.\d+)?\b.*(toxin|botox|dysport|xeomin)", RegexOptions.IgnoreCase)]
    private static partial Regex RatioOfProducts();
}
