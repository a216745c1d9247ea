using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>What people do around a signature, in a few words each.</summary>
internal static class AtTheChair
{
    /// <summary>What is chosen for a finding that needs a reason.</summary>
    public const string Reason = "Discussed with the patient; the benefit outweighs the risk.";

    /// <summary>The owner says whose labels hold.</summary>
    public static async Task SetRegionAsync(this IPage owner)
    {
        await owner.GotoAsync("/clinic/products");
        await owner.GetByLabel("Whose labels hold here").SelectOptionAsync(new SelectOptionValue { Label = "United Kingdom" });
        await owner.GetByRole(AriaRole.Button, new() { Name = "Set the region" }).ClickAsync();
    }

    /// <summary>Gives every finding that needs one a reason.</summary>
    public static async Task GiveReasonsAsync(this IPage page)
    {
        foreach (var reason in await page.Locator(".reason-field select").AllAsync())
        {
            await reason.SelectOptionAsync(Reason);
        }
    }
}
