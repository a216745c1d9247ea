using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Identity;

/// <summary>What people do at the door, in a few words each.</summary>
internal static class IdentityJourney
{
    /// <summary>A program of its own without recordings, for people who change their accounts.</summary>
    public static Task<RunningFacialis> StartAsync() => RunningFacialis.StartAsync(null, "--Facialis:Recordings:Demonstration=false");

    public static async Task<IPage> WindowAsync(this House house, RunningFacialis facialis, int widthPx = 1024, int heightPx = 768)
    {
        var window = await house.Chromium.Browser.NewContextAsync(new()
        {
            BaseURL = facialis.Address,
            ViewportSize = new() { Width = widthPx, Height = heightPx },
            HasTouch = true,
        });
        return await window.NewPageAsync();
    }

    /// <summary>From the one-time link to the first passkey; ends on the home page.</summary>
    public static async Task ArriveAsync(this IPage page, string oneTimeLink)
    {
        await page.SignInAsync(oneTimeLink);
        await page.MakePasskeyAsync("My tablet");
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
    }

    public static async Task MakePasskeyAsync(this IPage page, string name)
    {
        await page.GetByLabel("Name, to tell it from others").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).ClickAsync();
    }

    public static async Task SignOutAsync(this IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).First.WaitForAsync();
    }
}
