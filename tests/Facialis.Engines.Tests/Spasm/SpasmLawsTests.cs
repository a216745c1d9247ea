using Facialis.Anatomy;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;
using Facialis.Spasm;
using Facialis.Spasm.Report;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Spasm;

/// <summary>What must hold for every recording, shown on generated faces whose truth is known.</summary>
public sealed class SpasmLawsTests
{
    private const double FrameSeconds = 1.0 / 30;
    private static readonly Gen<int> Seeds = Gen.Choose(1, 10_000);

    [Fact]
    public void Right_and_left_swap_exactly_in_a_mirrored_recording() => Prop.ForAll(Seeds.ToArbitrary(), seed =>
    {
        var plain = Measure(Recording(seed));
        var flipped = Measure(ChangedReader.Flip(Recording(seed)));
        Assert.NotEmpty(plain.Events);
        Assert.Equal(
            plain.Events.Select(e => (e.Side.Opposite(), Math.Round(e.PeakSeconds, 3), e.Kind)),
            flipped.Events.Select(e => (e.Side, Math.Round(e.PeakSeconds, 3), e.Kind)));
        Assert.Equal(plain.Right.Events.Count, flipped.Left.Events.Count);
    }).Check(Few);

    [Fact]
    public void A_recording_known_to_be_mirrored_gives_the_patients_own_sides()
    {
        var flipped = ChangedReader.Flip(Recording(3));
        var report = Measure(new ChangedReader(flipped, _ => true, Mirroring.Mirrored));
        var plain = Measure(Recording(3));
        Assert.True(report.Recording.SidesSwapped);
        Assert.Equal(plain.Left.Events.Count, report.Left.Events.Count);
        Assert.Equal(plain.Affected.Answer, report.Affected.Answer);
    }

    [Fact]
    public void Turning_scaling_and_shifting_the_picture_changes_no_event() => Prop.ForAll(Seeds.ToArbitrary(), Gen.Choose(-30, 30).ToArbitrary(), Gen.Choose(70, 180).ToArbitrary(), (seed, degrees, percent) =>
    {
        var plain = Measure(Recording(seed));
        var moved = Measure(ChangedReader.Move(Recording(seed), degrees, percent / 100f, 5 * degrees, -percent));
        Assert.Equal(plain.Events.Select(e => (e.Side, e.Kind)), moved.Events.Select(e => (e.Side, e.Kind)));
        // Within a hold the highest of many equal frames may be another one; where it begins and ends may not.
        Assert.All(plain.Events.Zip(moved.Events), pair =>
        {
            Assert.InRange(pair.First.StartSeconds - pair.Second.StartSeconds, -FrameSeconds, FrameSeconds);
            Assert.InRange(pair.First.EndSeconds - pair.Second.EndSeconds, -FrameSeconds, FrameSeconds);
        });
    }).Check(Few);

    [Fact]
    public void A_tenth_of_the_frames_lost_leaves_the_rate_within_its_interval() => Prop.ForAll(Seeds.ToArbitrary(), seed =>
    {
        var whole = Measure(Recording(seed, seconds: 150)).Left.Events;
        var thinned = Measure(ChangedReader.Drop(Recording(seed, seconds: 150), 0.1, seed)).Left.Events;
        Assert.InRange(thinned.PerMinute, whole.Low!.Value, whole.High!.Value);
    }).Check(Few);

    [Fact]
    public void A_still_face_has_no_event_in_ten_minutes()
    {
        var report = Measure(MovingFace.Render(FaceScript.Still(600), 5));
        Assert.Empty(report.Events);
        Assert.Equal(AffectedSide.Neither, report.Affected.Answer);
    }

    [Fact]
    public void Healthy_movement_makes_at_most_three_events_in_ten_minutes()
    {
        var reports = Enumerable.Range(0, 5).Select(seed => Measure(MovingFace.Render(SpasmScripts.Healthy(seed, 120), seed, new MovingFaceOptions { FaceSeed = seed }))).ToList();
        Assert.InRange(reports.Sum(r => r.Events.Count), 0, 3);
        Assert.True(reports.Sum(r => r.Blinks.Rate.Count) > 20, "The blinks of a healthy face are found as blinks.");
    }

    [Fact]
    public void Planted_spasms_come_back_on_their_side()
    {
        foreach (var side in Sides.Both)
        {
            var script = SpasmScripts.RandomRest(11, side, 12, 180);
            var report = Measure(MovingFace.Render(script, 11));
            Assert.InRange(report.Of(side).Events.Count, 0.8 * script.Spasms.Count(), 1.1 * script.Spasms.Count());
            Assert.InRange(report.Of(side.Opposite()).Events.Count, 0, 1);
            Assert.Equal(side == Side.PatientLeft ? AffectedSide.Left : AffectedSide.Right, report.Affected.Answer);
        }
    }

    [Fact]
    public void A_long_recording_is_measured_as_its_parts_are()
    {
        // Longer than two of the stretches that are judged at once: their seams must neither lose nor double an event.
        var script = SpasmScripts.RandomRest(21, Side.PatientLeft, 10, 700);
        var report = Measure(MovingFace.Render(script, 21));
        Assert.InRange(report.Left.Events.Count, 0.85 * script.Spasms.Count(), 1.05 * script.Spasms.Count());
        Assert.All(report.Events.Zip(report.Events.Skip(1)), pair => Assert.True(pair.First.PeakSeconds <= pair.Second.PeakSeconds));
        Assert.Equal(700, report.Quality.Seconds.Count, 1.0);
    }

    [Fact]
    public void Under_two_minutes_a_count_has_no_interval()
    {
        var report = Measure(Recording(2, seconds: 60));
        Assert.True(report.Left.Events.Count > 0);
        Assert.Null(report.Left.Events.Low);
        Assert.Contains(report.Findings, f => f.Code == "short-rest");
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(24000.0 / 1001, false)]
    [InlineData(22, true)]
    public void A_camera_that_calls_itself_24_is_not_warned_of(double framesPerSecond, bool isWarned)
    {
        var recording = MovingFace.Render(SpasmScripts.RandomRest(5, Side.PatientLeft, 15, 30), 5, new MovingFaceOptions { FramesPerSecond = framesPerSecond });
        Assert.Equal(isWarned, Measure(recording).Findings.Any(f => f.Code == "frame-rate"));
    }

    [Fact]
    public void Unrefined_landmarks_are_refused_with_the_reason()
    {
        using var recording = Recording(1);
        var plain = LandmarkScheme.MediaPipePlain;
        using var relabelled = new RelabelledReader(recording, plain);
        var report = SpasmAnalysis.Run(relabelled, cancel: TestContext.Current.CancellationToken).Report;
        Assert.Equal(Verdict.Refused, report.Verdict);
        Assert.Equal("unrefined-landmarks", Assert.Single(report.Findings).Code);
    }

    [Fact]
    public void A_face_that_never_appears_is_refused()
    {
        var report = Measure(new ChangedReader(Recording(1, seconds: 20), frame =>
        {
            frame.HasFace = false;
            return true;
        }));
        Assert.Equal(Verdict.Refused, report.Verdict);
        Assert.Equal("no-face", report.Findings[0].Code);
    }

    // The same few recordings in every run: an event at the very threshold may fall on either side of it by rounding.
    private static Config Few => Config.QuickThrowOnFailure.WithMaxTest(4).WithReplay(20_261_122UL, 7UL);

    private static FaceRecordingReader Recording(int seed, double seconds = 40)
        => MovingFace.Render(SpasmScripts.RandomRest(seed, Side.PatientLeft, 15, seconds), seed);

    private static SpasmReport Measure(FaceRecordingReader recording)
    {
        using (recording)
        {
            return SpasmAnalysis.Run(recording).Report;
        }
    }

    private sealed class RelabelledReader(FaceRecordingReader recording, LandmarkScheme scheme) : FaceRecordingReader
    {
        public override RecordingHeader Header { get; } = recording.Header with { Scheme = scheme };

        public override IReadOnlyList<ProtocolMark> Marks => recording.Marks;

        public override bool TryRead(FaceFrame frame) => recording.TryRead(frame);
    }
}
