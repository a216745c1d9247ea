using Facialis.Browser.Tests.Identity;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>One cycle from measuring to the next plan, walked by the injector at the tablet, the assistant at the desk and the patient with a phone.</summary>
public sealed class WholeCycleTests(House house)
{
    private const string Patient = "Abendroth";

    [Fact]
    public async Task Measured_planned_signed_told_followed_up_due_and_repeated_by_three_people()
    {
        await using var facialis = await IdentityJourney.StartAsync();
        var (injector, assistant) = await PeopleAsync(facialis);

        // The assistant measures before.
        await assistant.GotoAsync("/clinic/patients");
        await assistant.Locator(".today-list li", new() { HasText = Patient }).Locator("a").First.ClickAsync();
        await assistant.WaitForURLAsync("**/clinic/patients/*");
        var card = assistant.Url;
        await ImportAsync(assistant, card, "face01_graded_L_30fps.facerec");

        // The injector plans the last one again, and signs.
        await injector.GotoAsync("/clinic/patients");
        await injector.Locator(".today-list li", new() { HasText = Patient }).GetByRole(AriaRole.Link, new() { Name = "Plan" }).TapAsync();
        await injector.GetByRole(AriaRole.Button, new() { Name = "Repeat the last plan" }).TapAsync();
        await injector.GetByRole(AriaRole.Button, new() { Name = "copied points as shown" }).TapAsync();
        await injector.GetByRole(AriaRole.Button, new() { Name = "Go on to signing" }).TapAsync();
        await injector.Locator("sign-button button").WaitForAsync();
        await injector.GiveReasonsAsync();

        await injector.Locator("sign-button button").TapAsync();
        await injector.WaitForURLAsync("**/clinic/treatments/**");
        await Assertions.Expect(injector.GetByText("made again: the same")).ToBeVisibleAsync();

        // The patient writes at home, by the link that the assistant made.
        await assistant.GotoAsync(card + "/diary");
        await assistant.GetByRole(AriaRole.Button, new() { Name = "Make a diary link" }).ClickAsync();
        await WriteDiaryAsync(await assistant.Locator(".diary-address").InnerTextAsync());

        // The assistant sees it in the chart, measures again and asks what the diary left open.
        await ImportAsync(assistant, card, "face01_healthy_L_30fps.facerec");
        await assistant.GotoAsync(card);
        await assistant.GetByText("70 % better at best").First.WaitForAsync();
        await Assertions.Expect(assistant.Locator("main")).ToContainTextAsync("Dry eye");
        await assistant.GotoAsync(card + "/follow-up");
        await Assertions.Expect(assistant.Locator("section", new() { HasText = "Measured before and after" }).First).ToContainTextAsync("Both timelines");
        await assistant.IsAccessibleAsync("follow-up");
        await assistant.GetByLabel("How", new() { Exact = true }).SelectOptionAsync("Call");
        await assistant.GetByRole(AriaRole.Button, new() { Name = "Save the follow-up" }).ClickAsync();
        await assistant.WaitForURLAsync("**/clinic/patients/*");

        // What is due moved to this patient's next time, not before the interval rule; the visit is planned.
        await assistant.GotoAsync("/clinic/due?list=later");
        var due = assistant.GetByRole(AriaRole.Row).Filter(new() { HasText = Patient });
        await Assertions.Expect(due).ToContainTextAsync("window");
        await due.GetByRole(AriaRole.Button, new() { Name = "Plan" }).ClickAsync();
        await assistant.GotoAsync("/clinic/due?list=planned");
        await Assertions.Expect(assistant.GetByRole(AriaRole.Row).Filter(new() { HasText = Patient })).ToBeVisibleAsync();

        // And again: the next plan begins from what was signed, and the rules say that it is too early.
        await injector.GotoAsync(card + "/plan");
        await injector.GetByRole(AriaRole.Button, new() { Name = "Repeat the last plan" }).TapAsync();
        await Assertions.Expect(injector.Locator(".fm-findings")).ToContainTextAsync("Last treated on");
        await injector.GotoAsync(card + "/history");
        await injector.Locator(".history-plot").WaitForAsync();
    }

    /// <summary>The owner sets the region and invites two people, who join with passkeys of their own.</summary>
    private async Task<(IPage Injector, IPage Assistant)> PeopleAsync(RunningFacialis facialis)
    {
        var owner = await house.WindowAsync(facialis);
        await VirtualAuthenticator.AttachAsync(owner);
        await owner.ArriveAsync(facialis.OneTimeLink);
        await owner.SetRegionAsync();
        List<IPage> joined = [];
        foreach (var (role, name) in ((string, string)[])[("Injector", "Ines Jecker"), ("Assistant", "Aske Sistad")])
        {
            var link = await owner.InviteAsync(role);
            var person = await house.WindowAsync(facialis);
            await VirtualAuthenticator.AttachAsync(person);
            await person.GotoAsync(link);
            await person.JoinAsync(name, $"{role}@example.org");
            joined.Add(person);
        }

        return (joined[0], joined[1]);
    }

    private async Task WriteDiaryAsync(string link)
    {
        await using var phone = await house.Chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        var diary = await phone.NewPageAsync();
        await diary.GotoAsync(link);
        await diary.Locator("#percent").FillAsync("70");
        await diary.GetByText("Dry or sore eye").TapAsync();
        await diary.Locator("input[name='e.dry-eye']").CheckAsync();
        await diary.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).TapAsync();
        await diary.GetByText("Sent. Thank you.").WaitForAsync();
        await diary.GetByRole(AriaRole.Link, new() { Name = "Record your face (optional)" }).TapAsync();
        await diary.GetByRole(AriaRole.Button, new() { Name = "Use the camera" }).WaitForAsync(); // the same island as the clinic's
        await diary.IsAccessibleAsync("the diary's camera page");
    }

    private static async Task ImportAsync(IPage page, string card, string file)
    {
        await page.GotoAsync("/clinic/recordings/import?patient=" + card.Split('/')[^1]);
        await page.Locator("#file").SetInputFilesAsync(Path.Combine(RunningFacialis.Repository, "tests", "recordings", file));
        await page.GetByRole(AriaRole.Button, new() { Name = "Import and measure" }).ClickAsync();
        await page.WaitForURLAsync("**/clinic/recordings/*-*");
    }
}
