using Facialis.Browser.Tests.Clinic;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Academy;

/// <summary>A learner with a tablet plays a case.</summary>
public sealed class PracticeTests(House house)
{
    [Fact]
    public async Task A_case_is_played_on_a_tablet_and_told_in_four_scores()
    {
        await using var window = await house.TouchWindowAsync(1024);
        var page = await window.NewPageAsync();
        List<string> faults = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                faults.Add(message.Text);
            }
        };
        page.PageError += (_, error) => faults.Add(error);

        await page.GotoAsync(house.Address + "/academy/practice");
        await page.Locator("form", new() { HasText = "The colleague who seems to wink" }).Locator("button").First.TapAsync();
        await page.GetByText("How do you hear on that side?").TapAsync();
        await page.GetByText("My hearing is the same on both sides.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask all that are left" }).TapAsync();
        await page.GetByText("I have never had such injections.").WaitForAsync();
        await page.IsAccessibleAsync("meeting the patient");

        await page.GetByRole(AriaRole.Link, new() { Name = "Go on to the face" }).TapAsync();
        await Assertions.Expect(page.Locator("virtual-face figcaption, virtual-face [aria-live]").First).ToContainTextAsync("Right side");
        await page.GetByRole(AriaRole.Button, new() { Name = "Measure", Exact = true }).TapAsync();
        await page.GetByText("The patient's right is affected.").WaitForAsync();
        await page.IsAccessibleAsync("the measured face");

        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Decide and plan" }).Last.TapAsync();
        await page.Locator("face-map[data-ready]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Patient's right" }).TapAsync();
        await page.Locator("#fm-product").SelectOptionAsync("onabotulinumtoxinA");
        await page.GetByRole(AriaRole.Button, new() { Name = "100 U in 4 mL" }).TapAsync();
        await page.TapAsync("patientRight", 0.66, -0.07);
        await page.TapAsync("patientRight", 0.75, 0.53);
        await page.Locator(".fm-findings li").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.IsAccessibleAsync("the plan");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on to injecting" }).TapAsync();
        await page.WaitForURLAsync("**/inject");
        await page.IsAccessibleAsync("before injecting");
        await page.GetByRole(AriaRole.Button, new() { Name = "Inject", Exact = true }).TapAsync();

        await page.WaitForURLAsync("**/weeks");
        var week = page.Locator("virtual-face input[type=range]").Last;
        await Assertions.Expect(week).ToBeVisibleAsync(new() { Timeout = 60_000 }); // it appears with the weeks, and what is hidden takes no focus
        await week.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight"); // half a week each
        await Assertions.Expect(week).ToHaveValueAsync("1");
        await page.IsAccessibleAsync("the weeks");
        await page.SetViewportSizeAsync(390, 844);
        await page.IsAccessibleAsync("the weeks on a phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "End the case and hear how it was" }).TapAsync();

        await page.WaitForURLAsync("**/debrief");
        foreach (var score in (string[])["Safety", "Outcome", "Precision", "Reasoning"])
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = score, Exact = true })).ToBeVisibleAsync();
        }

        await page.IsAccessibleAsync("the debrief on a phone");
        Assert.Empty(faults);
    }
}
