using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;
using Facialis.Spasm;
using Facialis.Spasm.Filtering;
using Facialis.Spasm.Report;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Recordings;

namespace Facialis.Engines.Tests.Spasm;

/// <summary>Spasm that is hard to tell from rest, from a blink or from chance.</summary>
public sealed class HardSpasmTests
{
    private const double Seconds = 150;

    /// <summary>In spasm for seven seconds of every nine: the usual level is not rest.</summary>
    [Theory]
    [InlineData(Side.PatientLeft)]
    [InlineData(Side.PatientRight)]
    public void A_face_that_is_seldom_at_rest_is_measured_on_its_own_side(Side side)
    {
        var holds = Enumerable.Range(0, 16).Select(k => Hold(side, 1 + (9 * k), 7)).ToList();
        var report = Measure(holds);
        Assert.NotEqual(Verdict.Refused, report.Verdict);
        Assert.Equal(side == Side.PatientLeft ? AffectedSide.Left : AffectedSide.Right, report.Affected.Answer);
        Assert.Equal(holds.Count, report.Of(side).Events.Count);
        Assert.InRange(report.Of(side).InSpasm.Share, 0.68, 0.82);
    }

    [Fact]
    public void A_side_that_alone_moves_is_named_though_it_moves_in_few_bursts()
    {
        // Rates of what comes in bursts differ widely by chance, so they alone would leave it open.
        var twitches = new[] { 12.0, 55, 60, 63, 118 }.SelectMany(start => Enumerable.Range(0, 8).Select(k => Twitch(Side.PatientRight, start + (0.45 * k))));
        var report = Measure(twitches);
        Assert.Equal(AffectedSide.Right, report.Affected.Answer);
        Assert.InRange(report.Affected.Certainty, 0.9, 1);
    }

    [Fact]
    public void Two_twitches_under_one_blink_are_parted_by_the_mouth()
    {
        List<PlantedMovement> movements = [];
        for (var k = 0; k < 20; k++)
        {
            var at = 4 + (7.0 * k);
            movements.AddRange([Twitch(Side.PatientLeft, at), Twitch(Side.PatientLeft, at + 0.24)]);
            movements.Add(new PlantedMovement { Kind = MovementKind.Blink, StartSeconds = at + 0.08, DurationSeconds = 0.3, LidClosure = 1 });
        }

        Assert.InRange(Measure(movements).Left.Events.Count, 36, 41);
    }

    [Fact]
    public void A_quicker_camera_does_not_count_more_twitches()
    {
        static int Count(ulong seed, double framesPerSecond)
        {
            var person = VirtualPerson.FromSeed(seed);
            var wishes = new RecordingWishes { RestSeconds = 90, AllLandmarks = false, FramesPerSecond = framesPerSecond, ChecksSide = true };
            using var recording = VirtualRecording.Of(VirtualCourse.Of(person, []), 0, wishes).Open();
            return SpasmAnalysis.Run(recording).Report.Of(person.Side).Events.Count;
        }

        // People whose trains pause only just long enough for a camera of 30 frames a second to see it.
        ulong[] people = [48, 75, 84, 102];
        Assert.InRange((double)people.Sum(p => Count(p, 60)) / people.Sum(p => Count(p, 30)), 0.95, 1.05);
    }

    [Fact]
    public void A_tail_of_one_sign_alone_is_no_noise()
    {
        var noise = Enumerable.Range(0, 4000).Select(i => (float)Math.Sin(i * 2.399963)).ToArray();
        var all = Enumerable.Repeat(true, noise.Length).ToArray();
        var scratch = new float[noise.Length];
        var plain = Robust.NoiseWithTails(noise, all, scratch);
        float[] spasm = [.. noise.Select((x, i) => i % 6 == 0 ? 12 : x)];
        float[] unrest = [.. noise.Select((x, i) => i % 12 == 0 ? 12 : i % 12 == 6 ? -12 : x)];
        Assert.InRange(Robust.NoiseWithTails(spasm, all, scratch) / plain, 0.8, 1.5);
        Assert.InRange(Robust.NoiseWithTails(unrest, all, scratch) / plain, 4, 20);
    }

    private static PlantedMovement Hold(Side side, double start, double seconds) => new()
    {
        Kind = MovementKind.Tonic,
        Side = side,
        StartSeconds = start,
        DurationSeconds = seconds,
        LidClosure = 0.6,
        MouthIod = 0.08,
    };

    private static PlantedMovement Twitch(Side side, double start) => new()
    {
        Kind = MovementKind.Clonic,
        Side = side,
        StartSeconds = start,
        DurationSeconds = 0.2,
        LidClosure = 0.6,
        MouthIod = 0.1,
    };

    private static SpasmReport Measure(IEnumerable<PlantedMovement> movements)
    {
        var script = new FaceScript
        {
            DurationSeconds = Seconds,
            Movements = [.. movements.OrderBy(m => m.StartSeconds)],
            Marks = [new ProtocolMark(ProtocolPhase.Rest, 0, Seconds)],
        };
        using var recording = MovingFace.Render(script, 11);
        return SpasmAnalysis.Run(recording).Report;
    }
}
