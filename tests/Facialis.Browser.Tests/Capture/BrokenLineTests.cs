using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Capture;

/// <summary>A line that breaks loses nothing and doubles nothing.</summary>
[Collection(OneCameraAtATime.Name)]
public sealed class BrokenLineTests(CaptureHouse house)
{
    [Fact]
    public async Task Requests_that_break_before_or_after_the_server_are_made_again_under_the_same_id()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);
        HashSet<string> ids = [];
        Dictionary<string, int> seen = [];
        List<string> broken = [];
        await window.RouteAsync("**/api/recordings/**", async route =>
        {
            var request = route.Request;
            if (request.Method == "GET")
            {
                await route.ContinueAsync(); // the report's own page, later
                return;
            }

            ids.Add(new Uri(request.Url).Segments[3].TrimEnd('/'));
            var count = seen[request.Method] = seen.GetValueOrDefault(request.Method) + 1;
            if (count == 1)
            {
                broken.Add(request.Method + " on the way there");
                await route.AbortAsync("connectionreset");
            }
            else if (count == 2 && request.Method is "PATCH" or "POST")
            {
                broken.Add(request.Method + " on the way back");
                await route.FetchAsync(); // the server does it, and nobody hears of it
                await route.AbortAsync("connectionreset");
            }
            else
            {
                await route.ContinueAsync();
            }
        });

        await capture.ChooseAsync(await house.Clips.FiveSeconds());
        await capture.ReadAsync();
        var recording = await capture.ReportAsync();

        Assert.Equal([recording.ToString()], ids);
        Assert.Equal(
            ["HEAD on the way there", "PATCH on the way back", "PATCH on the way there", "POST on the way back", "POST on the way there", "PUT on the way there"],
            broken.Distinct().Order());
        Assert.Equal(0, await capture.UnsentAsync());
        var report = await capture.ReportOfAsync(recording);
        Assert.Equal(150, report.GetProperty("recording").GetProperty("frames").GetInt32());
    }

    [Fact]
    public async Task A_recording_that_could_not_be_sent_waits_on_the_device_and_is_sent_after_a_reload()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);
        HashSet<string> ids = [];
        window.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/recordings/", StringComparison.Ordinal))
            {
                ids.Add(new Uri(request.Url).Segments[3].TrimEnd('/'));
            }
        };
        Task Break(IRoute route) => route.AbortAsync("internetdisconnected");
        await window.RouteAsync("**/api/recordings/*/content", Break);

        await capture.ChooseAsync(await house.Clips.FiveSeconds());
        await capture.ReadAsync();
        await capture.Page.GetByText("There is no connection to the server").WaitForAsync(new() { Timeout = 120_000 });
        Assert.Equal(1, await capture.UnsentAsync());

        await capture.Page.ReloadAsync();
        await Assertions.Expect(capture.Page.GetByText("waits on this device")).ToBeVisibleAsync();
        await window.UnrouteAsync("**/api/recordings/*/content", Break);
        await capture.ButtonAsync("Finish sending");
        var recording = await capture.ReportAsync();

        Assert.Equal([recording.ToString()], ids);
        Assert.Equal(0, await capture.UnsentAsync());
    }

    [Fact]
    public async Task A_server_that_refuses_is_quoted_and_the_recording_stays_until_it_is_deleted()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);
        await window.RouteAsync("**/api/recordings/*", route => route.FulfillAsync(new()
        {
            Status = 413,
            ContentType = "application/problem+json",
            Body = """{"title":"Too large","detail":"This recording is too large: this server takes up to 1 MiB."}""",
        }));

        await capture.ChooseAsync(await house.Clips.FiveSeconds());
        await capture.ReadAsync();
        await Assertions.Expect(capture.Problem).ToContainTextAsync("this server takes up to 1 MiB", new() { Timeout = 120_000 });
        Assert.Equal(1, await capture.UnsentAsync());

        await capture.ButtonAsync("Back");
        await capture.ButtonAsync("Delete it from this device");
        Assert.Equal(1, await capture.UnsentAsync()); // asked once more first
        await capture.ButtonAsync("Delete it for good");
        await Assertions.Expect(capture.Page.GetByText("waits on this device")).ToHaveCountAsync(0);
        Assert.Equal(0, await capture.UnsentAsync());
    }
}
