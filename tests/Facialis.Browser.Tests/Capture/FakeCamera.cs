using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Capture;

/// <summary>A browser whose only camera plays the drawn clip, over and over.</summary>
internal sealed class FakeCamera : IAsyncDisposable
{
    /// <summary>
    /// Second of the clip at which to press start so that the person in it does what the protocol asks: three seconds of looking,
    /// then the right eye, which in the clip closes at 2 s and is judged from one second after the question on.
    /// </summary>
    private const double InStep = Clips.DemoSeconds + 2 - 1.05 - 3;

    private FakeCamera(IBrowser browser, IBrowserContext window) => (Browser, Window) = (browser, window);

    public IBrowser Browser { get; }

    public IBrowserContext Window { get; }

    public static async Task<FakeCamera> StartAsync(CaptureHouse house, params string[] moreSwitches)
    {
        var browser = await house.BrowserAsync([
            "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            $"--use-file-for-fake-video-capture={await house.Clips.Camera()}", .. moreSwitches,
        ]);
        return new FakeCamera(browser, await house.WindowAsync(browser, permissions: ["camera"]));
    }

    /// <summary>Chooses the shortest rest without movements and presses start at that second of the looping clip.</summary>
    public static async Task StartInStepAsync(CapturePage capture, double clipSeconds = InStep)
    {
        var start = capture.Page.Locator("button:not([disabled])", new() { HasTextString = "Start the recording" });
        await start.WaitForAsync(new() { Timeout = 120_000 });
        await capture.Page.Locator("#capture-rest").SelectOptionAsync("20");
        foreach (var movement in await capture.Page.Locator("input[name=capture-task]").AllAsync())
        {
            await movement.UncheckAsync();
        }

        await PressInStepAsync(capture, "Start the recording", clipSeconds);
    }

    /// <summary>Waits for the quiet rest. Where a busy machine saw too little of the closed eye, it is asked for again, as a person would.</summary>
    public static async Task RestAsync(CapturePage capture)
    {
        var rest = capture.Page.GetByText("Rest and look ahead");
        var unclear = capture.Page.GetByText("Not clear which eye closed");
        for (var tries = 0; ; tries++)
        {
            await rest.Or(unclear).WaitForAsync(new() { Timeout = 60_000 });
            if (await rest.IsVisibleAsync())
            {
                return;
            }

            Assert.True(tries < 4, "The closed right eye was not seen in five tries.");
            await PressInStepAsync(capture, "Try again", InStep);
            await capture.Page.GetByText("Look at the camera").WaitForAsync(new() { Timeout = 60_000 });
        }
    }

    private static async Task PressInStepAsync(CapturePage capture, string button, double clipSeconds) => await capture.Page.EvaluateAsync(
        """
        ([text, at, loop]) => new Promise((resolve) => {
          const video = document.querySelector("video.capture-video");
          const button = [...document.querySelectorAll("button")].find((b) => b.textContent === text);
          const look = () => {
            const behind = (((video.currentTime - at) % loop) + loop) % loop;
            if (behind < 0.3) { button.click(); resolve(); } else setTimeout(look, 20);
          };
          look();
        })
        """,
        new object[] { button, clipSeconds, Clips.DemoSeconds });

    public async ValueTask DisposeAsync()
    {
        await Window.DisposeAsync();
        await Browser.DisposeAsync();
    }
}
