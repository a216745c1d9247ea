using System.Text.Json;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>Finds the recordings of the demonstration clinic.</summary>
internal static class Demonstration
{
    /// <summary>All recordings, newest first: 12 weeks after, side unconfirmed, healthy, 3 weeks after, before.</summary>
    public static async Task<Guid[]> RecordingsAsync(this IBrowserContext window)
    {
        var answer = await window.APIRequest.GetAsync("/api/recordings");
        return [.. (await answer.JsonAsync())!.Value.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
    }

    /// <summary>The one with many spasms of the left side.</summary>
    public static async Task<Guid> BeforeTreatmentAsync(this IBrowserContext window)
    {
        foreach (var id in await window.RecordingsAsync())
        {
            var recording = (await (await window.APIRequest.GetAsync($"/api/recordings/{id}")).JsonAsync())!.Value;
            if (recording.GetProperty("notes").GetString() == "Before treatment")
            {
                return id;
            }
        }

        throw new InvalidOperationException("The demonstration has no recording before treatment.");
    }

    public static async Task<JsonElement> ReportAsync(this IBrowserContext window, Guid id) =>
        (await (await window.APIRequest.GetAsync($"/api/recordings/{id}/report")).JsonAsync())!.Value;

    /// <summary>Opens a report and waits until its islands have drawn.</summary>
    public static async Task<IPage> OpenReportAsync(this IBrowserContext window, Guid id)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/clinic/recordings/{id}");
        await page.Locator(".timeline-stage .timeline-lid").First.WaitForAsync();
        await page.Locator(".event-face-figure").WaitForAsync();
        return page;
    }
}
