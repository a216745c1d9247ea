using System.Globalization;
using Facialis.Browser.Tests.Identity;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>How many taps a treatment takes at the chair, on a tablet of 1024 x 768. Nothing is typed. The figures are those of claims/chairside-taps.</summary>
/// <remarks>
/// Counted from today's list (or the list of patients) to the signature. The assistant has asked the health questions and taken the consent
/// before, and the owner has set the label region; neither is counted.
/// </remarks>
public sealed class ChairsideTests(House house)
{
    /// <summary>Usual places on the left half, IPD, from the face atlas.</summary>
    private static readonly (double Lateral, double Down)[] EyeSites = [(0.35, -0.07), (0.66, -0.07), (0.66, 0.06), (0.92, 0.05), (0.80, 0.11), (0.73, -0.13)];

    private static readonly (double Lateral, double Down)[] CheekSites = [(0.75, 0.53), (0.53, 0.40)];

    [Fact]
    public async Task The_last_treatment_unchanged_takes_at_most_six_taps()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var (page, taps) = await ReadyAsync(facialis);

        await taps.OnAsync(page.Locator(".today-list li", new() { HasText = "Abendroth" }).GetByRole(AriaRole.Link, new() { Name = "Plan" }));
        await taps.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "Repeat the last plan" }));
        await taps.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "copied points as shown" }));
        await SignAsync(page, taps);

        Assert.Equal(6, await page.Locator(".sign-page tbody tr").CountAsync());
        taps.Print("unchanged repeat", 6);
    }

    [Fact]
    public async Task The_last_treatment_with_three_changes_takes_at_most_twelve_taps()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var (page, taps) = await ReadyAsync(facialis);

        await taps.OnAsync(page.Locator(".today-list li", new() { HasText = "Abendroth" }).GetByRole(AriaRole.Link, new() { Name = "Plan" }));
        await taps.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "Repeat the last plan" }));
        await page.Locator("face-map[data-ready]").WaitForAsync();
        foreach (var (point, step) in new[] { (1, "−0.25 units"), (2, "−0.25 units"), (3, "−0.25 units") })
        {
            await taps.OnPointAsync(page, point);
            await taps.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = step }));
        }

        if (await page.GetByRole(AriaRole.Button, new() { Name = "copied points as shown" }).IsVisibleAsync())
        {
            await taps.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "copied points as shown" }));
        }

        await SignAsync(page, taps);

        await Assertions.Expect(page.Locator(".sign-page table")).ToContainTextAsync("2.25");
        taps.Print("three changes", 12);
    }

    [Fact]
    public async Task A_patient_without_a_treatment_and_eight_points_take_at_most_thirty_taps()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var (page, taps) = await ReadyAsync(facialis);

        await taps.OnAsync(page.Locator("#all ~ * a", new() { HasText = "Jankowska" }));
        await taps.OnAsync(page.GetByRole(AriaRole.Link, new() { Name = "Plan", Exact = true }));
        await page.Locator("face-map[data-ready]").WaitForAsync();
        await taps.ChooseAsync(page.GetByLabel("Product", new() { Exact = true }), "onabotulinumtoxinA");
        await taps.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "100 U in 4 mL" }));
        await taps.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "Left eye, of the patient" }));
        await taps.OnSitesAsync(page, EyeSites);
        await taps.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "Whole face" }));
        await taps.OnSitesAsync(page, CheekSites);

        Assert.Equal(8, await page.Locator(".fm-dot").CountAsync());
        await SignAsync(page, taps);

        Assert.Equal(8, await page.Locator(".sign-page tbody tr").CountAsync());
        taps.Print("new patient with 8 points", 30);
    }

    /// <summary>The owner at the tablet with a passkey, and the label region set, on the list of patients.</summary>
    private async Task<(IPage Page, Taps Taps)> ReadyAsync(RunningFacialis facialis)
    {
        var page = await house.WindowAsync(facialis);
        await VirtualAuthenticator.AttachAsync(page);
        await page.ArriveAsync(facialis.OneTimeLink);
        await page.SetRegionAsync();
        await page.GotoAsync("/clinic/patients");
        return (page, new Taps());
    }

    private static async Task SignAsync(IPage page, Taps taps)
    {
        await taps.OnAsync(page.GetByRole(AriaRole.Button, new() { Name = "Go on to signing" }));
        await page.Locator("sign-button button").WaitForAsync();
        foreach (var reason in await page.Locator(".reason-field select").AllAsync())
        {
            await taps.ChooseAsync(reason, AtTheChair.Reason);
        }

        await taps.OnAsync(page.Locator("sign-button button"));
        await page.WaitForURLAsync("**/clinic/treatments/**");
        await Assertions.Expect(page.GetByText("made again: the same")).ToBeVisibleAsync();
    }

    /// <summary>Counts taps, each on a target of at least 44 px; nothing is typed.</summary>
    private sealed class Taps
    {
        private int _count;

        public async Task OnSitesAsync(IPage page, (double Lateral, double Down)[] sites)
        {
            foreach (var (lateral, down) in sites)
            {
                _count++;
                await page.TapAsync("patientLeft", lateral, down);
            }
        }

        public async Task OnAsync(ILocator target)
        {
            await target.WaitForAsync();
            var box = (await target.BoundingBoxAsync())!; // it is shown
            Assert.True(box.Height >= 43.5, $"{target} is only {box.Height} px high");
            _count++;
            await target.TapAsync();
        }

        /// <summary>Opening a list and choosing from it are two taps.</summary>
        public async Task ChooseAsync(ILocator list, string option)
        {
            Assert.True((await list.BoundingBoxAsync())!.Height >= 43.5); // it is shown
            _count += 2;
            await list.SelectOptionAsync(option);
        }

        public async Task OnPointAsync(IPage page, int number)
        {
            var dot = page.Locator(".fm-dot").Nth(number - 1);
            var (lateral, down) = (await dot.GetAttributeAsync("data-lateral"), await dot.GetAttributeAsync("data-down"));
            _count++;
            await page.TapAsync(
                await dot.GetAttributeAsync("data-side") ?? "", double.Parse(lateral ?? "", CultureInfo.InvariantCulture), double.Parse(down ?? "", CultureInfo.InvariantCulture));
        }

        public void Print(string what, int most)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"chairside-taps: {what}: {_count} of at most {most} taps, nothing typed");
            Assert.InRange(_count, 1, most);
        }
    }
}
