using Facialis.Browser.Tests.Identity;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>The assistant makes a link, the patient writes on a phone in poor reception, and the chart knows it.</summary>
public sealed class DiaryTests(House house)
{
    [Fact]
    public async Task A_patient_writes_without_an_account_also_where_the_line_breaks_and_the_chart_knows_it_once()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var clinic = await house.WindowAsync(facialis);
        await clinic.SignInAsync(facialis.OneTimeLink);
        await clinic.GotoAsync("/clinic/due?list=later");
        await clinic.Locator("table .patient-link").First.ClickAsync();
        await clinic.WaitForURLAsync("**/clinic/patients/*");
        var card = clinic.Url;
        await clinic.GetByRole(AriaRole.Link, new() { Name = "Patient's diary" }).ClickAsync();
        await clinic.GetByRole(AriaRole.Button, new() { Name = "Make a diary link" }).ClickAsync();
        var link = await clinic.Locator(".diary-address").InnerTextAsync();
        await clinic.IsAccessibleAsync("the link");

        await using var phone = await house.Chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        var diary = await phone.NewPageAsync();
        await diary.GotoAsync(link);
        await diary.GetByRole(AriaRole.Link, new() { Name = "Deutsch" }).TapAsync();
        await diary.GetByRole(AriaRole.Heading, new() { Name = "Ihr Tagebuch" }).WaitForAsync();
        await diary.IsAccessibleAsync("the diary");
        await diary.Locator("#percent").FillAsync("65");
        await diary.GetByText("Doppelbilder").TapAsync();
        await diary.Locator("input[name='e.diplopia']").CheckAsync();

        await phone.SetOfflineAsync(true);
        await diary.GetByRole(AriaRole.Button, new() { Name = "Senden" }).TapAsync();
        await diary.GetByText("Keine Verbindung").WaitForAsync();
        await phone.SetOfflineAsync(false);
        await diary.GotoAsync(link + "?lang=de"); // closed and opened again: what waited is sent by itself
        await diary.GetByText("Gesendet.").WaitForAsync();
        Assert.Equal(0, await diary.EvaluateAsync<int>("() => localStorage.length"));

        await clinic.GotoAsync(card);
        await clinic.GetByText("65 % better at best").First.WaitForAsync();
        Assert.Equal(1, await clinic.GetByText("Diplopia, mild").CountAsync());
        await clinic.GetByRole(AriaRole.Link, new() { Name = "All cycles" }).ClickAsync();
        await clinic.Locator(".history-plot").WaitForAsync();
        await clinic.IsAccessibleAsync("all cycles");
    }
}
