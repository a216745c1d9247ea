using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Engines.Tests.Toxin.Oracle;
using Facialis.Toxin;

namespace Facialis.Engines.Tests.Toxin;

/// <summary>A harmless treatment to begin with; a test changes the one thing it is about.</summary>
internal sealed record Scene
{
    public const string Lid = "OO_UP_PT_LAT";

    public static readonly DateOnly Today = new(2026, 7, 7);
    public static readonly DateTimeOffset Noon = new(2026, 7, 7, 12, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<string> AllUnverified = [.. ToxinCatalogue.Current.Rules.Where(r => r.NeedsConfirmation).Select(r => r.Id)];

    public ToxinProduct Product { get; init; } = Of("onabotulinumtoxinA");

    public LabelRegions Region { get; init; } = LabelRegions.UnitedKingdom;

    public IReadOnlyList<PlannedPoint> Points { get; init; } = [Point(Lid, 1.25m)];

    public Concentration? Strength { get; init; }

    public int? Gauge { get; init; }

    public decimal IpdMm { get; init; } = 63;

    public PatientFacts Facts { get; init; } = new()
    {
        Side = ConditionSide.PatientRight,
        BornOn = new DateOnly(1980, 1, 1),
        Answers = HealthAnswers.AllNo,
        DiplopiaBefore = Answer.No,
    };

    public VialFacts? Vial { get; init; }

    public DateTimeOffset Now { get; init; } = Noon;

    public string Zone { get; init; } = "UTC";

    public bool Confirmed { get; init; } = true;

    public Case Case => new(
        new InjectionPlan(Product, Points, Strength, Gauge, new FacialFrame(IpdMm)), Facts, Vial, Region, TimeZoneInfo.FindSystemTimeZoneById(Zone), Now,
        Confirmed ? AllUnverified : new HashSet<string>());

    public static ToxinProduct Of(string id) => ToxinCatalogue.Current.Product(id);

    public static PlannedPoint Point(string site, decimal units, Side side = Side.PatientRight, FacePoint? at = null, NeedleDepth? depth = null) => new(
        new PlacedPoint(Guid.CreateVersion7(), site, side, at ?? FaceAtlas.Current.Site(site).UsualPoint), new Units(units),
        depth ?? FaceAtlas.Current.Site(site).Depth);

    public Concentration Mix(decimal vial, decimal ml) => new(new Dose(Product, vial), new Millilitres(ml));

    /// <summary>A vial that nothing is wrong with.</summary>
    public VialFacts GoodVial() => new()
    {
        Left = new Dose(Product, 100),
        LotExpires = Today.AddDays(30),
        Strength = Mix(100, 4),
        MixedAt = Now.AddHours(-1),
        UsableUntil = Now.AddHours(1),
    };

    public Scene With(params PlannedPoint[] points) => this with { Points = points };

    public Scene After(params EarlierTreatment[] earlier) => this with { Facts = Facts with { Earlier = earlier } };

    /// <summary>A treatment long enough ago to limit nothing.</summary>
    public Scene TreatedBefore() => After(new EarlierTreatment(Today.AddDays(-400), Product, new Units(1)));

    public Scene AtProduct(string id) => this with { Product = Of(id) };
}
