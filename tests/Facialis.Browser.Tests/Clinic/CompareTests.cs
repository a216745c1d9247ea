using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>Two recordings of one person beside each other.</summary>
public sealed class CompareTests(House house)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task From_the_patients_list_to_what_changed(int widthPx, ColorScheme scheme)
    {
        await using var window = await house.WindowAsync(widthPx, scheme);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/clinic/recordings");
        await page.GetByLabel("Chart code").FillAsync("demo-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.GetByLabel("After").SelectOptionAsync(new SelectOptionValue { Index = 1 }); // three weeks after
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = "What changed" }).WaitForAsync();
        await Assertions.Expect(page.Locator(".change.of-left")).ToContainTextAsync("Fewer events");
        await Assertions.Expect(page.Locator(".change.of-left")).ToContainTextAsync("95 % interval");
        var timelines = page.Locator("spasm-timeline");
        await Assertions.Expect(page.Locator(".timeline-stage .timeline-lid")).ToHaveCountAsync(4);
        Assert.Equal(await timelines.Nth(0).GetAttributeAsync("data-to"), await timelines.Nth(1).GetAttributeAsync("data-to"));
        await page.IsAccessibleAsync();
    }

    [Fact]
    public async Task Recordings_that_must_not_be_compared_say_why()
    {
        await using var window = await house.WindowAsync();
        var ids = await window.RecordingsAsync();
        var page = await window.NewPageAsync();

        // The second newest has an unconfirmed side, the third newest is another of the same person.
        await page.GotoAsync($"/clinic/recordings/compare?before={ids[2]}&after={ids[1]}");

        await page.GetByText("Not compared.").WaitForAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("confirm");
    }
}
