using Facialis.Anatomy;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Spread;
using Facialis.VirtualPatient.TimeCourse;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.VirtualPatient;

/// <summary>What must hold for every virtual person and every treatment.</summary>
public sealed class CourseLawsTests
{
    private static readonly ModelParameters Model = ModelParameters.Current;
    private static readonly Gen<int> Seeds = Gen.Choose(1, 1_000_000);
    private static readonly double[] Days = [1, 4, 7, 14, 28, 56, 84, 112];

    [Fact]
    public void The_whole_of_a_field_depends_on_the_units_alone() => Prop.ForAll(
        Gen.Choose(1, 40).ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), (quarters, hundredths) =>
        {
            var one = Mass(quarters / 4.0, hundredths / 100.0);
            var reference = Mass(1, 0.1) * quarters / 4.0;
            Assert.Equal(reference, one, 1e-6 * reference);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void More_toxin_never_leaves_more_force() => Prop.ForAll(Seeds.ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), (seed, quarters) =>
    {
        var person = VirtualPerson.FromSeed((ulong)seed);
        var less = Course(person, quarters / 4.0);
        var more = Course(person, (quarters + 1) / 4.0);
        Assert.All(Days, day => Assert.True(more.SeverityAt(day) <= less.SeverityAt(day) + 1e-12));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Twice_the_dose_holds_one_half_life_longer() => Prop.ForAll(Gen.Choose(5, 40).ToArbitrary(), Gen.Choose(10, 40).ToArbitrary(), (tenths, halfLife) =>
    {
        // Late enough that uptake is over: the level then falls by the half-life alone.
        var kernel = Model.Kernel with { HalfLifeDays = halfLife, TauDays = 0.5 };
        var clock = new ToxinClock(kernel.TauDays, kernel.HalfLifeDays);
        double Block(double units, double day) => BlockCurve.BlockAt(kernel, units * clock.LevelAt(day), kernel.D50);
        var units = tenths / 10.0;
        Assert.Equal(Block(units, 60), Block(2 * units, 60 + halfLife), 1e-12);
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_mirrored_person_has_the_mirrored_course() => Prop.ForAll(Seeds.ToArbitrary(), seed =>
    {
        var course = Course(VirtualPerson.FromSeed((ulong)seed), 4);
        var mirrored = course.Mirrored();
        Assert.Equal(course.Person.Side.Opposite(), mirrored.Person.Side);
        Assert.All(Days, day =>
        {
            Assert.Equal(course.SeverityAt(day), mirrored.SeverityAt(day));
            foreach (var side in Sides.Both)
            {
                Assert.Equal(course.MusclesAt(side, day), mirrored.MusclesAt(side.Opposite(), day));
            }
        });
        Assert.Equal(course.SideEffects.Select(e => e.Mirrored()), mirrored.SideEffects);
        Assert.Equal(course.Diary(0, 60), mirrored.Diary(0, 60));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Untreated_nothing_gets_better_and_nothing_goes_wrong() => Prop.ForAll(Seeds.ToArbitrary(), seed =>
    {
        var course = VirtualCourse.Of(VirtualPerson.FromSeed((ulong)seed), []);
        Assert.All(Days, day => Assert.Equal(0, course.ImprovementAt(day), 1e-12));
        Assert.Empty(course.SideEffects);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void A_treatment_in_two_parts_on_one_day_is_the_whole() => Prop.ForAll(Seeds.ToArbitrary(), seed =>
    {
        var person = VirtualPerson.FromSeed((ulong)seed);
        var whole = Course(person, 5);
        var points = whole.Treatments[0].Deposits;
        var parts = VirtualCourse.Of(person, [new CourseTreatment(0, [points[0]]), new CourseTreatment(0, [.. points.Skip(1)])]);
        Assert.All(Days, day => Assert.Equal(whole.SeverityAt(day), parts.SeverityAt(day), 1e-9));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void The_wrong_side_brings_no_improvement()
    {
        var person = VirtualPerson.FromSeed(17);
        var wrong = VirtualCourse.Of(person, [Usual(person, 5).Mirrored()]);
        Assert.InRange(wrong.ImprovementAt(28), 0, 0.01);
        Assert.True(wrong.MusclesAt(person.Side.Opposite(), 28)[0].Block > 0.5);
    }

    [Fact]
    public void Side_effects_begin_within_two_weeks_and_end_after_they_began()
    {
        var effects = Enumerable.Range(1, 300).SelectMany(seed => Course(VirtualPerson.FromSeed((ulong)seed), 10).SideEffects).ToList();
        Assert.True(effects.Count > 50);
        Assert.All(effects, e => Assert.InRange(e.FromDay, 0, 14));
        Assert.All(effects, e => Assert.True(e.ToDay > e.FromDay));
    }

    private static VirtualCourse Course(VirtualPerson person, double units) => VirtualCourse.Of(person, [Usual(person, units)]);

    private static CourseTreatment Usual(VirtualPerson person, double units) => new(0,
    [
        new Deposit(person.Side, new FacePosition(0.66, -0.07), units, 0.05, TissuePlane.Pretarsal),
        new Deposit(person.Side, new FacePosition(0.92, 0.05), units, 0.05, TissuePlane.Open),
        new Deposit(person.Side, new FacePosition(0.66, 0.06), units, 0.05, TissuePlane.Pretarsal),
    ]);

    private static double Mass(double units, double volumeMl)
    {
        // A square of 160 mm in steps of 1 mm, which for a field of 10 mm sums as exactly as an integral.
        const int reach = 80;
        var line = Enumerable.Range(-reach, (2 * reach) + 1).Select(i => (double)i).ToArray();
        var sum = 0.0;
        var exposure = new double[line.Length];
        foreach (var y in line)
        {
            SpreadField.Expose(
                Model.Kernel, [new Deposit(Side.PatientLeft, default, units, volumeMl, TissuePlane.Open)], Side.PatientLeft,
                line, [.. line.Select(_ => y)], ipdMm: 1, widthFactor: 1, behindTarsus: false, exposure);
            sum += exposure.Sum();
        }

        return sum;
    }
}
