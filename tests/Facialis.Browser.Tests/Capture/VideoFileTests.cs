using System.Globalization;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Capture;

/// <summary>A video file goes in, a report comes out.</summary>
[Collection(OneCameraAtATime.Name)]
public sealed class VideoFileTests(CaptureHouse house)
{
    [Theory]
    [InlineData("WebM")]
    [InlineData("H.264")]
    public async Task The_contractions_drawn_into_a_video_are_reported_on_the_patients_left(string kind)
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);

        await capture.ChooseAsync(kind == "WebM" ? Clips.Demo : await house.Clips.H264());
        await capture.MarkRightEyeAsync(Clips.RightEye.From, Clips.RightEye.To);
        await capture.ReadAsync();
        var recording = await capture.ReportAsync();

        var report = await capture.ReportOfAsync(recording);
        var events = MeasuredEvents.Of(report).Where(e => e.From > Clips.RightEye.To).ToList();
        Assert.Equal(Clips.Contractions.Count, MeasuredEvents.Found(events, "patientLeft", Clips.Contractions));
        Assert.DoesNotContain(events, e => e.Side == "patientRight");
        Assert.True(events.Count <= Clips.Contractions.Count + 1, $"{events.Count} events for {Clips.Contractions.Count} contractions.");
        Assert.Equal("left", report.GetProperty("affected").GetProperty("answer").GetString());
        Assert.True(report.GetProperty("recording").GetProperty("sideConfirmed").GetBoolean());
        // The page says it too.
        await Assertions.Expect(capture.Page.Locator("main")).ToContainTextAsync("Left");
        Assert.Equal(0, await capture.UnsentAsync());
        AssertEveryFrame(await capture.FileOfAsync(recording));
    }

    /// <summary>No frame is lost, and every one keeps its time.</summary>
    private static void AssertEveryFrame(byte[] file)
    {
        using var reader = new FacerecReader(new MemoryStream(file));
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        var frames = 0;
        while (reader.TryRead(frame))
        {
            Assert.True(frame.HasFace, string.Create(CultureInfo.InvariantCulture, $"No face at {frame.TimeSeconds} s."));
            Assert.Equal(frames / 30.0, frame.TimeSeconds, 1e-3); // WebM keeps whole milliseconds
            frames++;
        }

        Assert.Equal(Clips.DemoFrames, frames);
        Assert.Equal((640, 480), (reader.Header.ImageWidth, reader.Header.ImageHeight));
        Assert.Equal(RecordingSource.VideoFile, reader.Header.Source);
        Assert.Equal(Mirroring.NotMirrored, reader.Mirroring);
    }

    [Fact]
    public async Task A_mirrored_video_is_found_out_by_the_closed_right_eye()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);

        await capture.ChooseAsync(await house.Clips.Mirrored());
        await capture.MarkRightEyeAsync(Clips.RightEye.From, Clips.RightEye.To);
        await capture.ReadAsync();
        var recording = await capture.ReportAsync();

        using var reader = new FacerecReader(new MemoryStream(await capture.FileOfAsync(recording)));
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        while (reader.TryRead(frame))
        {
        }

        Assert.Equal(Mirroring.Mirrored, reader.Mirroring);
    }

    [Fact]
    public async Task Where_the_marked_seconds_do_not_settle_the_sides_the_person_decides()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);

        await capture.ChooseAsync(await house.Clips.FiveSeconds());
        await capture.MarkRightEyeAsync(0, 1.5); // too early: the eye closes at 2 s
        await capture.ReadAsync();
        await capture.Page.GetByText("Right and left are not settled").WaitForAsync(new() { Timeout = 120_000 });
        await capture.MarkRightEyeAsync(Clips.RightEye.From, Clips.RightEye.To);
        await capture.ButtonAsync("Check again");

        var report = await capture.ReportOfAsync(await capture.ReportAsync());
        Assert.True(report.GetProperty("recording").GetProperty("sideConfirmed").GetBoolean());
    }

    [Fact]
    public async Task A_video_turned_on_its_side_is_turned_upright_as_its_file_asks()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);

        await capture.ChooseAsync(await house.Clips.Rotated());
        await capture.ReadAsync();
        var recording = await capture.ReportAsync();

        using var reader = new FacerecReader(new MemoryStream(await capture.FileOfAsync(recording)));
        Assert.Equal((640, 480), (reader.Header.ImageWidth, reader.Header.ImageHeight));
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        Assert.True(reader.TryRead(frame) && frame.HasFace);
        Assert.Equal(Mirroring.Unknown, reader.Mirroring); // nobody said where the right eye closes, so nobody may say which side is which
        var eye = reader.Header.LandmarkIndices.ToList().IndexOf(reader.Header.Scheme.Of(Anatomy.Side.PatientRight).OuterCanthus);
        var mouth = reader.Header.LandmarkIndices.ToList().IndexOf(reader.Header.Scheme.Of(Anatomy.Side.PatientRight).MouthCorner);
        Assert.True(frame.Coordinates[(mouth * 3) + 1] > frame.Coordinates[(eye * 3) + 1] + 50, "The mouth is not below the eye.");
    }

    [Fact]
    public async Task Reading_can_be_cancelled_and_leaves_nothing_behind()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);
        var sent = 0;
        window.Request += (_, request) => sent += request.Url.Contains("/api/", StringComparison.Ordinal) ? 1 : 0;

        await capture.ChooseAsync(Clips.Demo);
        await capture.ReadAsync();
        await capture.Page.GetByText("remaining").WaitForAsync(new() { Timeout = 60_000 }); // it says how long it will take
        await capture.ButtonAsync("Cancel");

        await capture.Page.Locator(".capture-start").WaitForAsync();
        Assert.Equal(0, await capture.UnsentAsync());
        Assert.Equal(0, sent);
    }
}
