using System.Globalization;
using System.Text.RegularExpressions;
using Facialis.Anatomy;
using Facialis.Toxin;

namespace Facialis.Engines.Tests.Toxin.Oracle;

/// <summary>
/// Says by a plain walk over the tables what the rules find in a plan: slow, written from the meaning of the checks (docs/dose-rules.md), and
/// sharing no code with the engine but the words that plans and facts are made of.
/// </summary>
internal sealed partial class Oracle(RuleTable table)
{
    /// <summary>One line for each finding: "Stop ONA-SITE-MAX SecondSigner id id", sorted.</summary>
    public List<string> Findings(Case c)
    {
        var today = Day(c.Now, c.Zone);
        List<string> lines = [];
        foreach (var row in table.Rows.Where(r => r.Severity is not null || r.Check == "label-status"))
        {
            if ((row.Products.Length == 0 || row.Products.Contains(c.Plan.Product.Id)) && Holds(row, c.Region))
            {
                foreach (var (points, severity) in Fires(row, c, today))
                {
                    var says = severity ?? row.Severity!;
                    var needs = says switch { "stop" => row.SecondSigner && severity is null ? "SecondSigner" : "Mending", "confirm" => "Reason", _ => "Nothing" };
                    lines.Add($"{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(says)} {row.Id} {needs} {string.Join(' ', points.Select(p => p.Id))}".TrimEnd());
                }
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public static List<string> Lines(PlanReview review)
    {
        List<string> lines = [.. review.Findings.Select(f => $"{f.Severity} {f.RuleId} {f.Needs} {string.Join(' ', f.PointIds)}".TrimEnd())];
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private IEnumerable<(PlannedPoint[] Points, string? Severity)> Fires(Row row, Case c, DateOnly today)
    {
        var plan = c.Plan;
        var points = plan.Points.ToArray();
        var (facts, vial) = (c.Facts, c.Vial);
        var same = facts.Earlier.Where(e => e.Product?.Id == plan.Product.Id).ToList();
        var first = same.Count == 0;
        var naive = facts.Earlier.Count == 0;
        Side? well = facts.Side == ConditionSide.PatientRight ? Side.PatientLeft : facts.Side == ConditionSide.PatientLeft ? Side.PatientRight : null;
        var last = same.Where(e => e.Day <= today).OrderByDescending(e => e.Day).FirstOrDefault();
        var sure = vial?.Strength is { } vialMix && vialMix.Product.Id == plan.Product.Id ? vialMix : plan.Strength;
        var limit = row.Limit ?? 0;
        var usable = vial is not null && vial.Left.Product.Id == plan.Product.Id;
        var mixed = usable && vial!.Strength is not null && vial.MixedAt <= c.Now;
        var beyond = table.Rows.Where(r => r.Check == "beyond-use" && r.Products.Contains(plan.Product.Id) && Holds(r, c.Region)).ToList();

        bool Eye(PlannedPoint p) => table.Sites.TryGetValue(p.SiteId, out var s) && s.Muscle == "OOC";
        bool Mine(PlannedPoint p) => row.Sites.Length == 0 ? table.Sites.ContainsKey(p.SiteId) : row.Sites.Contains(p.SiteId);
        decimal U(PlannedPoint p) => p.Units.Number;
        static IEnumerable<(PlannedPoint[], string?)> When(bool fires, params PlannedPoint[] which) => fires ? [(which, null)] : [];
        IEnumerable<(PlannedPoint[], string?)> Each(Func<PlannedPoint, bool> fires) => points.Where(fires).Select(p => ((PlannedPoint[])[p], (string?)null));
        IEnumerable<(PlannedPoint[], string?)> Sides(Func<PlannedPoint, bool> counts) => new[] { Side.PatientRight, Side.PatientLeft }
            .Select(side => points.Where(p => p.Side == side && counts(p)).ToArray()).Where(some => some.Sum(U) > limit).Select(some => (some, (string?)null));
        IEnumerable<(PlannedPoint[], string?)> Range() => points.Where(p => Mine(p) && U(p) > 0 && p.Side != well)
            .Where(p => U(p) > limit || U(p) < row.Low).Select(p => ((PlannedPoint[])[p], U(p) > limit ? null : (string?)"note"));
        decimal Before(DateOnly from) => same.Where(e => e.Units is not null && e.Day >= from && e.Day <= today).Sum(e => e.Units!.Value.Number);

        switch (row.Check)
        {
            case "site-dose": return Each(p => Mine(p) && U(p) > limit);
            case "site-range-first": return first ? Range() : [];
            case "site-range": return first ? [] : Range();
            case "site-group-dose": return Sides(Mine);
            case "contralateral-dose": return Each(p => p.Side == well && table.Sites.ContainsKey(p.SiteId) && U(p) > limit);
            case "eye-dose": return Sides(Eye);
            case "eye-dose-first": return first ? Sides(Eye) : [];
            case "eye-dose-naive": return naive ? Sides(Eye) : [];
            case "side-dose": return Sides(_ => true);
            case "treatment-dose": return When(points.Sum(U) > limit);
            case "treatment-dose-naive": return When(naive && points.Sum(U) > limit);
            case "treatment-range-first": return When(first && points.Length > 0 && (points.Sum(U) > limit || points.Sum(U) < row.Low));
            case "window-days": return When(Before(today.AddDays(-row.Days)) + points.Sum(U) > limit);
            case "window-months": return When(Before(today.AddMonths(-row.Months)) + points.Sum(U) > limit);
            case "interval-days": return When(last is not null && today.DayNumber - last.Day!.Value.DayNumber < limit);
            case "interval-months": return When(last is not null && last.Day!.Value.AddMonths((int)limit) > today);
            case "repeat-times": return Raised(points, last).Where(r => r.Now > limit * r.Before).Select(r => (r.Points, (string?)null));
            case "repeat-held": return Raised(points, last).Where(_ => last!.EffectHeldDays is null || last.EffectHeldDays >= limit).Select(r => (r.Points, (string?)null));
            case "other-product":
                return facts.Earlier.Where(e => e.Product is not null && e.Product.Id != plan.Product.Id && e.Day <= today && today.DayNumber - e.Day.Value.DayNumber <= limit)
                    .Select(_ => (Array.Empty<PlannedPoint>(), (string?)null));
            case "earlier-unknown":
                var vague = facts.Earlier.Any(e => (e.Day is null || e.Product is null || e.Units is null)
                    && (e.Day is null || (e.Day <= today && today.DayNumber - e.Day.Value.DayNumber <= row.Days)));
                var silent = facts.Answers[HealthQuestion.ToxinInLastTwelveWeeks] == Answer.Yes
                    && !facts.Earlier.Any(e => e.Day is null || (e.Day <= today && today.DayNumber - e.Day.Value.DayNumber <= 84));
                return When(vague || silent);
            case "earlier-in-future": return facts.Earlier.Where(e => e.Day > today).Select(_ => (Array.Empty<PlannedPoint>(), (string?)null));
            case "needle": return When(plan.NeedleGauge is { } g && !(row.Low <= g && g <= limit));
            case "no-limit":
                var free = points.Where(p => table.Sites.ContainsKey(p.SiteId) && !table.Rows.Any(r => r.Check == "site-dose"
                    && r.Products.Contains(plan.Product.Id) && Holds(r, c.Region) && (r.Sites.Length == 0 || r.Sites.Contains(p.SiteId)))).ToArray();
                return When(free.Length > 0, free);
            case "label-status": return When(c.Region != LabelRegions.None && row.Status == "off" && row.Indication == Kebab(facts.Indication.ToString()));
            case "label-unknown":
                var labels = table.Rows.Where(r => r.Check == "label-status" && r.Products.Contains(plan.Product.Id) && Holds(r, c.Region)
                    && r.Indication == Kebab(facts.Indication.ToString())).ToList();
                return When(labels.Count == 0 || (c.Region == LabelRegions.None && labels.Any(r => r.Status == "off")));
            case "age": return When(facts.BornOn is { } b && today < b.AddYears((int)limit));
            case "age-unknown": return When(facts.BornOn is null);
            case "elderly": return When(facts.BornOn is { } o && today >= o.AddYears((int)limit));
            case "question":
                var question = Enum.GetValues<HealthQuestion>().Single(q => Kebab(q.ToString()) == row.Question);
                if (row.EyeOnly && !points.Any(Eye))
                {
                    return [];
                }

                return facts.Answers[question] switch
                {
                    Answer.Yes => [([], null)],
                    Answer.Unknown => [([], row.Unknown)],
                    _ => [],
                };
            case "side-unknown": return When(facts.Side == ConditionSide.Unknown);
            case "side-wrong" or "side-opposite":
                var lateral = points.Where(p => p.Placed.Point.LateralIpd > 0).ToList();
                var astray = lateral.Where(p => p.Side == well).ToArray();
                return When(astray.Length > 0 && (astray.Length == lateral.Count) == (row.Check == "side-wrong"), astray);
            case "empty-plan": return When(points.Length == 0);
            case "no-dose": return Each(p => U(p) == 0);
            case "unknown-site": return Each(p => !table.Sites.ContainsKey(p.SiteId));
            case "depth": return Each(p => table.Sites.TryGetValue(p.SiteId, out var s) && Depth(p.Depth.ToString()) > Depth(s.Depth));
            case "same-id": return points.Where((p, i) => points.Take(i).Any(q => q.Id == p.Id)).Select(p => ((PlannedPoint[])[p], (string?)null));
            case "duplicate": return Pairs(points, limit / plan.Frame.IpdMm).Select(pair => ((PlannedPoint[])[pair.One, pair.Other], (string?)null));
            case "zone":
                return Each(p => InZone(row.Zone!, p, true)
                    && !(limit > 0 && row.LimitProduct == plan.Product.Id && U(p) <= limit));
            case "zone-after-diplopia":
                return facts.DiplopiaBefore == Answer.Yes || (facts.DiplopiaBefore == Answer.Unknown && !first) ? Each(p => InZone(row.Zone!, p, false)) : [];
            case "midline":
                var apart = points.Where(p => p.Placed.Point.LateralIpd > 0).Select(p => p.Side).Distinct().Count();
                return apart < 2 ? Each(p => p.Placed.Point.LateralIpd * plan.Frame.IpdMm <= limit) : [];
            case "vial-none": return When(vial is null);
            case "vial-product": return When(vial is not null && !usable);
            case "vial-closed": return When(usable && vial!.IsClosed);
            case "vial-expired":
                return [.. When(usable && today > vial!.LotExpires), .. When(mixed && beyond.Count == 0 && c.Now > vial!.UsableUntil)];
            case "single-patient": return When(usable && vial!.ServedAnotherPatient);
            case "vial-content": return When(usable && points.Sum(U) > vial!.Left.Units.Number);
            case "vial-not-mixed": return When(usable && !mixed);
            case "vial-strength":
                return When(mixed && plan.Strength is { } s1 && vial!.Strength is { } s2
                    && s1.Vial.Units.Number * s2.Diluent.Number != s2.Vial.Units.Number * s1.Diluent.Number);
            case "beyond-use": return When(mixed && (c.Now > vial!.UsableUntil || c.Now - vial.MixedAt!.Value > TimeSpan.FromHours((double)limit)));
            case "beyond-use-unknown": return When(mixed && beyond.Count == 0 && vial!.UsableUntil is null);
            case "diluent-most": return When(sure is not null && sure.Diluent.Number > limit);
            case "graduation-least": return Each(p => sure is not null && U(p) > 0 && Ml(p, sure) < (limit, 1));
            case "graduation": return Each(p => sure is not null && U(p) > 0 && !(Ml(p, sure) < (limit, 1)) && !Ml(p, sure).IsWhole(limit));
            case "site-volume": return Each(p => sure is not null && U(p) > 0 && Mine(p) && !(Ml(p, sure) < (0.01m, 1)) && (Ml(p, sure) < (row.Low, 1) || Ml(p, sure) > (limit, 1)));
            case "concentration":
                var strong = points.Where(Mine).ToArray();
                return When(strong.Length > 0 && sure is not null && sure.Vial.Units.Number != limit * 10 * sure.Diluent.Number, strong);
            case "rules-unconfirmed":
                return When(table.Rows.Any(r => r.Severity is not null && r.Mark != "verified" && !c.Confirmed.Contains(r.Id)
                    && (r.Products.Length == 0 || r.Products.Contains(plan.Product.Id)) && Holds(r, c.Region)));
            case "region-unknown": return When(c.Region == LabelRegions.None);
            default: throw new InvalidOperationException($"The oracle does not know the check {row.Check}.");
        }
    }

    private static IEnumerable<(PlannedPoint[] Points, decimal Before, decimal Now)> Raised(PlannedPoint[] points, EarlierTreatment? last) => last is null
        ? []
        : points.GroupBy(p => (p.Side, p.SiteId)).Select(g => (
            g.ToArray(), last.Points.Where(e => (e.Side, e.SiteId) == g.Key).Sum(e => e.Units.Number), g.Sum(p => p.Units.Number)))
            .Where(r => r.Item2 > 0 && r.Item3 > r.Item2);

    private static IEnumerable<(PlannedPoint One, PlannedPoint Other)> Pairs(PlannedPoint[] points, decimal nearIpd) =>
        from i in Enumerable.Range(0, points.Length)
        from j in Enumerable.Range(0, i)
        let across = points[i].Placed.Place.TowardsLeftIpd - points[j].Placed.Place.TowardsLeftIpd
        let down = points[i].Placed.Point.DownIpd - points[j].Placed.Point.DownIpd
        where points[i].Id != points[j].Id && (across * across) + (down * down) <= nearIpd * nearIpd
        select (points[j], points[i]);

    private bool InZone(string id, PlannedPoint point, bool byDepth)
    {
        var (_, from, areas) = table.Zones.Single(z => z.Id == id);
        return (!byDepth || Depth(point.Depth.ToString()) >= Depth(from))
            && areas.Any(area => Inside(area, point.Placed.Point.LateralIpd, point.Placed.Point.DownIpd));
    }

    /// <summary>On an edge, or an odd number of edges to the right.</summary>
    private static bool Inside(decimal[][] corners, decimal x, decimal y)
    {
        var crossings = 0;
        for (var i = 0; i < corners.Length; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Length]);
            if ((b[0] - a[0]) * (y - a[1]) == (b[1] - a[1]) * (x - a[0])
                && x >= Math.Min(a[0], b[0]) && x <= Math.Max(a[0], b[0]) && y >= Math.Min(a[1], b[1]) && y <= Math.Max(a[1], b[1]))
            {
                return true;
            }

            if ((a[1] > y) != (b[1] > y))
            {
                // Where the edge meets the height of the point, to the right of it? Multiplied out to stay exact.
                var side = ((b[0] - a[0]) * (y - a[1])) - ((x - a[0]) * (b[1] - a[1]));
                crossings += (b[1] > a[1] ? side > 0 : side < 0) ? 1 : 0;
            }
        }

        return crossings % 2 == 1;
    }

    private static bool Holds(Row row, LabelRegions region) => row.Regions.Length == 0 || region == LabelRegions.None || row.Regions.Contains(Code(region));

    private static string Code(LabelRegions region) => region switch
    {
        LabelRegions.UnitedKingdom => "UK",
        LabelRegions.EuropeanUnion => "EU",
        LabelRegions.UnitedStates => "US",
        LabelRegions.Korea => "KR",
        _ => "",
    };

    private static int Depth(string word) => Array.IndexOf(["superficial", "subcutaneous", "mid", "deepmid", "deep"], word.ToLowerInvariant());

    private static DateOnly Day(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(moment.UtcDateTime, zone));

    private static string Kebab(string name) => Hump().Replace(name, "-$0").ToLowerInvariant();

    private static Volume Ml(PlannedPoint point, Concentration strength) => new(point.Units.Number * strength.Diluent.Number, strength.Vial.Units.Number);

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Hump();

    /// <summary>A volume as a fraction of mL, for not every one has an end as a decimal.</summary>
    private readonly record struct Volume(decimal Above, decimal Below)
    {
        public static bool operator <(Volume volume, (decimal Above, decimal Below) other) => volume.Above * other.Below < other.Above * volume.Below;

        public static bool operator >(Volume volume, (decimal Above, decimal Below) other) => volume.Above * other.Below > other.Above * volume.Below;

        public bool IsWhole(decimal step) => decimal.Truncate(Above / Below / step) is var steps && (steps * step * Below == Above || (steps + 1) * step * Below == Above);
    }
}
