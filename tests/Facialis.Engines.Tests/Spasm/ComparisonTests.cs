using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;
using Facialis.Spasm;
using Facialis.Spasm.Comparison;
using Facialis.Spasm.Report;
using Facialis.Spasm.Statistics;

namespace Facialis.Engines.Tests.Spasm;

public sealed class ComparisonTests
{
    [Fact]
    public void A_rate_that_falls_to_a_quarter_is_told_from_chance()
    {
        var change = RecordingComparison.Compare(Report(18, 240, 1), Report(4, 240, 2));
        Assert.True(change.IsComparable);
        var left = change.Sides.Single(s => s.Side == Side.PatientLeft);
        Assert.Equal(ChangeAnswer.Fewer, left.Answer);
        Assert.InRange(left.Rate.High!.Value, 0.0, 1.0);
    }

    [Fact]
    public void The_same_rate_twice_cannot_be_told_from_chance()
    {
        var change = RecordingComparison.Compare(Report(12, 240, 3), Report(12, 240, 4));
        Assert.Equal(ChangeAnswer.CannotTell, change.Sides.Single(s => s.Side == Side.PatientLeft).Answer);
    }

    [Fact]
    public void Short_recordings_are_compared_without_an_interval_and_say_so()
    {
        var change = RecordingComparison.Compare(Report(12, 60, 5), Report(12, 240, 6));
        Assert.Contains(change.Reasons, reason => reason.Contains("under 2 minutes", StringComparison.Ordinal));
        Assert.All(change.Sides, side => Assert.Null(side.Rate.Low));
    }

    [Fact]
    public void Unconfirmed_sides_are_not_compared()
    {
        var change = RecordingComparison.Compare(Report(12, 60, 7), Report(12, 60, 8, Mirroring.Unknown));
        Assert.False(change.IsComparable);
        Assert.Contains("second recording", Assert.Single(change.Reasons), StringComparison.Ordinal);
    }

    // Quantiles of Student's t, R 4.2: qt(0.975, df).
    [Theory]
    [InlineData(4, 2.7764)]
    [InlineData(11, 2.2010)]
    [InlineData(17, 2.1098)]
    [InlineData(100, 1.9840)]
    public void Quantiles_of_t_are_those_of_R(double degrees, double expected)
        => Assert.Equal(expected, StudentT.Quantile975(degrees), 0.006 * expected);

    [Fact]
    public void Events_in_bursts_widen_the_interval()
    {
        var usable = Enumerable.Range(0, 300).ToList();
        var even = RateInterval.Of([.. Enumerable.Range(0, 30).Select(i => (10.0 * i) + 5)], usable);
        var bursts = RateInterval.Of([.. Enumerable.Range(0, 30).Select(i => (60.0 * (i / 6)) + (0.5 * (i % 6)) + 5)], usable);
        Assert.Equal(even.PerMinute, bursts.PerMinute, 1e-9);
        Assert.True(bursts.High / bursts.Low > 1.5 * (even.High / even.Low));
    }

    private static SpasmReport Report(double ratePerMinute, double seconds, int seed, Mirroring mirroring = Mirroring.NotMirrored)
    {
        using var recording = MovingFace.Render(SpasmScripts.RandomRest(seed, Side.PatientLeft, ratePerMinute, seconds), seed, new MovingFaceOptions { Mirroring = mirroring });
        return SpasmAnalysis.Run(recording).Report;
    }
}
