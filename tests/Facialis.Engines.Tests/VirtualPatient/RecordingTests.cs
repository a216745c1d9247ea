using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Recordings;
using Facialis.VirtualPatient.SpasmDrive;
using Facialis.VirtualPatient.Spread;

namespace Facialis.Engines.Tests.VirtualPatient;

public sealed class RecordingTests
{
    private static readonly RecordingWishes Short = new() { RestSeconds = 20 };

    [Fact]
    public void The_same_person_day_and_number_give_the_same_recording_and_another_number_another()
    {
        var course = Untreated(3);
        var recording = VirtualRecording.Of(course, 0, Short);
        var first = Frames(recording);
        Assert.Equal(600, first.Count);
        Assert.Equal(478 * 3, first[0].Length);
        Assert.Equal(first, Frames(recording));
        Assert.Equal(first, Frames(VirtualRecording.Of(Untreated(3), 0, Short)));
        Assert.NotEqual(first[100], Frames(VirtualRecording.Of(course, 0, Short with { Number = 1 }))[100]);
    }

    [Fact]
    public void Toxin_weakens_what_is_seen_and_leaves_the_drive_alone()
    {
        var person = VirtualPerson.First(p => p.Spasm.Strength > 0.8 && p.Frailty.Dose < 0);
        var deposits = new FacePosition[] { new(0.35, -0.07), new(0.66, -0.07), new(0.66, 0.06), new(0.92, 0.05) }
            .Select(at => new Deposit(person.Side, at, 5, 0.05, TissuePlane.Pretarsal)).ToList();
        var course = VirtualCourse.Of(person, [new CourseTreatment(0, deposits)]);
        var (before, after) = (VirtualRecording.Of(course, 0, Short), VirtualRecording.Of(course, 28, Short));
        Assert.Equal(before.Drive.Contractions, after.Drive.Contractions);
        Assert.NotEmpty(before.Spasms);
        Assert.True(after.Spasms.Max(s => s.LidClosure) < 0.3 * before.Spasms.Max(s => s.LidClosure));
    }

    [Fact]
    public void The_drive_fires_about_as_often_as_the_person_has_it()
    {
        var ratios = Enumerable.Range(1, 60).Select(seed =>
        {
            var person = VirtualPerson.FromSeed((ulong)seed);
            var fired = VirtualRecording.Of(VirtualCourse.Of(person, []), 0, new RecordingWishes { RestSeconds = 300 }).Drive.Contractions.Count / 5.0;
            return (person, fired, ratio: fired / person.Spasm.PerMinute);
        }).ToList();
        // Where firings themselves fill the minute there is no room for more pauses.
        Assert.InRange(ratios.Where(r => r.person.Spasm.PerMinute < 25).Average(r => r.ratio), 0.85, 1.15);
    }

    [Fact]
    public void A_twitch_peaks_at_its_time_constant_and_a_hold_comes_to_its_drive()
    {
        var filter = new TwitchFilter(1, 0.035, 1.0 / 240);
        filter.Twitch(0, 1, 0.002);
        var best = (Value: 0.0, Step: 0);
        for (var step = 1; step < 240; step++)
        {
            filter.Step();
            best = filter.Response[0] > best.Value ? (filter.Response[0], step) : best;
            var t = (0.002 + (step / 240.0)) / 0.035;
            Assert.Equal(Math.E * t * Math.Exp(-t), filter.Response[0], 1e-5);
        }

        Assert.Equal(1, best.Value, 0.01);
        Assert.Equal(0.035, 0.002 + (best.Step / 240.0), 1 / 240.0);
        for (var step = 0; step < 480; step++)
        {
            filter.Hold(0, 1.5);
            filter.Step();
        }

        Assert.Equal(1.5, filter.Response[0], 0.1);
    }

    [Fact]
    public void Planted_spasms_lie_in_order_within_the_recording_and_on_the_persons_side()
    {
        foreach (var seed in Enumerable.Range(1, 30))
        {
            var recording = VirtualRecording.Of(Untreated(seed), 0, new RecordingWishes { RestSeconds = 60, ChecksSide = true, HasTasks = true });
            var person = VirtualPerson.FromSeed((ulong)seed);
            Assert.All(recording.Spasms, s =>
            {
                Assert.InRange(s.PeakSeconds, s.StartSeconds, s.EndSeconds);
                Assert.InRange(s.EndSeconds, 0, recording.Seconds);
                Assert.Equal(s.DurationSeconds >= 0.5, s.IsTonic);
            });
            if (!person.RedFlags.Contains(RedFlagKind.BothSides))
            {
                Assert.All(recording.Spasms, s => Assert.Equal(person.Side, s.Side));
                Assert.All(recording.Spasms.Zip(recording.Spasms.Skip(1)), pair => Assert.True(pair.First.EndSeconds <= pair.Second.StartSeconds + 0.01));
            }
        }
    }

    [Fact]
    public void A_drooping_lid_is_seen_in_the_recording()
    {
        var found = Enumerable.Range(1, 400).Select(seed => (person: VirtualPerson.FromSeed((ulong)seed), seed)).First(p =>
            Treated(p.person).SideEffects.Any(e => e.Kind == Facialis.VirtualPatient.SideEffects.SideEffectKind.Ptosis && e.ExtentAt(e.FromDay + 4) > 0.6));
        var course = Treated(found.person);
        var effect = course.SideEffects.First(e => e.Kind == Facialis.VirtualPatient.SideEffects.SideEffectKind.Ptosis);
        var wishes = Short with { Jitter = 0, Liveliness = 0 };
        double Opening(double day) => MedianOpening(VirtualRecording.Of(course, day, wishes), effect.Side);
        Assert.True(Opening(effect.FromDay + 4) < 0.85 * Opening(0));
    }

    [Fact]
    public void The_noise_of_landmarks_is_normal()
    {
        var draws = Facialis.VirtualPatient.Chance.Draws.Of(1, Facialis.VirtualPatient.Chance.ChancePurpose.Camera);
        var normals = new float[100_000];
        NormalTable.Fill(ref draws, normals);
        Assert.Equal(0, normals.Average(), 0.01);
        Assert.Equal(1, normals.Average(x => (double)x * x), 0.015);
        Assert.Equal(3, normals.Average(x => Math.Pow(x, 4)), 0.12);
        Assert.Equal(0.0455, normals.Count(x => Math.Abs(x) > 2) / 1e5, 0.003);
        Assert.InRange(normals.Max(), 3.7f, 4.6f);
    }

    private static VirtualCourse Untreated(int seed) => VirtualCourse.Of(VirtualPerson.FromSeed((ulong)seed), []);

    private static VirtualCourse Treated(VirtualPerson person) => VirtualCourse.Of(
        person, [new CourseTreatment(0, [new Deposit(person.Side, new FacePosition(0.5, -0.2), 5, 0.1, TissuePlane.Open)])]);

    private static double MedianOpening(VirtualRecording recording, Side side)
    {
        using var reader = recording.Open();
        var points = reader.Header.Scheme.Of(side);
        var frame = new FaceFrame(478);
        List<double> openings = [];
        while (reader.TryRead(frame))
        {
            openings.Add(frame.Coordinates[(3 * points.LowerLid[2]) + 1] - frame.Coordinates[(3 * points.UpperLid[2]) + 1]);
        }

        return openings.Order().ElementAt(openings.Count / 2);
    }

    private static List<float[]> Frames(VirtualRecording recording)
    {
        using var reader = recording.Open();
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        List<float[]> frames = [];
        while (reader.TryRead(frame))
        {
            frames.Add(frame.Coordinates.ToArray());
        }

        return frames;
    }
}
