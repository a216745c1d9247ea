using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Identity;

public sealed class PasskeyTests(House house)
{
    [Fact]
    public async Task The_first_owner_makes_a_passkey_and_comes_back_with_it_without_typing()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var page = await house.WindowAsync(facialis);
        var finger = await VirtualAuthenticator.AttachAsync(page);
        await page.SignInAsync(facialis.OneTimeLink);
        Assert.EndsWith("/account/passkeys", page.Url, StringComparison.Ordinal); // led there
        await page.GetByText("You cannot sign in again yet").WaitForAsync();

        await page.MakePasskeyAsync("My tablet");
        await page.WaitForURLAsync(facialis.Address + "/");
        Assert.Equal(0, await page.GetByText("You cannot sign in again yet").CountAsync());
        Assert.True(Assert.Single(await finger.PasskeysAsync()).GetProperty("isResidentCredential").GetBoolean());
        await page.SignOutAsync();

        await page.GotoAsync("/account");
        // The browser may offer the passkey by itself, before the button is pressed: either way leads in.
        var inside = page.WaitForURLAsync(facialis.Address + "/account");
        await Task.WhenAny(inside, page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync());
        await inside;
        await page.GetByText("1 passkey.").WaitForAsync();
    }

    [Fact]
    public async Task A_wrong_finger_does_not_get_in_and_a_removed_passkey_neither()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var page = await house.WindowAsync(facialis);
        var finger = await VirtualAuthenticator.AttachAsync(page);
        await page.ArriveAsync(facialis.OneTimeLink);
        await page.GotoAsync("/account/password");
        await page.GetByLabel("New password").FillAsync("four calm words here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        await page.GetByText("Your password is set.").WaitForAsync();
        await page.GotoAsync("/account/passkeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove My tablet" }).ClickAsync();
        await page.GetByText("Make your passkey").WaitForAsync();
        await page.SignOutAsync();

        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("This passkey is not known here").WaitForAsync();
        await finger.VerifiesAsync(false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("No passkey was chosen").WaitForAsync();
        await page.GotoAsync("/account");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passkeys_are_named_renamed_and_removed_but_never_the_last_way_in()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var page = await house.WindowAsync(facialis);
        var finger = await VirtualAuthenticator.AttachAsync(page);
        await page.ArriveAsync(facialis.OneTimeLink);
        await page.GotoAsync("/account/passkeys");
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Remove My tablet" }).IsDisabledAsync());

        await page.MakePasskeyAsync("Once more");
        await page.GetByText("This device already has a passkey for you here.").WaitForAsync();
        await finger.RemoveAsync();
        await VirtualAuthenticator.AttachAsync(page, "usb");
        await page.MakePasskeyAsync("Key on my ring");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Key on my ring" }).WaitForAsync();

        await page.GetByLabel("Name", new() { Exact = true }).First.FillAsync("Old tablet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename My tablet" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Old tablet" }).ClickAsync();
        await page.GetByText("Your only way in.").WaitForAsync();
        Assert.Equal(1, await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).CountAsync());
    }

    [Fact]
    public async Task An_address_of_numbers_says_plainly_that_passkeys_cannot_work_there()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var page = await house.WindowAsync(facialis);
        var numbers = facialis.Address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal);

        await page.GotoAsync(numbers + "/sign-in");

        await page.GetByText($"Open {facialis.Address} instead.").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).CountAsync());
    }

    [Fact]
    public async Task An_invited_person_joins_and_makes_a_passkey_on_a_phone()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var owner = await house.WindowAsync(facialis);
        await VirtualAuthenticator.AttachAsync(owner);
        await owner.ArriveAsync(facialis.OneTimeLink);
        var link = await owner.InviteAsync("Injector");
        await owner.IsAccessibleAsync("people");

        var phone = await house.WindowAsync(facialis, 390, 844);
        await VirtualAuthenticator.AttachAsync(phone);
        await phone.GotoAsync(link);
        await phone.IsAccessibleAsync("welcome");
        await phone.JoinAsync("Ada Byron", "ada@example.org");

        await phone.GotoAsync("/account");
        await phone.GetByText("Injector: plans, injects, signs and exports").WaitForAsync();
    }

    [Fact]
    public async Task Someone_confirms_once_more_by_passkey_on_the_page_and_over_it()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var page = await house.WindowAsync(facialis);
        await VirtualAuthenticator.AttachAsync(page);
        await page.ArriveAsync(facialis.OneTimeLink);

        await page.GotoAsync("/confirm?from=/account/recovery-codes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm with your passkey" }).ClickAsync();
        await page.WaitForURLAsync(facialis.Address + "/account/recovery-codes");

        // As the server answers when the last proof is old; the page asks, and the call is repeated.
        await page.GotoAsync("/account/passkeys");
        var asked = 0;
        await page.RouteAsync("**/api/identity/passkeys/options", async route =>
        {
            if (asked++ == 0)
            {
                await route.FulfillAsync(new()
                {
                    Status = 401,
                    ContentType = "application/problem+json",
                    Body = """{ "type": "reauthentication-required", "title": "Please confirm that it is you.", "status": 401 }""",
                });
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await page.MakePasskeyAsync("Another");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Is it you?" }).WaitForAsync();
        await page.IsAccessibleAsync("confirming");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm with your passkey" }).ClickAsync();
        await page.GetByText("This device already has a passkey for you here.").WaitForAsync();
        Assert.Equal(2, asked);
    }
}

internal static class Inviting
{
    /// <summary>Makes an invitation on the people page and returns its link.</summary>
    public static async Task<string> InviteAsync(this IPage owner, string role)
    {
        await owner.GotoAsync("/people");
        await owner.GetByRole(AriaRole.Radio, new() { Name = role }).CheckAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Make an invitation link" }).ClickAsync();
        return await owner.Locator("[role=status] code").InnerTextAsync();
    }

    /// <summary>Fills in the page of an invitation and makes a passkey; ends on the home page.</summary>
    public static async Task JoinAsync(this IPage page, string name, string email)
    {
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Your e-mail").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join, then make a passkey" }).ClickAsync();
        await page.MakePasskeyAsync("My phone");
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
    }
}
