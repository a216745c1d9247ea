using Facialis.Anatomy;
using Facialis.Anatomy.Synthesis;
using Facialis.Clinic.Measurements;
using Facialis.Spasm;
using Facialis.Spasm.Report;

namespace Facialis.Web.Tests.Clinic;

/// <summary>Figures in words: never alone.</summary>
public sealed class ReportSentenceTests
{
    [Fact]
    public void A_rate_carries_count_minutes_and_interval()
    {
        Assert.Equal("24 events in 3.0 min = 8.0 per minute (95\u00A0% interval 5.1 to 12.6)", ReportSentences.Of(new Rate(24, 3, 8, 5.1, 12.6, 1.4), "event"));
        Assert.Equal("1 event in 0.5 min = 2.0 per minute (too short for an interval)", ReportSentences.Of(new Rate(1, 0.5, 2, null, null, null), "event"));
    }

    [Fact]
    public void A_share_carries_numerator_denominator_and_interval()
    {
        Assert.Equal("9.6 s of 180 s = 5.3\u00A0% (95\u00A0% interval 3.1 to 8.0\u00A0%)", ReportSentences.Of(new TimeShare(9.6, 180, 0.0533, 0.031, 0.08)));
    }

    [Theory]
    [InlineData(0, "0:00.0")]
    [InlineData(59.96, "1:00.0")]
    [InlineData(65.25, "1:05.2")]
    [InlineData(3725.5, "62:05.5")]
    public void Times_are_minutes_and_seconds(double seconds, string words) => Assert.Equal(words, ReportSentences.Clock(seconds));

    [Theory]
    [InlineData(AffectedSide.Left, "Left, certainty 97 %")]
    [InlineData(AffectedSide.CannotTell, "Cannot tell")]
    public void The_judgement_names_the_side_in_words(AffectedSide side, string words) =>
        Assert.Equal(words, ReportSentences.Affected(new SideJudgement(side, side == AffectedSide.Left ? 0.97 : 0, "")));

    [Fact]
    public void Regions_read_as_a_list()
    {
        Assert.Equal("eye, brow and mouth", ReportSentences.Of([Region.Eye, Region.Brow, Region.Mouth]));
        Assert.Equal("eye", ReportSentences.Of([Region.Eye]));
        Assert.Equal("unclear", ReportSentences.Of([]));
    }

    [Fact]
    public void Bands_leave_a_gap_where_no_face_was_found()
    {
        float[] closure = [0, 0.5f, float.NaN, float.NaN, 0.2f, 0.1f];
        var zeros = new float[6];
        var track = new SignalTrack
        {
            Times = [0, 1, 2, 3, 4, 5],
            RightLidClosure = closure,
            LeftLidClosure = zeros,
            RightMouthIod = zeros,
            LeftMouthIod = zeros,
            RightBrowIod = zeros,
            LeftBrowIod = zeros,
        };

        var bands = SignalBands.Of(track, 0, 6, 3);

        Assert.Equal([0, null, 0.1], bands.Right.Lid.Low);
        Assert.Equal([0.5, null, 0.2], bands.Right.Lid.High);
        Assert.Equal([1, 3, 5], bands.Times);
        Assert.Empty(SignalBands.Of(track, 50, 60, 10).Right.Lid.Low.OfType<double>());
    }

    [Theory]
    [InlineData(Side.PatientRight, SpasmKind.Clonic)]
    [InlineData(Side.PatientLeft, SpasmKind.Tonic)]
    public void A_mark_stands_in_the_strip_of_its_own_side(Side side, SpasmKind kind)
    {
        var e = new SpasmEvent
        {
            Number = 1,
            Side = side,
            StartSeconds = 10,
            EndSeconds = 12,
            PeakSeconds = 11,
            Kind = kind,
            Regions = [],
            LidClosure = 1,
            LidIod = 0.1,
            MouthIod = 0,
            BrowIod = 0,
            BrowLiftWithClosure = false,
            Strength = 9,
            Counted = true,
        };
        using var still = MovingFace.Render(FaceScript.Still(20), 1);
        var (report, signals) = SpasmAnalysis.Run(still, keepSignals: true, cancel: TestContext.Current.CancellationToken);
        var drawing = new TimelineDrawing(report with { Events = [e] }, SignalBands.Of(signals!, 0, 20, 50), 20); // asked for

        var numbers = System.Text.RegularExpressions.Regex.Matches(drawing.Mark(e), @"(?<=[V,])[0-9.]+").Select(m => double.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(numbers, y => Assert.True(side == Side.PatientRight ? y <= TimelineDrawing.StripHeight : y >= TimelineDrawing.LeftStrip, $"y = {y}"));
    }
}
