using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>The chart at the chair: search while typing, a new patient, questions and a signature, by touch, phone and keyboard.</summary>
public sealed class ChartTests(House house)
{
    [Theory]
    [InlineData(1024, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Typing_finds_and_enter_opens_and_nothing_typed_stands_in_an_address(int widthPx, ColorScheme scheme)
    {
        await using var window = await house.WindowAsync(widthPx, scheme);
        List<string> addresses = [];
        window.Request += (_, request) => addresses.Add(request.Url);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/clinic/patients");
        Assert.NotEqual(0, await page.Locator(".today-list li").CountAsync());

        await page.GetByLabel("Name, chart code").PressSequentiallyAsync("eriks si");
        var found = page.Locator("patient-search .patient-found a");
        await Assertions.Expect(found).ToHaveTextAsync("Eriksdottir, Sigrun");
        await Assertions.Expect(page.Locator("patient-search [role=status]")).ToHaveTextAsync("1 patient found.");
        await page.IsAccessibleAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Eriksdottir, Sigrun");
        await Assertions.Expect(page.Locator(".patient-strip")).ToContainTextAsync("Right");
        await page.IsAccessibleAsync();
        Assert.DoesNotContain(addresses, a => a.Contains("eriks", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1024, 768)]
    public async Task A_new_patient_is_added_asked_and_signs_on_glass(int widthPx, int heightPx)
    {
        await using var facialis = await RunningFacialis.StartAsync(null, "--Facialis:Recordings:Demonstration=false");
        await using var window = await house.Chromium.Browser.NewContextAsync(new()
        {
            BaseURL = facialis.Address,
            ViewportSize = new() { Width = widthPx, Height = heightPx },
            HasTouch = true,
        });
        var page = await window.NewPageAsync();
        await page.SignInAsync(facialis.OneTimeLink);
        await AddByKeyboardAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Record the condition" }).ClickAsync();
        await page.GetByLabel("Left", new() { Exact = true }).CheckAsync();
        await page.IsAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the condition" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("G51.32");

        await AnswerAllAsync(page, "Red flags", "Save the checklist");
        await AnswerAllAsync(page, "Health questions", "Save the answers");

        await page.GetByRole(AriaRole.Link, new() { Name = "Consent" }).ClickAsync();
        await page.IsAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the text to the patient" }).ClickAsync();
        var pad = page.Locator(".signature-field");
        await pad.ScrollIntoViewIfNeededAsync();
        var box = (await pad.BoundingBoxAsync())!; // it is shown
        Assert.True(box.Height >= 100 && box.X + box.Width <= widthPx);
        await page.Mouse.MoveAsync(box.X + 20, box.Y + 40);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 120, box.Y + 120, new() { Steps = 8 });
        await page.Mouse.MoveAsync(box.X + 200, box.Y + 30, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator("signature-pad [role=status]")).ToHaveTextAsync("Signature drawn.");
        await page.IsAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and keep" }).ClickAsync();

        await Assertions.Expect(page.Locator(".badge-good")).ToHaveTextAsync("Valid");
        await Assertions.Expect(page.Locator(".signature polyline")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("drawn on the screen");
        await page.IsAccessibleAsync();
    }

    /// <summary>No pointer is used: from the link to the button by Tab and Enter.</summary>
    private static async Task AddByKeyboardAsync(IPage page)
    {
        await page.GotoAsync("/clinic/patients");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a patient" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Chart code").FocusAsync();
        foreach (var typed in new[] { "P-0001", "Keyboard", "Kim" })
        {
            await page.Keyboard.TypeAsync(typed);
            await page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(page.GetByLabel("Date of birth")).ToBeFocusedAsync();
        await page.GetByLabel("Date of birth").FillAsync("1961-04-02");
        await page.IsAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Keyboard, Kim");
    }

    /// <summary>No to everything; each answer is a target of at least 44 px.</summary>
    private static async Task AnswerAllAsync(IPage page, string link, string button)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();
        await page.IsAccessibleAsync();
        var answers = page.Locator(".answer", new() { HasText = "No" }).Filter(new() { HasNotText = "Not" });
        foreach (var answer in await answers.AllAsync())
        {
            Assert.True((await answer.BoundingBoxAsync())!.Height >= 44); // it is shown
            await answer.TapAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }
}
