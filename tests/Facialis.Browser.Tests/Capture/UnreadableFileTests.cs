using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Capture;

/// <summary>Whatever cannot be measured is answered with a sentence that says what to do.</summary>
[Collection(OneCameraAtATime.Name)]
public sealed class UnreadableFileTests(CaptureHouse house)
{
    [Theory]
    [InlineData("text", "is not a video file", "Choose an MP4, MOV or WebM file")]
    [InlineData("empty", "The file is empty", "Choose the video file itself")]
    [InlineData("hevc", "Most Compatible", "convert the file to H.264")]
    [InlineData("sound", "holds no picture", "Choose a video of the face")]
    [InlineData("long", "the limit is 60 minutes", "Cut it to the part")]
    [InlineData("cut", "damaged or not a video file", "Copy it again from the camera")]
    public async Task A_file_that_is_no_readable_video_is_refused_with_what_to_do(string kind, string what, string remedy)
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);
        List<string> errors = [];
        capture.Page.PageError += (_, error) => errors.Add(error);

        await capture.ChooseAsync(await File(kind));

        await Assertions.Expect(capture.Problem).ToContainTextAsync(what, new() { Timeout = 60_000 });
        await Assertions.Expect(capture.Problem).ToContainTextAsync(remedy);
        await capture.ButtonAsync("Back");
        await capture.Page.Locator(".capture-start").WaitForAsync();
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_film_damaged_in_its_middle_is_said_to_be_so_when_the_damage_is_reached()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);

        await capture.ChooseAsync(await house.Clips.Damaged());
        await capture.ReadAsync();

        await Assertions.Expect(capture.Problem).ToContainTextAsync("The video is damaged after", new() { Timeout = 120_000 });
        Assert.Equal(0, await capture.UnsentAsync());
    }

    [Fact]
    public async Task A_film_that_is_shorter_than_it_says_is_measured_only_after_a_warning()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);

        await capture.ChooseAsync(await house.Clips.CutOffWebM());

        await Assertions.Expect(capture.Page.GetByText("The file was cut off")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task Without_WebCodecs_it_says_so()
    {
        await using var window = await house.WindowAsync();
        await window.AddInitScriptAsync("delete window.VideoDecoder;");
        var capture = await house.OpenAsync(window);

        await capture.ChooseAsync(Clips.Demo);

        await Assertions.Expect(capture.Problem).ToContainTextAsync("WebCodecs is missing");
        await Assertions.Expect(capture.Problem).ToContainTextAsync("Use a current Chrome");
    }

    [Fact]
    public async Task Without_WebGL_2_it_says_so()
    {
        await using var window = await house.WindowAsync();
        await window.AddInitScriptAsync(
            "const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind === 'webgl2' ? null : get.call(this, kind, ...rest); };");
        var capture = await house.OpenAsync(window);

        await capture.ChooseAsync(Clips.Demo);

        await Assertions.Expect(capture.Problem).ToContainTextAsync("WebGL 2", new() { Timeout = 60_000 });
        await Assertions.Expect(capture.Problem).ToContainTextAsync("hardware acceleration");
    }

    [Fact]
    public async Task Without_a_patient_nothing_is_opened()
    {
        await using var window = await house.WindowAsync();
        var capture = await house.OpenAsync(window);
        await capture.Page.Locator("#recording-patient").SelectOptionAsync("");

        await capture.ChooseAsync(Clips.Demo);

        await Assertions.Expect(capture.Page.Locator("#recording-patient")).ToBeFocusedAsync();
        await Assertions.Expect(capture.Page.Locator(".capture-start")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_the_page_says_what_it_needs()
    {
        await using var window = await house.WindowAsync();
        await window.RouteAsync("**/islands/**/*.js", route => route.AbortAsync());
        var page = await window.NewPageAsync();
        await page.GotoAsync("/clinic/recordings/new");

        await Assertions.Expect(page.Locator("spasm-camera")).ToContainTextAsync("needs JavaScript and WebGL 2");
        await Assertions.Expect(page.Locator("spasm-camera")).ToContainTextAsync("the video never leaves it");
    }

    private Task<string> File(string kind) => kind switch
    {
        "text" => house.Clips.Text(),
        "empty" => house.Clips.Empty(),
        "hevc" => house.Clips.Hevc(),
        "sound" => house.Clips.SoundOnly(),
        "long" => house.Clips.TooLong(),
        "cut" => house.Clips.CutOff(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such file."),
    };
}
