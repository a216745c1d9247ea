using Facialis.Clinic.Practice;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Web.Tests.Clinic.Practice;

/// <summary>What a vial cost is shared to the cent, whatever its parts are.</summary>
public sealed class CostShareTests
{
    [Fact]
    public void The_shares_of_a_vial_come_to_its_cost_and_none_is_a_cent_away_from_its_own()
    {
        var parts = Gen.Choose(0, 100_00).Select(n => (long)n).NonEmptyListOf().Where(p => p.Sum() > 0).Select(p => p.ToArray());
        Prop.ForAll(Gen.Zip(Gen.Choose(0, 100_000_000), parts).ToArbitrary(), given =>
        {
            var (cents, hundredths) = given;
            var shares = CostShares.Of(cents, hundredths);
            return shares.Sum() == cents && shares.Zip(hundredths).All(s =>
                Math.Abs(s.First - ((decimal)cents * s.Second / hundredths.Sum())) < 1 && (s.Second > 0 || s.First == 0));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Thirds_of_a_euro_differ_by_one_cent()
    {
        Assert.Equal([34L, 33L, 33L], CostShares.Of(100, [5, 5, 5]));
        Assert.Equal([0L, 1L], CostShares.Of(1, [1, 2]));
        Assert.Equal([-17L, 117L], CostShares.Of(100, [-1, 7])); // books that do not tie are still shared whole
    }

    [Fact]
    public void A_share_is_told_with_both_numbers_and_its_interval()
    {
        Assert.Equal("3 of 120 visits (2.5 %, 95 % interval 0.9 to 7.1 %)", new Share(3, 120).InWords("visits"));
        Assert.Equal("no visits", new Share(0, 0).InWords("visits"));
        Assert.Equal(0, new Share(0, 5).Interval!.Value.Low); // there are five
    }

    [Theory]
    [InlineData(null, null, true, "2025-12", "2026-11")]
    [InlineData("2026-03", null, true, "2026-03", "2026-11")]
    [InlineData("2026-03", "2026-03", true, "2026-03", "2026-03")]
    [InlineData("2026-04", "2026-03", false, "2025-12", "2026-11")]
    [InlineData("2016-04", "2026-03", false, "2025-12", "2026-11")]
    [InlineData("spring", "", false, "2025-12", "2026-11")]
    public void Months_are_read_or_the_last_twelve_are_shown(string? from, string? to, bool isRange, string first, string last)
    {
        Assert.Equal(isRange, MonthRange.TryRead(from, to, new DateOnly(2026, 11, 22), out var range));
        Assert.Equal((first, last), (MonthRange.Text(range.From), MonthRange.Text(range.To)));
        Assert.Equal(range.To, range.Months[^1]);
    }
}
