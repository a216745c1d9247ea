using System.Globalization;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Capture;

/// <summary>The tests that record run one after the other: two trackers at once would starve each other's cameras.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneCameraAtATime : ICollectionFixture<CaptureHouse>
{
    public const string Name = "Capture";
}

/// <summary>One running Facialis for the tests that record; each test uses a patient of its own.</summary>
public sealed class CaptureHouse(House house) : IAsyncLifetime
{
    private RunningFacialis? _running;
    private string _cookies = "";
    private int _patients;

    public Clips Clips { get; } = new();

    public string Address => _running?.Address ?? throw new InvalidOperationException("Facialis is not started yet.");

    public async ValueTask InitializeAsync()
    {
        _running = await RunningFacialis.StartAsync();
        await using var window = await house.Chromium.Browser.NewContextAsync();
        await (await window.NewPageAsync()).SignInAsync(_running.OneTimeLink);
        _cookies = await window.StorageStateAsync();
    }

    /// <summary>A window of the signed-in owner, in the shared browser or in one with its own switches.</summary>
    public async Task<IBrowserContext> WindowAsync(IBrowser? browser = null, int widthPx = 1280, string[]? permissions = null) =>
        await (browser ?? house.Chromium.Browser).NewContextAsync(new()
        {
            BaseURL = Address,
            ViewportSize = new() { Width = widthPx, Height = 900 },
            StorageState = _cookies,
            Permissions = permissions ?? [],
        });

    public Task<IBrowser> BrowserAsync(params string[] switches) => house.Chromium.LaunchAsync(switches);

    /// <summary>Opens the page of a new recording and adds a patient there, as a person does.</summary>
    public async Task<CapturePage> OpenAsync(IBrowserContext window)
    {
        var page = new CapturePage(await window.NewPageAsync());
        await page.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"T-{Interlocked.Increment(ref _patients):0000}"));
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        Clips.Dispose();
    }
}
