using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Pages;

/// <summary>The program as a person starts and stops it.</summary>
public sealed class HostTests(House house)
{
    [Fact]
    public async Task Until_somebody_signed_in_a_start_prints_address_and_link_and_the_owner_gets_in_and_sets_a_password()
    {
        await using var facialis = await RunningFacialis.StartAsync();
        Assert.StartsWith(facialis.Address + "/start/", facialis.OneTimeLink, StringComparison.Ordinal);
        await using var window = await house.Chromium.Browser.NewContextAsync();
        var page = await window.NewPageAsync();
        await page.SignInAsync(facialis.OneTimeLink);

        await page.GotoAsync(facialis.Address + "/account/password");
        await page.GetByLabel("New password").FillAsync("four calm words here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        await page.GetByText("Your password is set.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await page.GotoAsync(facialis.Address + "/account");
        await page.Locator("#email").FillAsync("owner@facialis.local");
        await page.Locator("#password").FillAsync("four calm words here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(facialis.Address + "/account");
    }

    [Fact]
    public async Task A_further_clinic_is_made_on_the_console_and_its_owner_sees_nothing_of_the_first()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("facialis-clinics-").FullName, "data");
        try
        {
            await using var facialis = await RunningFacialis.StartAsync(folder, "--Facialis:Recordings:Demonstration=false");
            var (code, said) = await RunningFacialis.CommandAsync(folder, ["new-clinic", "Rose Street", "--owner", "ada@example.org", $"--urls={facialis.Address}"]);
            Assert.Equal((0, ""), (code, said.Error));
            var (again, refused) = await RunningFacialis.CommandAsync(folder, ["new-clinic", "Rose Lane", "--owner", "ada@example.org"]);
            Assert.Equal(1, again);
            Assert.Contains("already taken", refused.Error, StringComparison.Ordinal);

            await using var window = await house.Chromium.Browser.NewContextAsync();
            var page = await window.NewPageAsync();
            await page.SignInAsync(said.Output.Split('\n').Single(l => l.StartsWith("Open ", StringComparison.Ordinal))["Open ".Length..].Trim());
            await page.GotoAsync(facialis.Address + "/people");

            await page.GetByText("ada@example.org").WaitForAsync();
            Assert.Contains("Rose Street", await page.InnerTextAsync("header"), StringComparison.Ordinal);
            Assert.DoesNotContain("owner@facialis.local", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true); // it was combined from two names
        }
    }

    [Fact]
    public async Task Asked_to_end_it_ends_cleanly_and_the_next_start_knows_its_owner()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("facialis-restart-").FullName, "data");
        try
        {
            await using (var first = await RunningFacialis.StartAsync(folder))
            {
                await using var window = await house.Chromium.Browser.NewContextAsync();
                await (await window.NewPageAsync()).SignInAsync(first.OneTimeLink);
                Assert.Equal(0, await first.StopAsync());
            }

            await using var second = await RunningFacialis.StartAsync(folder);
            Assert.Empty(second.OneTimeLink); // the owner came once, so no link is printed unasked
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true); // it was combined from two names
        }
    }
}
