using Facialis.Anatomy;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;

namespace Facialis.Engines.Tests.Anatomy.Synthesis;

public sealed class MovingFaceTests
{
    private static readonly MovingFaceOptions Steady = new() { Jitter = 0, Sway = 0 };

    [Fact]
    public void The_same_seed_gives_the_same_recording_and_another_seed_another()
    {
        var script = SpasmScripts.RandomRest(5, Side.PatientLeft, 12, 20);

        var first = Frames(MovingFace.Render(script, 5));
        var again = Frames(MovingFace.Render(script, 5));
        var other = Frames(MovingFace.Render(script, 6));

        Assert.Equal(600, first.Count);
        Assert.All(first.Zip(again), pair => Assert.Equal(pair.First.Points, pair.Second.Points));
        Assert.NotEqual(first[10].Points, other[10].Points);
    }

    [Theory]
    [InlineData(Side.PatientRight)]
    [InlineData(Side.PatientLeft)]
    public void A_planted_spasm_moves_its_own_side_and_not_the_other(Side side)
    {
        var script = new FaceScript
        {
            DurationSeconds = 2,
            Movements =
            [
                new PlantedMovement { Kind = MovementKind.Clonic, Side = side, StartSeconds = 1, DurationSeconds = 0.3, LidClosure = 0.8, MouthIod = 0.1, BrowIod = 0.03 },
            ],
        };
        using var reader = MovingFace.Render(script, 1, Steady);
        var frames = Frames(reader);
        var (rest, peak) = (frames[0], frames[34]);

        double Opening(Picture frame, Side of) => Aperture(reader.Header, frame, of) / Steady.InterocularPixels;
        Assert.Equal(0.8 * 0.84, 1 - (Opening(peak, side) / Opening(rest, side)), 0.02);
        Assert.Equal(Opening(rest, side.Opposite()), Opening(peak, side.Opposite()), 4);

        var moved = Corner(reader.Header, peak, side) - Corner(reader.Header, rest, side);
        Assert.Equal(0.1, moved.Length() / Steady.InterocularPixels, 0.003);
        Assert.True(moved.Y < 0, "up");
        Assert.True(moved.X * (side == Side.PatientLeft ? 1 : -1) > 0, "outwards: the patient's left lies to the viewer's right");
        Assert.Equal(0, (Corner(reader.Header, peak, side.Opposite()) - Corner(reader.Header, rest, side.Opposite())).Length() / Steady.InterocularPixels, 0.002);
    }

    [Fact]
    public void A_mirrored_picture_of_a_script_is_the_plain_picture_of_the_mirrored_script()
    {
        var script = SpasmScripts.RandomRest(9, Side.PatientLeft, 20, 10);

        using var mirroredPicture = MovingFace.Render(script, 3, Steady with { PictureIsMirrored = true });
        using var mirroredScript = MovingFace.Render(script.Mirrored(), 3, Steady);

        Assert.All(Frames(mirroredPicture).Zip(Frames(mirroredScript)), pair =>
        {
            for (var i = 0; i < pair.First.Points.Length; i++)
            {
                Assert.Equal(pair.First.Points[i], pair.Second.Points[i], 0.01f);
            }
        });
    }

    [Fact]
    public void The_noise_of_a_still_face_is_what_was_measured_on_still_pictures()
    {
        using var reader = MovingFace.Render(FaceScript.Still(60), 11, new MovingFaceOptions { Sway = 0 });
        var frames = Frames(reader);

        // measurement.md 1.4, neutral man, noise 5: lid aperture .17/.20, left-right aperture .28, mouth corner y .32 and x .37 % of the interocular distance.
        foreach (var side in Sides.Both)
        {
            Assert.InRange(Deviation(frames.Select(f => Aperture(reader.Header, f, side))), 0.15, 0.24);
            Assert.InRange(Deviation(frames.Select(f => (double)Corner(reader.Header, f, side).X)), 0.28, 0.42);
            Assert.InRange(Deviation(frames.Select(f => (double)Corner(reader.Header, f, side).Y)), 0.28, 0.42);
        }

        static double Deviation(IEnumerable<double> pixels)
        {
            var values = pixels.Select(p => 100 * p / 92).ToArray();
            var mean = values.Average();
            return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        }
    }

    [Fact]
    public void Scripts_of_rest_plant_about_the_rate_that_was_asked_for()
    {
        foreach (var rate in new[] { 2.0, 8, 20 })
        {
            var planted = Enumerable.Range(0, 40).Average(seed => SpasmScripts.RandomRest(seed, Side.PatientRight, rate, 300).Spasms.Count() / 5.0);
            Assert.InRange(planted, 0.8 * rate, 1.2 * rate);
        }
    }

    [Fact]
    public void Spasms_of_a_script_never_overlap_and_stay_inside_the_recording()
    {
        foreach (var seed in Enumerable.Range(0, 50))
        {
            var spasms = SpasmScripts.RandomRest(seed, Side.PatientLeft, 25, 120).Spasms.ToArray();
            Assert.All(spasms, s => Assert.InRange(s.EndSeconds, 0, 120));
            Assert.All(spasms.Zip(spasms.Skip(1)), pair => Assert.True(pair.First.EndSeconds < pair.Second.StartSeconds));
        }
    }

    [Fact]
    public void Lost_frames_leave_gaps_and_the_others_keep_their_times()
    {
        using var whole = MovingFace.Render(FaceScript.Still(30), 4, Steady);
        using var holed = MovingFace.Render(FaceScript.Still(30), 4, Steady with { DroppedShare = 0.1 });

        var times = Frames(whole).Select(f => f.Time).ToHashSet();
        var kept = Frames(holed);

        Assert.InRange(kept.Count, 770, 850);
        Assert.All(kept, frame => Assert.Contains(frame.Time, times));
    }

    [Fact]
    public void A_guided_recording_carries_the_phases_in_order_and_without_overlap()
    {
        var script = SpasmScripts.Guided(SpasmScripts.Healthy(1, 60));

        Assert.Equal(ProtocolPhase.CloseRightEye, script.Marks[0].Phase);
        Assert.Equal(60, script.Marks.Where(m => m.Phase == ProtocolPhase.Rest).Sum(m => m.EndSeconds - m.StartSeconds), 6);
        Assert.All(script.Marks.Zip(script.Marks.Skip(1)), pair => Assert.Equal(pair.First.EndSeconds, pair.Second.StartSeconds, 6));
        Assert.Equal(script.DurationSeconds, script.Marks[^1].EndSeconds, 6);
    }

    private static double Aperture(RecordingHeader header, Picture frame, Side side)
    {
        // The three middle pairs, as in the measurement that the noise is held against.
        var points = header.Scheme.Of(side);
        return points.UpperLid.Zip(points.LowerLid).Skip(1).Take(3).Average(pair => Point(header, frame, pair.Second).Y - Point(header, frame, pair.First).Y);
    }

    private static System.Numerics.Vector2 Corner(RecordingHeader header, Picture frame, Side side) => Point(header, frame, header.Scheme.Of(side).MouthCorner);

    private static System.Numerics.Vector2 Point(RecordingHeader header, Picture frame, int landmark)
    {
        var place = header.LandmarkIndices.ToList().IndexOf(landmark);
        return new(frame.Points[3 * place], frame.Points[(3 * place) + 1]);
    }

    private static List<Picture> Frames(FaceRecordingReader reader)
    {
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        var frames = new List<Picture>();
        while (reader.TryRead(frame))
        {
            frames.Add(new Picture(frame.TimeSeconds, frame.Coordinates.ToArray()));
        }

        return frames;
    }

    private sealed record Picture(double Time, float[] Points);
}
