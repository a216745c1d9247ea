using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>The report as a person reads it: with keys, pointer, on paper, without script.</summary>
public sealed partial class ReportTests(House house)
{
    [Fact]
    public async Task Keys_go_from_event_to_event_zoom_and_play_the_face()
    {
        await using var window = await house.WindowAsync();
        var page = await window.OpenReportAsync(await window.BeforeTreatmentAsync());
        var timeline = page.Locator("spasm-timeline");
        var stage = page.Locator(".timeline-stage");
        var status = page.Locator(".timeline-status");
        var faceEvent = page.Locator(".event-face-caption dd").First;
        await stage.FocusAsync();

        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(status).ToContainTextAsync("Event 1:");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(status).ToContainTextAsync("Event 2: Left side");
        await Assertions.Expect(faceEvent).ToContainTextAsync("2,");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(status).ToContainTextAsync("Event 1:");
        await page.Keyboard.PressAsync("End");
        var last = await status.TextContentAsync() ?? "";

        var whole = await SpanAsync(timeline);
        await page.Keyboard.PressAsync("+");
        var closer = await SpanAsync(timeline);
        Assert.True(closer.To - closer.From < 0.7 * (whole.To - whole.From), $"{closer}");
        var start = await stage.EvaluateAsync<double>("(_, n) => fetch(`/api/recordings/${document.querySelector('spasm-timeline').dataset.recording}/report`)"
            + ".then(r => r.json()).then(r => r.events.find(e => e.number === n).startSeconds)", int.Parse(EventNumber().Match(last).Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.InRange(start, closer.From, closer.To);
        await page.Keyboard.PressAsync("0");
        Assert.Equal(whole, await SpanAsync(timeline));

        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Frame on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Play" }).WaitForAsync();
    }

    [Fact]
    public async Task The_pointer_chooses_an_event_and_its_face_moves()
    {
        await using var window = await house.WindowAsync();
        var page = await window.OpenReportAsync(await window.BeforeTreatmentAsync());
        var mark = page.Locator(".timeline-stage .timeline-event.is-left .timeline-event-mark").Nth(8);
        await page.Locator(".timeline-stage").ScrollIntoViewIfNeededAsync(); // the marks in it are drawn anew when its width is known
        var box = await mark.BoundingBoxAsync() ?? throw new InvalidOperationException("The mark is not on screen.");
        var lids = page.Locator(".event-face-figure .face-line.face-left-lids");

        await page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));

        await page.Locator(".timeline-event.is-chosen").WaitForAsync();
        await Assertions.Expect(page.Locator(".timeline-status")).ToContainTextAsync("Left side");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();
        var shape = await lids.GetAttributeAsync("d") ?? "";
        await Assertions.Expect(lids).Not.ToHaveAttributeAsync("d", shape);
    }

    [Fact]
    public async Task Wheel_with_control_zooms_around_the_pointer_and_a_plain_wheel_scrolls_the_page()
    {
        await using var window = await house.WindowAsync();
        var page = await window.OpenReportAsync(await window.BeforeTreatmentAsync());
        var timeline = page.Locator("spasm-timeline");
        var whole = await SpanAsync(timeline);
        await page.Locator(".timeline-stage").HoverAsync();

        await page.Mouse.WheelAsync(0, 120);
        await page.WaitForFunctionAsync("() => scrollY > 0");
        Assert.Equal(whole, await SpanAsync(timeline));

        await page.Locator(".timeline-stage").HoverAsync();
        await page.Keyboard.DownAsync("Control");
        await page.Mouse.WheelAsync(0, -120);
        await page.Keyboard.UpAsync("Control");
        var closer = await SpanAsync(timeline);
        Assert.True(closer.To - closer.From < whole.To - whole.From, $"{closer}");
    }

    [Fact]
    public async Task The_tables_link_plays_the_event_without_loading_the_page_anew()
    {
        await using var window = await house.WindowAsync();
        var page = await window.OpenReportAsync(await window.BeforeTreatmentAsync());
        await page.EvaluateAsync("() => { window.stillHere = true; }");

        await page.GetByRole(AriaRole.Link, new() { Name = "Show event 5", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator(".event-face-caption dd").First).ToContainTextAsync("5,");
        await Assertions.Expect(page.Locator(".timeline-status")).ToContainTextAsync("Event 5:");
        Assert.True(await page.EvaluateAsync<bool>("() => window.stillHere === true"));
    }

    [Fact]
    public async Task Whoever_wants_less_motion_sees_the_peak_standing_still()
    {
        await using var window = await house.WindowAsync();
        var page = await window.OpenReportAsync(await window.BeforeTreatmentAsync());

        // Nothing moves by itself, for anybody, until somebody asks.
        await page.GetByRole(AriaRole.Button, new() { Name = "Play" }).WaitForAsync();
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.Locator(".timeline-stage").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator(".event-face-moment")).ToContainTextAsync("+");
        Assert.Equal("Play", await page.Locator(".event-face-controls button").First.TextContentAsync());
    }

    [Fact]
    public async Task Every_report_prints_on_one_page()
    {
        await using var window = await house.WindowAsync();
        foreach (var id in await window.RecordingsAsync())
        {
            var page = await window.NewPageAsync();
            await page.GotoAsync($"/clinic/recordings/{id}");
            await page.Locator(".timeline-stage .timeline-lid").First.WaitForAsync();
            // The face replaces the stills that came with the page; for a moment while it loads both have their place.
            await page.WaitForFunctionAsync("() => [...document.querySelectorAll('event-face')].every(face => face.querySelector('.event-face-controls button'))");

            var pdf = await page.PdfAsync(new() { PreferCSSPageSize = true });

            Assert.Single(PdfPage().Matches(System.Text.Encoding.Latin1.GetString(pdf)));
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.True(await page.Locator("spasm-timeline .timeline-paper svg").IsVisibleAsync());
            Assert.False(await page.Locator(".timeline-controls").IsVisibleAsync());
            await page.CloseAsync();
        }
    }

    [Fact]
    public async Task Downloads_come_as_files()
    {
        await using var window = await house.WindowAsync();
        var id = await window.BeforeTreatmentAsync();
        var page = await window.OpenReportAsync(id);
        var events = (await window.ReportAsync(id)).GetProperty("events").GetArrayLength();

        var csv = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Events as a table" }).ClickAsync());
        Assert.Matches(@"^recording-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.events\.csv$", csv.SuggestedFilename);
        Assert.Equal(events + 1, (await File.ReadAllLinesAsync(await csv.PathAsync(), TestContext.Current.CancellationToken)).Length);

        var recording = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "The recording itself" }).ClickAsync());
        Assert.EndsWith(".facerec", recording.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal("FREC"u8.ToArray(), (await File.ReadAllBytesAsync(await recording.PathAsync(), TestContext.Current.CancellationToken))[1..5]);
    }

    [Fact]
    public async Task Without_script_timeline_faces_table_and_choice_are_there()
    {
        await using var signedIn = await house.WindowAsync();
        var id = await signedIn.BeforeTreatmentAsync();
        await using var window = await house.Chromium.Browser.NewContextAsync(new()
        {
            BaseURL = house.Address,
            JavaScriptEnabled = false,
            StorageState = await signedIn.StorageStateAsync(),
        });
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/clinic/recordings/{id}");

        Assert.True(await page.Locator("spasm-timeline svg").IsVisibleAsync());
        Assert.Equal(2, await page.Locator("event-face .face-still").CountAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Show event 7", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("event-face")).ToContainTextAsync("at the peak of event 7");
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task With_its_islands_alive_the_report_is_accessible_and_fits_the_screen(int widthPx, ColorScheme scheme)
    {
        await using var window = await house.WindowAsync(widthPx, scheme);
        var page = await window.OpenReportAsync(await window.BeforeTreatmentAsync());
        await page.Locator(".timeline-stage").FocusAsync();
        await page.Keyboard.PressAsync("End");

        await page.IsAccessibleAsync();
        var box = await page.Locator(".timeline-stage").BoundingBoxAsync();
        Assert.InRange(box!.Width, 250, widthPx); // the stage is on screen, so it has a box
    }

    private static async Task<(double From, double To)> SpanAsync(ILocator timeline)
    {
        double Read(string? text) => double.Parse(text ?? "NaN", CultureInfo.InvariantCulture);
        return (Read(await timeline.GetAttributeAsync("data-from")), Read(await timeline.GetAttributeAsync("data-to")));
    }

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PdfPage();

    [GeneratedRegex(@"Event (\d+)")]
    private static partial Regex EventNumber();
}
