using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Capture;

/// <summary>The guided protocol, in front of a camera that plays the drawn clip in a loop.</summary>
[Collection(OneCameraAtATime.Name)]
public sealed class CameraTests(CaptureHouse house)
{
    [Fact]
    public async Task The_camera_guides_through_the_protocol_and_the_contractions_are_reported_on_the_patients_left()
    {
        await using var camera = await FakeCamera.StartAsync(house);
        var capture = await house.OpenAsync(camera.Window);
        await capture.ButtonWithTextAsync("Use the camera");
        await FakeCamera.StartInStepAsync(capture);

        await capture.Page.GetByText("Close your RIGHT eye").WaitForAsync(new() { Timeout = 30_000 });
        await FakeCamera.RestAsync(capture);
        var recording = await capture.ReportAsync();

        using var reader = new FacerecReader(new MemoryStream(await capture.FileOfAsync(recording)));
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        var frames = 0;
        while (reader.TryRead(frame))
        {
            frames++;
        }

        Assert.Equal(RecordingSource.Camera, reader.Header.Source);
        Assert.Equal(Mirroring.NotMirrored, reader.Mirroring);
        Assert.Equal(frames, reader.Capture?.Presented - reader.Capture?.Dropped ?? 0, 3.0);
        Assert.Equal([ProtocolPhase.Pause, ProtocolPhase.CloseRightEye, ProtocolPhase.Pause, ProtocolPhase.Rest], reader.Marks.TakeLast(4).Select(m => m.Phase));
        var rest = reader.Marks[^1];
        Assert.Equal(20, rest.EndSeconds - rest.StartSeconds, 0.5);

        var report = await capture.ReportOfAsync(recording);
        var events = MeasuredEvents.Of(report).Where(e => e.From >= rest.StartSeconds && e.To <= rest.EndSeconds).ToList();
        // Where in the loop the rest began is known to a part of a second, so the count is compared, not each time: one
        // contraction may lie on the edge of the rest, and one be missed. A machine too busy for the camera misses more, as its report says.
        var least = report.GetProperty("recording").GetProperty("framesPerSecond").GetDouble() >= 20 ? 6 : 3;
        Assert.InRange(events.Count(e => e.Side == "patientLeft"), least, 8);
        Assert.DoesNotContain(events, e => e.Side == "patientRight");
    }

    [Fact]
    public async Task Without_a_closed_right_eye_it_asks_again_and_goes_on_unconfirmed_only_when_told_to()
    {
        await using var camera = await FakeCamera.StartAsync(house);
        var capture = await house.OpenAsync(camera.Window);
        await capture.ButtonWithTextAsync("Use the camera");
        await FakeCamera.StartInStepAsync(capture, clipSeconds: 8); // the right eye stays open for the next ten seconds

        await capture.Page.GetByText("Not clear which eye closed").WaitForAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(capture.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
        await capture.ButtonAsync("Go on with the side unconfirmed");
        await capture.Page.GetByText("Rest and look ahead").WaitForAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(capture.Page.GetByText("side unconfirmed.")).ToBeVisibleAsync();

        await capture.ButtonAsync("Pause");
        await capture.Page.GetByText("Nothing is recorded").WaitForAsync();
        await capture.ButtonAsync("Go on");
        await capture.Page.GetByText("Rest and look ahead").WaitForAsync();
        await capture.ButtonAsync("Cancel");
        await capture.ButtonAsync("Cancel and delete");
        await capture.Page.Locator(".capture-start").WaitForAsync();
        Assert.Equal(0, await capture.UnsentAsync());
    }

    [Fact]
    public async Task A_camera_that_is_not_allowed_is_answered_with_what_to_do()
    {
        await using var browser = await house.BrowserAsync();
        await using var window = await house.WindowAsync(browser);
        // A browser without windows has nowhere to ask, so it cannot be told no; this is what one with windows answers then.
        await window.AddInitScriptAsync("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));");
        var capture = await house.OpenAsync(window);

        await capture.ButtonWithTextAsync("Use the camera");

        await Assertions.Expect(capture.Problem).ToContainTextAsync("Allow it for this page", new() { Timeout = 30_000 });
    }
}
