using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Anatomy.Recordings;

public sealed class FacerecRoundTripTests
{
    [Fact]
    public void Any_frames_survive_to_half_a_step_and_any_times_to_the_microsecond()
    {
        // Jumps of every size, so that every width of difference occurs, on pictures of any size.
        var position = Gen.OneOf(
            Gen.Choose(-4000 * 64, 4000 * 64).Select(n => n / 64f),
            Gen.Choose(-70_000, 70_000).Select(n => n + 0.37f),
            Gen.Choose(0, 100).Select(n => 240 + (n / 100f)),
            Gen.Constant(-0.015625f));
        var positions = position.ArrayOf(18).Select(p => (float[]?)p);
        var gap = Gen.OneOf(Gen.Choose(1, 60_000), Gen.Choose(1, 3), Gen.Choose(1_000_000, 2_000_000_000));
        var frame = from step in gap
                    from face in Gen.Frequency((1, Gen.Constant((float[]?)null)), (6, positions))
                    from light in Gen.Frequency((1, Gen.Constant(float.NaN)), (2, Gen.Choose(0, 255).Select(b => (float)b)))
                    select (step, face, light);
        var recording = from frames in frame.ListOf()
                        from start in Gen.Choose(0, 1_000_000)
                        from steps in Gen.Elements(1, 10, 32, 64, 1024)
                        from compress in Gen.Elements(true, false)
                        select (frames, start, steps, compress);
        Prop.ForAll(recording.ToArbitrary(), made =>
        {
            var time = (long)made.start;
            var frames = made.frames.Select(f => new Frame((time += f.step) / 1e6, f.face, f.light)).TakeWhile(f => f.Time <= 1_000_000).ToArray();
            var options = new FacerecOptions { StepsPerPixel = made.steps, Compress = made.compress };
            using var reader = new FacerecReader(new MemoryStream(Made.Facerec(Made.Header(), frames, options)));
            var read = Made.ReadAll(reader);
            Assert.Equal(frames.Length, read.Count);
            foreach (var (expected, actual) in frames.Zip(read))
            {
                expected.AssertSame(actual, 0.5 / made.steps);
            }

            Assert.True(reader.IsComplete);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(478, 700, 30)]
    [InlineData(478, 300, 240)]
    [InlineData(468, 61, 15)]
    public void A_recording_of_many_blocks_survives(int landmarks, int count, double fps)
    {
        var scheme = landmarks == 478 ? LandmarkScheme.MediaPipeRefined : LandmarkScheme.MediaPipePlain;
        var frames = Made.Frames(count, landmarks, fps: fps).Where(f => f.Positions is not null).ToArray();
        using var reader = new FacerecReader(new MemoryStream(Made.Facerec(Made.Header(scheme, [.. Enumerable.Range(0, landmarks)]), frames)));
        var read = Made.ReadAll(reader);
        Assert.Equal(frames.Length, read.Count);
        foreach (var (expected, actual) in frames.Zip(read))
        {
            expected.AssertSame(actual, 1 / 64.0);
        }
    }

    [Fact]
    public void The_header_survives()
    {
        var header = Made.Header();
        using var reader = new FacerecReader(new MemoryStream(Made.Facerec(header, [])));
        Assert.Equal(header with { LandmarkIndices = [] }, reader.Header with { LandmarkIndices = [] });
        Assert.Equal(header.LandmarkIndices, reader.Header.LandmarkIndices);
        Assert.Empty(Made.ReadAll(reader));
        Assert.True(reader.IsComplete);
    }

    [Fact]
    public void A_header_that_knows_little_survives()
    {
        var header = new RecordingHeader
        {
            Id = Guid.Parse("0193a5c0-0000-7000-8000-000000000002"),
            Source = RecordingSource.Unknown,
            Scheme = LandmarkScheme.MediaPipeRefined,
            LandmarkIndices = [477],
            ImageWidth = 65_535,
            ImageHeight = 1,
        };
        using var reader = new FacerecReader(new MemoryStream(Made.Facerec(header, [])));
        Assert.Equal(header with { LandmarkIndices = [] }, reader.Header with { LandmarkIndices = [] });
    }

    [Fact]
    public void Marks_mirroring_and_counts_survive_and_the_last_word_holds()
    {
        ProtocolMark[] marks = [new(ProtocolPhase.CloseRightEye, 0.5, 2.25), new(ProtocolPhase.Rest, 3, 183.000001)];
        var file = Made.Facerec(Made.Header(), Made.Frames(20, 6), more: writer =>
        {
            writer.Append(marks[0]);
            writer.SettleMirroring(Mirroring.NotMirrored);
            writer.Count(new CaptureCounts(10, 1));
            writer.Append(new FaceFrame(6) { TimeSeconds = 200 });
            writer.Append(marks[1]);
            writer.SettleMirroring(Mirroring.Mirrored);
            writer.Count(new CaptureCounts(4_000_000_000, 20));
        });
        using var reader = new FacerecReader(new MemoryStream(file));
        Assert.Equal(Mirroring.Unknown, reader.Mirroring);
        Assert.Null(reader.Capture);
        Assert.Equal(21, Made.ReadAll(reader).Count);
        Assert.Equal(marks, reader.Marks);
        Assert.Equal(Mirroring.Mirrored, reader.Mirroring);
        Assert.Equal(new CaptureCounts(4_000_000_000, 20), reader.Capture);
    }

    [Fact]
    public void A_copy_holds_all_that_the_recording_held()
    {
        var file = Made.Facerec(Made.Header(), Made.Frames(100, 6), more: writer =>
        {
            writer.Append(new ProtocolMark(ProtocolPhase.Smile, 1, 2));
            writer.SettleMirroring(Mirroring.Mirrored);
            writer.Count(new CaptureCounts(100, 3));
        });
        using var original = new FacerecReader(new MemoryStream(file));
        using var target = new MemoryStream();
        Assert.Equal(100, FacerecWriter.Copy(original, target));
        using var copy = new FacerecReader(new MemoryStream(target.ToArray()));
        using var again = new FacerecReader(new MemoryStream(file));
        foreach (var (expected, actual) in Made.ReadAll(again).Zip(Made.ReadAll(copy)))
        {
            expected.AssertSame(actual, 0);
        }

        Assert.Equal(original.Marks, copy.Marks);
        Assert.Equal((original.Mirroring, original.Capture), (copy.Mirroring, copy.Capture));
    }

    [Fact]
    public void The_writer_refuses_what_the_format_cannot_hold()
    {
        using var writer = new FacerecWriter(new MemoryStream(), Made.Header());
        writer.Append(new FaceFrame(6) { TimeSeconds = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append(new FaceFrame(6) { TimeSeconds = 1.0000001 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append(new FaceFrame(6) { TimeSeconds = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append(new FaceFrame(7) { TimeSeconds = 2 }));
        var far = new FaceFrame(6) { TimeSeconds = 2, HasFace = true };
        far.Coordinates[4] = float.NaN;
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append(far));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append(new ProtocolMark(ProtocolPhase.Rest, 2, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FacerecWriter(new MemoryStream(), Made.Header(landmarks: [2, 1])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FacerecWriter(new MemoryStream(), Made.Header(landmarks: [68])));
        writer.Complete();
        Assert.Throws<InvalidOperationException>(() => writer.Append(new FaceFrame(6) { TimeSeconds = 3 }));
    }
}
