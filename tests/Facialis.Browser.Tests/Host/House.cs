using Facialis.Browser.Tests.Pages;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Facialis.Browser.Tests.Host.House))]

namespace Facialis.Browser.Tests.Host;

/// <summary>One running Facialis with its demonstration, for tests that change nothing in it; the owner's cookie is kept for all.</summary>
public sealed class House : IAsyncLifetime
{
    private RunningFacialis? _running;
    private readonly Dictionary<bool, Task<SitePages>> _pages = [];
    private string _ownersCookies = "";

    public Chromium Chromium { get; } = new();

    public string Address => _running?.Address ?? throw new InvalidOperationException("Facialis is not started yet.");

    public async ValueTask InitializeAsync()
    {
        await Chromium.InitializeAsync();
        _running = await RunningFacialis.StartAsync();
        await using var context = await Chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SignInAsync(_running.OneTimeLink);
        _ownersCookies = await context.StorageStateAsync();
        // The demonstration is measured after the start; a page that waits for it loads itself anew under a test's hands.
        await page.EvaluateAsync("""
            async () => {
              const token = document.querySelector('meta[name="antiforgery"]').content;
              const { items } = await (await fetch('/api/recordings')).json();
              for (const { id } of items) await fetch(`/api/recordings/${id}/complete`, { method: 'POST', headers: { RequestVerificationToken: token } });
            }
            """);
    }

    /// <summary>A browser window of the signed-in owner; without <paramref name="signedIn"/>, of a stranger.</summary>
    public async Task<IBrowserContext> WindowAsync(
        int widthPx = 1280, ColorScheme scheme = ColorScheme.Light, bool signedIn = true, ReducedMotion motion = ReducedMotion.NoPreference) =>
        await Chromium.Browser.NewContextAsync(new()
        {
            BaseURL = Address,
            ViewportSize = new() { Width = widthPx, Height = 800 },
            ColorScheme = scheme,
            ReducedMotion = motion,
            StorageState = signedIn ? _ownersCookies : null,
        });

    /// <summary>Every page that the owner, or a stranger, can come to. Looked for once.</summary>
    public Task<SitePages> PagesAsync(bool signedIn)
    {
        lock (_pages)
        {
            return _pages.TryGetValue(signedIn, out var known) ? known : _pages[signedIn] = SitePages.FindAsync(this, signedIn);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        await Chromium.DisposeAsync();
        await RunningFacialis.ForgetFirstStartsAsync();
    }
}

public static class SigningIn
{
    /// <summary>Opens the one-time link and presses its button, as the owner does at the first start.</summary>
    public static async Task SignInAsync(this IPage page, string oneTimeLink)
    {
        await page.GotoAsync(oneTimeLink);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }
}
