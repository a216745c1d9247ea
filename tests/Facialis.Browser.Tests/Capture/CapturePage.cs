using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Capture;

/// <summary>The page of a new recording, driven as a person drives it.</summary>
public sealed partial class CapturePage(IPage page)
{
    /// <summary>Reading a clip takes about its length on an idle machine; a busy one needs more.</summary>
    private const float PatienceMs = 240_000;

    public IPage Page { get; } = page;

    public ILocator Problem => Page.Locator(".capture-message-problem");

    public async Task OpenAsync(string newPatient)
    {
        await Page.GotoAsync("/clinic/recordings/new");
        var code = Page.GetByLabel("Chart code of the new patient");
        if (!await code.IsVisibleAsync())
        {
            await Page.GetByText("Patient not in the list").ClickAsync();
        }

        await code.FillAsync(newPatient);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add this patient" }).ClickAsync();
        await Page.WaitForURLAsync("**/clinic/recordings/new?patient=*");
        await Page.Locator(".capture-start").WaitForAsync();
    }

    public Task ChooseAsync(string file) => Page.Locator("#capture-file").SetInputFilesAsync(file);

    /// <summary>Says when the right eye closes in the video.</summary>
    public async Task MarkRightEyeAsync(double from, double to)
    {
        await Page.Locator("#capture-right-eye").CheckAsync(new() { Timeout = 60_000 });
        await Page.Locator("#capture-right-eye-from").FillAsync(from.ToString(CultureInfo.InvariantCulture));
        await Page.Locator("#capture-right-eye-to").FillAsync(to.ToString(CultureInfo.InvariantCulture));
    }

    public Task ReadAsync() => ButtonAsync("Read the video");

    public async Task ButtonAsync(string name) => await Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync(new() { Timeout = 60_000 });

    /// <summary>A button that says more than its title.</summary>
    public async Task ButtonWithTextAsync(string text) => await Page.GetByRole(AriaRole.Button, new() { Name = text }).ClickAsync(new() { Timeout = 60_000 });

    /// <summary>Waits for the page of the report and gives the recording's id.</summary>
    public async Task<Guid> ReportAsync()
    {
        await Page.WaitForURLAsync(ReportAddress(), new() { Timeout = PatienceMs });
        return Guid.Parse(ReportAddress().Match(Page.Url).Groups["id"].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The report as the API gives it.</summary>
    public async Task<JsonElement> ReportOfAsync(Guid recording)
    {
        var answer = await Page.APIRequest.GetAsync($"/api/recordings/{recording}/report");
        Assert.True(answer.Ok, $"The report is not there: {answer.Status} {await answer.TextAsync()}");
        return (await answer.JsonAsync()).GetValueOrDefault();
    }

    /// <summary>The landmark file as the server keeps it.</summary>
    public async Task<byte[]> FileOfAsync(Guid recording) => await (await Page.APIRequest.GetAsync($"/api/recordings/{recording}/content")).BodyAsync();

    /// <summary>Recordings that wait unsent in this browser.</summary>
    public Task<int> UnsentAsync() => Page.EvaluateAsync<int>(
        """
        () => new Promise((resolve, reject) => {
          const open = indexedDB.open("facialis-capture", 1);
          open.onerror = () => reject(open.error);
          open.onsuccess = () => {
            const count = open.result.transaction("unsent").objectStore("unsent").count();
            count.onsuccess = () => { resolve(count.result); open.result.close(); };
          };
        })
        """);

    [GeneratedRegex("/clinic/recordings/(?<id>[0-9a-f]{8}-[0-9a-f-]{27})$")]
    private static partial Regex ReportAddress();
}
