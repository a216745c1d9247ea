using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Identity;

/// <summary>The idle lock as a person meets it. The browser's clock is moved on; nobody waits.</summary>
public sealed class ScreenLockTests(House house)
{
    private const string Draft = "P-DRAFT";

    [Theory]
    [InlineData(1024, 768)]
    [InlineData(390, 844)]
    public async Task After_five_minutes_the_page_is_hidden_and_the_server_refuses_and_a_passkey_brings_the_draft_back(int widthPx, int heightPx)
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var page = await house.WindowAsync(facialis, widthPx, heightPx);
        await VirtualAuthenticator.AttachAsync(page);
        await page.ArriveAsync(facialis.OneTimeLink);
        await LeaveDraftAsync(page);
        await page.IsAccessibleAsync("locked");
        Assert.False(await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).IsVisibleAsync());
        var refused = await page.Context.APIRequest.GetAsync(facialis.Address + "/api/recordings");
        Assert.Equal(401, refused.Status);
        Assert.Contains("screen-locked", await refused.TextAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");
        Assert.True(await page.GetByRole(AriaRole.Heading, new() { Name = "Locked" }).IsVisibleAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock with a passkey" }).ClickAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = "Locked" }).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Equal(Draft, await page.Locator("#code").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => Guid.TryParse(url.Split('/')[^1], out _));
        await page.GetByText(Draft).First.WaitForAsync();
    }

    [Fact]
    public async Task Another_person_unlocks_into_an_own_page_and_finds_nothing_of_the_draft()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var page = await house.WindowAsync(facialis);
        var finger = await VirtualAuthenticator.AttachAsync(page);
        await page.ArriveAsync(facialis.OneTimeLink);
        var adas = await house.WindowAsync(facialis);
        var adasFinger = await VirtualAuthenticator.AttachAsync(adas);
        await adas.GotoAsync(await page.InviteAsync("Assistant"));
        await adas.JoinAsync("Ada Byron", "ada@example.org");
        await LeaveDraftAsync(page);

        await finger.RemoveAsync();
        await (await VirtualAuthenticator.AttachAsync(page)).AddAsync(Assert.Single(await adasFinger.PasskeysAsync()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock with a passkey" }).ClickAsync();

        await page.WaitForURLAsync(facialis.Address + "/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ada Byron" }).WaitForAsync();
        await page.GotoAsync("/clinic/patients/new");
        Assert.Equal("", await page.Locator("#code").InputValueAsync());
        Assert.DoesNotContain(Draft, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal("[]", await page.EvaluateAsync<string>("() => JSON.stringify(Object.values(sessionStorage))"));
    }

    [Fact]
    public async Task A_touch_in_time_keeps_the_screen_open_and_one_too_late_does_not()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var page = await house.WindowAsync(facialis);
        await VirtualAuthenticator.AttachAsync(page);
        await page.ArriveAsync(facialis.OneTimeLink);
        await page.Clock.InstallAsync();
        await page.GotoAsync("/clinic/patients");

        await page.Clock.FastForwardAsync("04:00");
        await page.RunAndWaitForRequestAsync(() => page.Keyboard.PressAsync("Shift"), request => request.Url.EndsWith("/api/identity/activity", StringComparison.Ordinal));
        await page.Clock.FastForwardAsync("04:00");
        Assert.Equal(0, await page.GetByRole(AriaRole.Heading, new() { Name = "Locked" }).CountAsync());
        await page.Clock.FastForwardAsync("01:00");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Locked" }).WaitForAsync();
        await page.Keyboard.PressAsync("Shift");
        Assert.True(await page.GetByRole(AriaRole.Heading, new() { Name = "Locked" }).IsVisibleAsync());
    }

    [Fact]
    public async Task The_button_locks_and_the_page_of_the_lock_works_without_script()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        await using var window = await house.Chromium.Browser.NewContextAsync(new()
        {
            BaseURL = facialis.Address,
            JavaScriptEnabled = false,
            ViewportSize = new() { Width = 390, Height = 844 },
        });
        var page = await window.NewPageAsync();
        await page.SignInAsync(facialis.OneTimeLink);
        await page.GotoAsync("/account/password");
        await page.GetByLabel("New password").FillAsync("four calm words here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Lock", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Locked" }).WaitForAsync();
        await page.GotoAsync("/clinic/patients");
        Assert.Contains("/locked?from=", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Password, or code").FillAsync("four calm words here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = "Patients", Exact = true }).WaitForAsync();
    }

    /// <summary>Begins a form and goes away for five minutes.</summary>
    private static async Task LeaveDraftAsync(IPage page)
    {
        await page.Clock.InstallAsync();
        await page.GotoAsync("/clinic/patients/new");
        await page.Locator("#code").FillAsync(Draft);
        await page.RunAndWaitForResponseAsync(
            () => page.Clock.FastForwardAsync("05:01"), answer => answer.Url.EndsWith("/api/identity/lock", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Heading, new() { Name = "Locked" }).WaitForAsync();
    }
}
