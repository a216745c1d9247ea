using Facialis.Browser.Tests.Identity;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>A newcomer takes a new patient from the first page to the signed and printed treatment, on a tablet and on a phone.</summary>
public sealed class SigningJourneyTests(House house)
{
    [Theory]
    [InlineData(1024, 768)]
    [InlineData(390, 844)]
    public async Task A_new_patient_is_asked_planned_signed_and_printed(int widthPx, int heightPx)
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var page = await house.WindowAsync(facialis, widthPx, heightPx);
        await VirtualAuthenticator.AttachAsync(page);
        await page.ArriveAsync(facialis.OneTimeLink);

        await page.GotoAsync("/clinic/patients/new");
        await page.GetByLabel("Chart code").FillAsync("P-77");
        await page.GetByLabel("Family name").FillAsync("Newcomer");
        await page.GetByLabel("Date of birth").FillAsync("1961-04-02");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Record the condition" }).ClickAsync();
        await page.GetByLabel("Left", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the condition" }).ClickAsync();
        var card = page.Url;

        await page.GetByRole(AriaRole.Link, new() { Name = "Plan", Exact = true }).ClickAsync();
        await page.Locator("face-map[data-ready]").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Patient's left", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByLabel("Product", new() { Exact = true }).SelectOptionAsync("onabotulinumtoxinA");
        await page.GetByRole(AriaRole.Button, new() { Name = "100 U in 4 mL" }).ClickAsync();
        await page.TapAsync("patientLeft", 0.66, -0.07);
        await page.TapAsync("patientLeft", 0.75, 0.53);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on to signing" }).ClickAsync();

        // The page says what is missing, and leads there.
        await Assertions.Expect(page.Locator(".sign-page")).ToContainTextAsync("The health questions are not answered");
        await page.IsAccessibleAsync("sign page with stops");
        var sign = page.Url;
        await AnswerAsync(page, "Ask the health questions", "Save the answers", sign);
        await AnswerAsync(page, "Go through the checklist", "Save the checklist", sign);
        await page.GetByRole(AriaRole.Link, new() { Name = "Take the consent" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the text to the patient" }).ClickAsync();
        await page.GetByLabel("Instead of drawing").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and keep" }).ClickAsync();
        await page.Locator(".badge-good").WaitForAsync();
        await page.GotoAsync(sign);

        // Findings are answered with a reason; a vial is chosen already.
        await Assertions.Expect(page.Locator(".vial-chosen")).ToContainTextAsync("DEMO-A1");
        await page.GiveReasonsAsync();

        await page.GetByLabel("Given at point 2").SelectOptionAsync("1");
        await page.GetByLabel("Why not as planned").FillAsync("A drop was lost.");
        await page.IsAccessibleAsync("sign page");
        await page.Locator("sign-button button").ClickAsync();
        await page.WaitForURLAsync("**/clinic/treatments/**");

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Signed.");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("with passkey");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("A drop was lost.");
        await page.IsAccessibleAsync("treatment");
        var pdf = await page.RunAndWaitForDownloadAsync(async () =>
            await page.EvaluateAsync("() => { const link = document.querySelector('a[href*=\"page.pdf\"]'); link.setAttribute('download', 'page.pdf'); link.click(); }"));
        Assert.Null(await pdf.FailureAsync());
        Assert.True(new FileInfo(await pdf.PathAsync()).Length > 10_000);

        // Amended, with the old version still there.
        await page.GetByRole(AriaRole.Link, new() { Name = "Amend" }).ClickAsync();
        await page.GetByLabel("Given at point 2, units").FillAsync("1.25");
        await page.GetByLabel("Why it is amended").FillAsync("Nothing was lost after all.");
        await page.IsAccessibleAsync("amend page");
        await page.Locator("sign-button button").ClickAsync();
        await page.GetByText("Version 1", new() { Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Version 1", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It stays valid for what it said.");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("made again: the same");
        await page.GotoAsync(card);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("version 2");
    }

    private static async Task AnswerAsync(IPage page, string link, string button, string back)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();
        foreach (var answer in await page.Locator(".answer", new() { HasText = "No" }).Filter(new() { HasNotText = "Not" }).AllAsync())
        {
            await answer.ClickAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await page.GotoAsync(back);
    }
}
