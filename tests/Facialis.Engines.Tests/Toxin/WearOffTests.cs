using Facialis.Anatomy;
using Facialis.Anatomy.Synthesis;
using Facialis.Toxin;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Toxin;

public sealed class WearOffTests
{
    private static readonly WearOffPopulation Ona = WearOffPopulation.BentivoglioOna;

    public static readonly TheoryData<double, double> Normals = new()
    {
        { 0, 0.5 }, { 1, 0.8413447460685429 }, { -1.959963984540054, 0.025 }, { 2.4, 0.9918024640754038 }, { 2.6, 0.9953388119762813 }, { -6, 9.865876450376946e-10 },
    };

    [Theory]
    [MemberData(nameof(Normals))]
    public void The_normal_law_is_that_of_the_tables(double z, double below) => Assert.Equal(below, NormalLaw.Below(z), Math.Max(below * 1e-12, 1e-21));

    [Fact]
    public void Without_a_cycle_of_the_own_the_forecast_is_the_populations()
    {
        var forecast = WearOffForecast.Of(Ona, []);

        // The domain notes: median 77 days, 43 to 139 from the tenth to the ninetieth percentile.
        Assert.Equal((77, 43, 139), ((int)Math.Round(forecast.MedianDays), (int)Math.Round(forecast.FromDays), (int)Math.Round(forecast.ToDays)));
        Assert.Equal((0, 0.0), (forecast.Cycles, forecast.OwnShare));
    }

    [Fact]
    public void The_own_cycles_draw_the_forecast_to_them_and_narrow_the_window()
    {
        var one = WearOffForecast.Of(Ona, [WearOffCycle.WoreOffOn(120)]);
        var six = WearOffForecast.Of(Ona, [.. Enumerable.Repeat(WearOffCycle.WoreOffOn(120), 6)]);

        Assert.InRange(one.MedianDays, 90, 105); // 0.6 of the way in logarithms: 77 * (120 / 77)^0.6 = 100
        Assert.InRange(six.MedianDays, 112, 120);
        Assert.True(six.ToDays - six.FromDays < one.ToDays - one.FromDays);
        Assert.Equal(0.6, one.OwnShare, 0.001);
        Assert.Equal(0.9, six.OwnShare, 0.001);
    }

    [Fact]
    public void A_cycle_that_nobody_saw_end_counts_as_at_least_so_long()
    {
        var unseen = WearOffForecast.Of(Ona, [WearOffCycle.HeldUntil(120)]);
        var seen = WearOffForecast.Of(Ona, [WearOffCycle.WoreOffOn(120)]);
        var nothing = WearOffForecast.Of(Ona, [WearOffCycle.HeldUntil(0)]);

        Assert.True(unseen.MedianDays > seen.MedianDays);
        Assert.Equal((1, 1, 0.0), (unseen.Cycles, unseen.Censored, unseen.OwnShare));
        Assert.Equal(WearOffForecast.Of(Ona, []).MedianDays, nothing.MedianDays, 0.05);
    }

    [Fact]
    public void While_the_effect_still_holds_the_forecast_lies_ahead_and_in_order() => Prop.ForAll(
        Gen.Choose(0, 400).SelectMany(held => Gen.Choose(1, 500).ListOf().Select(days => (Held: held, Days: days.Take(8).ToList()))).ToArbitrary(),
        cycle =>
        {
            var forecast = WearOffForecast.Of(Ona, cycle.Days.ConvertAll(WearOffCycle.WoreOffOn), cycle.Held);
            return cycle.Held <= forecast.FromDays && forecast.FromDays < forecast.MedianDays && forecast.MedianDays < forecast.ToDays;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_a_patient_with_many_like_cycles_the_forecast_knows_as_much_as_can_be_known()
    {
        var population = Ona with { Between = 0.8, Within = 0.05 };
        var forecast = WearOffForecast.Of(population, [.. Enumerable.Repeat(WearOffCycle.WoreOffOn(100), 40)]);

        // Only the spread within the patient is left: 100 * exp(±1.2816 * 0.05 * sqrt(1 + 1/40)).
        Assert.Equal(100, forecast.MedianDays, 0.5);
        Assert.Equal(100 * Math.Exp(-0.0649), forecast.FromDays, 0.5);
        Assert.Equal(100 * Math.Exp(0.0649), forecast.ToDays, 0.5);
    }

    [Fact]
    public void A_day_that_lies_far_out_still_gives_a_forecast()
    {
        var short_ = WearOffForecast.Of(WearOffPopulation.Kollewe, [.. Enumerable.Repeat(WearOffCycle.WoreOffOn(1), 5)]);
        var long_ = WearOffForecast.Of(WearOffPopulation.Kollewe, [.. Enumerable.Repeat(WearOffCycle.WoreOffOn(2000), 5)]);

        Assert.InRange(short_.MedianDays, 0.1, 60);
        Assert.InRange(long_.MedianDays, 200, 3000);
    }

    [Theory]
    [InlineData(60, 84, "2026-04-10", true)]
    [InlineData(100, 84, "2026-04-26", false)]
    public void The_next_day_is_never_before_the_interval_rule(double median, int interval, string day, bool wearsOffBefore)
    {
        var forecast = WearOffForecast.Of(Ona, []) with { MedianDays = median, FromDays = median - 20, ToDays = median + 40 };

        var given = new DateOnly(2026, 1, 16);
        var due = NextDue.Of(given, forecast, given.AddDays(interval));

        Assert.Equal((DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), wearsOffBefore), (due.Day, due.WearsOffBefore));
        Assert.All([due.Day, due.From, due.To], d => Assert.True(d >= due.Earliest));
    }

    [Theory]
    [InlineData("2026-03-01", "2026-04-16", true)]
    [InlineData("2026-05-02", "2026-05-02", false)]
    public void What_wore_off_is_due_from_that_day_but_not_before_the_rules_allow(string woreOff, string day, bool before)
    {
        var given = new DateOnly(2026, 1, 16);
        var book = RuleBook.Prepare(ToxinCatalogue.Current, Facialis.Anatomy.Sites.FaceAtlas.Current, LabelRegions.None, TimeZoneInfo.Utc);
        var earliest = book.EarliestAgain(ToxinCatalogue.Current.Product("onabotulinumtoxinA"), given);

        var due = NextDue.OfWornOff(Day(woreOff), earliest);

        Assert.Equal(Day("2026-04-16"), earliest); // ONA-INT, 3 months, is longer than the 84 days of ALL-INT
        Assert.Equal((Day(day), before), (due.Day, due.WearsOffBefore));
        static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_fit_finds_the_population_that_the_cycles_came_from()
    {
        var truth = new WearOffPopulation("truth", "", SourceMark.Estimate, 4.4, 0.3, 0.2);
        var chance = new SeededChance(7);
        var patients = Enumerable.Range(0, 200).Select(_ =>
        {
            var own = truth.Mean + (truth.Between * chance.Normal());
            return (IReadOnlyCollection<WearOffCycle>)[.. Enumerable.Range(0, 5).Select(n => Math.Exp(own + (truth.Within * chance.Normal()))).Select(days =>
                chance.Next() < 0.25 ? WearOffCycle.HeldUntil((int)(days * chance.Next())) : WearOffCycle.WoreOffOn((int)Math.Round(days)))];
        }).ToList();

        var fitted = WearOffFit.Of(patients, WearOffPopulation.Kollewe);

        Assert.Equal(truth.Mean, fitted.Mean, 0.05);
        Assert.Equal(truth.Between, fitted.Between, 0.04);
        Assert.Equal(truth.Within, fitted.Within, 0.02);
        Assert.Throws<ArgumentException>(() => WearOffFit.Of(patients[..5], WearOffPopulation.Kollewe));
    }
}
