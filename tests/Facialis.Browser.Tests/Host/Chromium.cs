using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Host;

/// <summary>One browser for the whole run: Debian's Chromium without its windows, or the one that FACIALIS_TEST_CHROMIUM names.</summary>
/// <remarks>The full program builds its own toolbar and menus for each window, four times the work of an empty page.</remarks>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>How long an expectation waits for what it expects. A page that a busy machine answers late is late, not wrong.</summary>
    private const float LongestWaitMs = 30_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser is not started yet.");

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(LongestWaitMs);
        _browser = await LaunchAsync();
    }

    /// <summary>Another browser, for a test that needs its own switches, such as a fake camera.</summary>
    public async Task<IBrowser> LaunchAsync(params string[] switches) => await _playwright!.Chromium.LaunchAsync(new() // made in InitializeAsync
    {
        ExecutablePath = Environment.GetEnvironmentVariable("FACIALIS_TEST_CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
        // Chromium's sandbox refuses to run as root and in most containers; it opens nothing here but our own pages.
        Args = ["--no-sandbox", "--disable-dev-shm-usage", .. switches],
    });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
