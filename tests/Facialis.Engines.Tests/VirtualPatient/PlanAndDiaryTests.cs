using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Spread;

namespace Facialis.Engines.Tests.VirtualPatient;

/// <summary>From a plan of the face map to the model, and from the model to the diary.</summary>
public sealed class PlanAndDiaryTests
{
    private static readonly ToxinProduct Product = ToxinCatalogue.Current.Product(ModelParameters.Current.ProductId);

    private static readonly string[] AroundTheEye = ["OO_UP_PT_MED", "OO_UP_PT_LAT", "OO_LO_PT_LAT", "OO_ORB_LATCANTH"];

    [Fact]
    public void A_plan_becomes_deposits_with_its_own_units_volume_and_plane()
    {
        var strength = new Concentration(new Dose(Product, 100m), new Millilitres(4m));
        var plan = new InjectionPlan(Product, [Point("OO_UP_PT_LAT", 2.5m), Point("ZMAJ_UP", 1.25m)], strength);

        var treatment = CourseTreatment.Of(0, plan);

        Assert.Equal(3.75, treatment.Units);
        Assert.Equal(TissuePlane.Pretarsal, treatment.Deposits[0].Plane);
        Assert.Equal(TissuePlane.Open, treatment.Deposits[1].Plane);
        Assert.Equal(0.1, treatment.Deposits[0].VolumeMl, 1e-9);
        Assert.Equal(0.66, treatment.Deposits[0].Position.LateralIpd, 1e-9);
        Assert.Equal(Side.PatientLeft, treatment.Deposits[0].Side);
    }

    [Fact]
    public void A_deep_needle_in_the_lid_is_not_held_back_by_the_tarsus()
    {
        var lid = FaceAtlas.Current.Site("OO_UP_PT_MED");
        var plan = new InjectionPlan(Product, [Point(lid.Id, 2.5m), Point(lid.Id, 2.5m, NeedleDepth.Deep)]);
        Assert.Equal([TissuePlane.Pretarsal, TissuePlane.Open], CourseTreatment.Of(0, plan).Deposits.Select(d => d.Plane));
    }

    [Fact]
    public void A_plan_of_another_product_is_refused_for_units_are_never_converted()
    {
        var other = ToxinCatalogue.Current.Products.First(p => !p.Equals(Product));
        Assert.Throws<ArgumentException>(() => CourseTreatment.Of(0, new InjectionPlan(other, [])));
    }

    [Fact]
    public void A_second_cycle_brings_the_effect_back()
    {
        var person = VirtualPerson.First(p => p.Frailty.Dose is > -0.3 and < 0.3);
        var plan = new InjectionPlan(Product, [.. AroundTheEye.Select(s => Point(s, 2.5m, side: person.Side))]);
        var once = VirtualCourse.Of(person, [CourseTreatment.Of(0, plan)]);
        var twice = VirtualCourse.Of(person, [CourseTreatment.Of(0, plan), CourseTreatment.Of(98, plan)]);
        Assert.Equal(once.SeverityAt(60), twice.SeverityAt(60));
        Assert.True(twice.ImprovementAt(126) > once.ImprovementAt(126) + 0.2);
        Assert.True(twice.ImprovementAt(126) >= once.ImprovementAt(28) - 1e-9);
    }

    [Fact]
    public void Diaries_follow_the_severity_and_are_left_out_more_often_on_good_days()
    {
        var (good, bad, missedGood, missedBad) = (0, 0, 0, 0);
        foreach (var seed in Enumerable.Range(1, 200))
        {
            var person = VirtualPerson.FromSeed((ulong)seed);
            var plan = new InjectionPlan(Product, [.. AroundTheEye.Select(s => Point(s, 5m, side: person.Side))]);
            var course = VirtualCourse.Of(person, [CourseTreatment.Of(0, plan)]);
            foreach (var day in course.Diary(0, 112))
            {
                var truth = person.Spasm.BurdenBefore * course.SeverityAt(day.Day);
                (good, missedGood) = truth < 20 ? (good + 1, missedGood + (day.Severity is null ? 1 : 0)) : (good, missedGood);
                (bad, missedBad) = truth > 50 ? (bad + 1, missedBad + (day.Severity is null ? 1 : 0)) : (bad, missedBad);
                Assert.InRange((day.Severity ?? truth) - truth, -30, 30);
            }

            Assert.Equal(course.Diary(0, 40).Skip(30), course.Diary(30, 40));
        }

        Assert.True(missedGood / (double)good > 1.3 * missedBad / bad);
    }

    private static PlannedPoint Point(string siteId, decimal units, NeedleDepth? depth = null, Side side = Side.PatientLeft)
    {
        var site = FaceAtlas.Current.Site(siteId);
        return new PlannedPoint(new PlacedPoint(Guid.Empty, siteId, side, site.UsualPoint), new Units(units), depth ?? site.Depth);
    }
}
