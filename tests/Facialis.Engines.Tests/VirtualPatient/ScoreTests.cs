using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Scoring;

namespace Facialis.Engines.Tests.VirtualPatient;

/// <summary>The scores that look at the plan itself: safety and precision.</summary>
public sealed class ScoreTests
{
    private static readonly VirtualPerson Right = VirtualPerson.First(p => p.Side == Side.PatientRight && !p.IsContraindicated && p.RedFlags.Count == 0);
    private static readonly ToxinProduct Product = ToxinCatalogue.Current.FindProduct(ModelParameters.Current.ProductId)!; // of the catalogue

    [Fact]
    public void Needles_at_the_usual_points_of_the_right_side_pass() => Assert.True(Gate(Right, AtSite("OO_UP_PT_LAT"), AtSite("OO_LO_PT_LAT")).IsPassed);

    [Theory]
    [InlineData(Side.PatientLeft, 0.66, -0.07, NeedleDepth.Subcutaneous, BreachKind.WrongSide)]
    [InlineData(Side.PatientRight, 0.50, 0.00, NeedleDepth.Superficial, BreachKind.Eyeball)]
    [InlineData(Side.PatientRight, 0.60, -0.15, NeedleDepth.Deep, BreachKind.DeepInLid)]
    public void What_must_never_happen_ends_the_case(Side side, double lateral, double down, NeedleDepth depth, BreachKind kind)
    {
        var gate = Gate(Right, new PlannedPoint(
            new PlacedPoint(Guid.CreateVersion7(), "OO_UP_PT_LAT", side, new FacePoint((decimal)lateral, (decimal)down)), new Units(1.25m), depth));

        Assert.False(gate.IsPassed);
        Assert.True(gate.EndsCase);
        Assert.Contains(gate.Breaches, b => b.Kind == kind && b.Says.Length > 20);
    }

    [Fact]
    public void Whoever_must_not_be_treated_is_not_treated_with_the_best_plan_either()
    {
        var person = VirtualPerson.First(p => p.Answers[HealthQuestion.NeuromuscularJunctionDisease] == Answer.Yes);

        Assert.Contains(Gate(person, AtSite("OO_UP_PT_LAT", person.Side)).Breaches, b => b is { Kind: BreachKind.Contraindicated, EndsCase: true });
    }

    /// <summary>The error of the novices of van Rhee 2022, planted: a normal error of 5.39 mm along each axis is 6.75 mm away on average.</summary>
    [Fact]
    public void A_learner_with_an_error_of_6_75_mm_is_scored_so()
    {
        var (chance, frame) = (new Random(20261128), new FacialFrame(62));
        var sd = PlacementPrecision.NoviceWithDiagramMm / Math.Sqrt(Math.PI / 2) / (double)frame.IpdMm;
        PlannedPoint[] points =
        [
            .. Enumerable.Range(0, 20_000).Select(_ => AtSite("ZMAJ_UP")).Select(p => p with
            {
                Placed = p.Placed with { Point = FacePoint.Nearest(p.Placed.Point.LateralIpd + Error(), p.Placed.Point.DownIpd + Error()) },
                Units = new Units(0.25m),
            }),
        ];

        var precision = PlacementPrecision.Of(new InjectionPlan(Product, points, frame: frame), FaceAtlas.Current)!; // it has points

        Assert.InRange(precision.MeanFromUsualMm, 6.65, 6.85);
        Assert.InRange(precision.BiasLateralMm, -0.2, 0.2);
        Assert.InRange(precision.BiasDownMm, -0.2, 0.2);
        Assert.True(precision.MedianOutsideMm <= precision.NinetiethOutsideMm);

        decimal Error() => (decimal)(sd * Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble()));
    }

    [Fact]
    public void A_plan_that_is_shifted_up_has_its_shift_as_bias()
    {
        var frame = FacialFrame.Usual;
        var shifted = AtSite("OO_UP_PT_LAT");
        shifted = shifted with { Placed = shifted.Placed with { Point = FacePoint.Nearest(shifted.Placed.Point.LateralIpd, shifted.Placed.Point.DownIpd - frame.ToIpd(5)) } };

        var precision = PlacementPrecision.Of(new InjectionPlan(Product, [shifted]), FaceAtlas.Current)!; // it has a point

        Assert.Equal(-5, precision.BiasDownMm, 2);
        Assert.Equal(0, precision.BiasLateralMm, 2);
    }

    private static PlannedPoint AtSite(string id, Side side = Side.PatientRight)
    {
        var site = FaceAtlas.Current.FindSite(id)!; // of the atlas
        return new PlannedPoint(new PlacedPoint(Guid.CreateVersion7(), id, side, site.UsualPoint), new Units(1.25m), site.Depth);
    }

    private static SafetyGate Gate(VirtualPerson person, params PlannedPoint[] points)
    {
        var plan = new InjectionPlan(
            Product, points, new Concentration(new Dose(Product, 100m), new Millilitres(4m)), frame: person.Frame);
        var now = new DateTimeOffset(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);
        var book = RuleBook.Prepare(ToxinCatalogue.Current, FaceAtlas.Current, default, TimeZoneInfo.Utc);
        return SafetyGate.Of(person, plan, PlanReview.Of(plan, person.ToFacts(DateOnly.FromDateTime(now.UtcDateTime)), null, book, now), FaceAtlas.Current);
    }
}
