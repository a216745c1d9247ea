using System.Text.Json;

namespace Facialis.Engines.Tests.Toxin.Oracle;

/// <summary>One row of the rule files, as it stands there. Read without the engine's own reader.</summary>
internal sealed record Row(
    string Id, string Check, string[] Products, string[] Regions, decimal? Limit, decimal Low, int Days, int Months, string[] Sites, string? Zone,
    string? LimitProduct, string? Question, string? Unknown, bool EyeOnly, string? Indication, string? Status, string? Severity, bool SecondSigner,
    string Mark);

/// <summary>The rule files and the face atlas as plain tables.</summary>
internal sealed class RuleTable
{
    private RuleTable(List<Row> rows, Dictionary<string, (string Muscle, string Depth)> sites, List<(string Id, string From, decimal[][][] Areas)> zones) =>
        (Rows, Sites, Zones) = (rows, sites, zones);

    public List<Row> Rows { get; }

    public Dictionary<string, (string Muscle, string Depth)> Sites { get; }

    public List<(string Id, string From, decimal[][][] Areas)> Zones { get; }

    /// <param name="open">Opens a data file by its name in the assemblies: rules of the toxin engine, the atlas of the anatomy engine.</param>
    public static RuleTable Read(Func<string, Stream> open)
    {
        List<Row> rows = [];
        foreach (var name in new[] { "label-status", "dose-rules", "zone-rules", "safety-rules", "product-facts" })
        {
            using var file = JsonDocument.Parse(open($"Facialis.Toxin.Rules.{name}.json"));
            rows.AddRange(file.RootElement.GetProperty("rules").EnumerateArray().Select(Rule));
        }

        using (var file = JsonDocument.Parse(open("Facialis.Toxin.Rules.site-doses.json")))
        {
            AddSites(rows, file.RootElement);
        }

        using var atlas = JsonDocument.Parse(open("Facialis.Anatomy.Sites.face-atlas.json"));
        return new RuleTable(
            rows,
            atlas.RootElement.GetProperty("sites").EnumerateArray().ToDictionary(
                s => s.GetProperty("id").GetString()!, s => (s.GetProperty("muscle").GetString()!, s.GetProperty("depth").GetString()!)),
            [.. atlas.RootElement.GetProperty("zones").EnumerateArray().Select(z => (
                z.GetProperty("id").GetString()!, z.GetProperty("from").GetString()!, z.GetProperty("areas").Deserialize<decimal[][][]>()!))]);
    }

    private static void AddSites(List<Row> rows, JsonElement file)
    {
        string[] product = [file.GetProperty("product").GetString()!];
        var groups = new Dictionary<string, Row>(StringComparer.Ordinal);
        foreach (var site in file.GetProperty("sites").EnumerateArray())
        {
            var id = site.GetProperty("id").GetString()!;
            var empty = new Row("", "", product, [], null, 0, 0, 0, [id], null, null, null, null, false, null, null, "confirm", false, Text(site, "mark")!);
            if (!site.TryGetProperty("startBy", out _))
            {
                rows.Add(empty with { Id = $"SITE-{id}-START", Check = "site-range-first", Low = site.GetProperty("start")[0].GetDecimal(), Limit = site.GetProperty("start")[1].GetDecimal() });
            }

            rows.Add(empty with { Id = $"SITE-{id}-USUAL", Check = "site-range", Low = site.GetProperty("usual")[0].GetDecimal(), Limit = site.GetProperty("usual")[1].GetDecimal() });
            rows.Add(empty with
            {
                Id = $"SITE-{id}-MAX",
                Check = "site-dose",
                Limit = site.GetProperty("max").GetDecimal(),
                Severity = "stop",
                SecondSigner = true,
                Mark = Text(site, "maxMark")!,
            });
            if (Text(site, "group") is { } group)
            {
                groups[group] = groups.TryGetValue(group, out var known)
                    ? known with { Sites = [.. known.Sites, id] }
                    : empty with
                    {
                        Id = $"SITE-{group}-SUM",
                        Check = "site-group-dose",
                        Limit = site.GetProperty("groupMax").GetDecimal(),
                        Severity = "stop",
                        SecondSigner = true,
                        Mark = Text(site, "maxMark")!,
                    };
            }
        }

        rows.AddRange(groups.Values);
    }

    private static Row Rule(JsonElement rule) => new(
        Text(rule, "id")!, Text(rule, "check")!, Texts(rule, "products"), Texts(rule, "regions"), Number(rule, "limit"), Number(rule, "low") ?? 0,
        (int)(Number(rule, "days") ?? 0), (int)(Number(rule, "months") ?? 0), Texts(rule, "sites"), Text(rule, "zone"), Text(rule, "limitProduct"),
        Text(rule, "question"), Text(rule, "unknown"), Flag(rule, "eyeOnly"), Text(rule, "indication"), Text(rule, "status"), Text(rule, "severity"),
        Flag(rule, "secondSigner"), Text(rule, "mark")!);

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[] Texts(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [];

    private static decimal? Number(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetDecimal() : null;

    private static bool Flag(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.GetBoolean();
}
