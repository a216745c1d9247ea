using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;

namespace Facialis.Engines.Tests.Toxin.Oracle;

/// <summary>Everything that one review looks at.</summary>
internal sealed record Case(
    InjectionPlan Plan, PatientFacts Facts, VialFacts? Vial, LabelRegions Region, TimeZoneInfo Zone, DateTimeOffset Now, IReadOnlySet<string> Confirmed)
{
    /// <summary>The engine's answer.</summary>
    public PlanReview Review() => PlanReview.Of(Plan, Facts, Vial, Book(), Now);

    public RuleBook Book() => RuleBook.Prepare(
        ToxinCatalogue.Current, FaceAtlas.Current, Region, Zone,
        Confirmed.Select(id => new RuleConfirmation(id, ToxinCatalogue.Current.FindRule(id)!.Revision, "Dr Owner")));

    /// <summary>Everything on the other side.</summary>
    public Case Mirrored() => this with { Plan = Plan.Mirrored(), Facts = Facts.Mirrored() };
}

/// <summary>
/// Makes plans at random that lie where rules decide: doses at limits and just beside them, days at the ends of windows, points at edges
/// of zones, hours at the end of use.
/// </summary>
internal sealed class RandomCases(int seed)
{
    private static readonly string[] Zones = ["UTC", "Europe/London", "America/New_York", "Asia/Seoul", "Pacific/Auckland", "Pacific/Kiritimati"];
    private static readonly LabelRegions[] Regions =
        [LabelRegions.None, LabelRegions.UnitedKingdom, LabelRegions.EuropeanUnion, LabelRegions.UnitedStates, LabelRegions.Korea];

    private static readonly decimal[] Steps = [0, 0.01m, -0.01m, 0.25m, -0.25m];
    private static readonly int[] DayLimits = [0, 1, 29, 30, 31, 83, 84, 85, 89, 90, 91, 92, 93, 120, 400];
    private static readonly IReadOnlyList<string> AllUnverified = [.. ToxinCatalogue.Current.Rules.Where(r => r.NeedsConfirmation).Select(r => r.Id)];
    private static readonly decimal[] Limits = [.. ToxinCatalogue.Current.Rules.Where(r => r.Unit?.StartsWith("U per s", StringComparison.Ordinal) == true).Select(r => r.Limit!.Value).Distinct()];
    private readonly Random _chance = new(seed);

    public Case Next()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Pick(Zones));
        // Around days on which clocks change, month ends and a leap day.
        DateTimeOffset[] moments = [
            new(2026, 3, 29, 0, 59, 59, TimeSpan.Zero), new(2026, 10, 25, 1, 30, 0, TimeSpan.Zero), new(2028, 2, 29, 12, 0, 0, TimeSpan.Zero),
            new(2026, 5, 31, 23, 59, 59, TimeSpan.Zero), new(2026, 12, 31, 10, 0, 0, TimeSpan.Zero), new(2026, 7, 7, 7, 7, 7, TimeSpan.Zero)];
        var now = Pick(moments).AddMinutes(_chance.Next(-1500, 1500));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var products = ToxinCatalogue.Current.Products;
        var product = _chance.Next(4) == 0 ? Pick(products) : products[_chance.Next(3)];
        var plan = Plan(product);
        return new Case(
            plan, Facts(product, plan, today), _chance.Next(4) == 0 ? null : Vial(product, plan, now, today), Pick(Regions), zone, now,
            _chance.Next(3) == 0 ? AllUnverified.ToHashSet() : new HashSet<string>());
    }

    /// <summary>A plan alone.</summary>
    public InjectionPlan NextPlan() => Plan(Pick(ToxinCatalogue.Current.Products));

    private InjectionPlan Plan(ToxinProduct product)
    {
        var count = _chance.Next(12) == 0 ? 0 : _chance.Next(1, 21);
        var side = (Side)_chance.Next(2);
        var mixed = _chance.Next(3) == 0;
        var scale = product.ToxinType == 'B' ? 100 : product.Id == "abobotulinumtoxinA" ? Pick([1, 4, 10]) : Pick([1, 1, 1, 1, 1, 1, 1, 12]);
        List<PlannedPoint> points = [];
        while (points.Count < count)
        {
            var site = Pick(FaceAtlas.Current.Sites);
            var at = _chance.Next(20) == 0 && points.Count > 0 ? points[^1].Placed.Point : Place(site);
            var id = _chance.Next(60) == 0 && points.Count > 0 ? points[_chance.Next(points.Count)].Id : Id();
            points.Add(new PlannedPoint(
                new PlacedPoint(id, _chance.Next(40) == 0 ? "NO_SUCH_SITE" : site.Id, mixed && _chance.Next(2) == 0 ? side.Opposite() : side, at),
                new Units(Dose() * scale), _chance.Next(3) == 0 ? (NeedleDepth)_chance.Next(5) : site.Depth));
        }

        return new InjectionPlan(
            product, points, _chance.Next(3) == 0 ? null : Strength(product), _chance.Next(3) == 0 ? null : _chance.Next(26, 32),
            new FacialFrame(Pick([63m, 50m, 72m, 58.5m])));
    }

    private FacePoint Place(InjectionSite site)
    {
        if (_chance.Next(3) == 0)
        {
            var corner = Pick(Pick(Pick(FaceAtlas.Current.Zones).Areas).Corners);
            return FacePoint.Nearest(corner.LateralIpd + (_chance.Next(-1, 2) * 0.0001m), corner.DownIpd + (_chance.Next(-1, 2) * 0.0001m));
        }

        return FacePoint.Nearest(site.UsualPoint.LateralIpd + (_chance.Next(-300, 300) * 0.0001m), site.UsualPoint.DownIpd + (_chance.Next(-300, 300) * 0.0001m));
    }

    private decimal Dose() => _chance.Next(6) switch
    {
        0 => 0,
        1 => Math.Max(0, Pick(Limits) + Pick(Steps)),
        _ => _chance.Next(1, 25) * 0.25m,
    };

    private Concentration Strength(ToxinProduct product) => new(
        new Dose(product, Pick([50m, 100m, 200m, 300m, 500m, 5000m])), new Millilitres(Pick([0.5m, 1m, 1.25m, 2m, 2.5m, 3m, 4m, 5m, 8m, 10m, 10.5m])));

    private PatientFacts Facts(ToxinProduct product, InjectionPlan plan, DateOnly today)
    {
        var answers = HealthAnswers.AllNo;
        foreach (var question in Enum.GetValues<HealthQuestion>())
        {
            answers = _chance.Next(8) == 0 ? answers.With(question, (Answer)_chance.Next(3)) : answers;
        }

        return new PatientFacts
        {
            Side = _chance.Next(10) == 0 ? (ConditionSide)_chance.Next(4) : (ConditionSide)_chance.Next(1, 3),
            Indication = _chance.Next(5) == 0 ? (Indication)_chance.Next(3) : Indication.HemifacialSpasm,
            BornOn = _chance.Next(12) == 0 ? null : today.AddYears(-Pick([11, 12, 13, 17, 18, 40, 64, 65, 66, 90])).AddDays(_chance.Next(-1, 2)),
            Answers = answers,
            DiplopiaBefore = (Answer)_chance.Next(3),
            Earlier = [.. Enumerable.Range(0, _chance.Next(4)).Select(_ => Earlier(product, plan, today))],
        };
    }

    private EarlierTreatment Earlier(ToxinProduct product, InjectionPlan plan, DateOnly today)
    {
        DateOnly? day = _chance.Next(15) switch
        {
            0 => null,
            1 => today.AddDays(_chance.Next(1, 3)),
            2 => today.AddMonths(-3),
            3 => today.AddMonths(-3).AddDays(Pick([-1, 1])),
            _ => today.AddDays(-Pick(DayLimits)),
        };
        var units = Pick<decimal?>([null, 25m, 75m, 100m, 150m, 199.75m, 300m, 400m]);
        return new EarlierTreatment(
            day, _chance.Next(5) switch { 0 => null, 1 => Pick(ToxinCatalogue.Current.Products), _ => product }, units is { } known ? new Units(known) : null)
        {
            EffectHeldDays = Pick<int?>([null, 30, 59, 60, 61, 100]),
            Points = [.. plan.Points.Where(_ => _chance.Next(2) == 0).Select(p => new EarlierPoint(p.SiteId, p.Side, new Units(Pick([0m, 0.5m, 1.25m, 2.5m]))))],
        };
    }

    private VialFacts Vial(ToxinProduct product, InjectionPlan plan, DateTimeOffset now, DateOnly today)
    {
        var held = _chance.Next(10) == 0 ? Pick(ToxinCatalogue.Current.Products) : product;
        var mixedAt = now.AddHours(-Pick([0, 1, 4, 23, 24, 25, 72, 73])).AddSeconds(_chance.Next(-1, 2));
        var isMixed = _chance.Next(6) != 0;
        return new VialFacts
        {
            Left = new Dose(held, Math.Clamp(plan.Total.Units.Number + Pick([0m, -0.25m, 0.25m, 40m]), 0, Units.Most)),
            LotExpires = today.AddDays(Pick([-1, 0, 1, 300])),
            Strength = isMixed ? (_chance.Next(2) == 0 && held.Equals(product) ? plan.Strength : null) ?? Strength(held) : null,
            MixedAt = isMixed ? mixedAt : null,
            UsableUntil = isMixed && _chance.Next(2) == 0 ? mixedAt.AddHours(Pick([4, 24, 72])) : null,
            ServedAnotherPatient = _chance.Next(4) == 0,
            IsClosed = _chance.Next(15) == 0,
        };
    }

    private Guid Id()
    {
        var bytes = new byte[16];
        _chance.NextBytes(bytes);
        return new Guid(bytes);
    }

    private T Pick<T>(IReadOnlyList<T> among) => among[_chance.Next(among.Count)];
}
