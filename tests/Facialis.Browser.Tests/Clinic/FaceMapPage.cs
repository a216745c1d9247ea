using System.Text.Json;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>Works the plan page as a person does.</summary>
internal static class FaceMapPage
{
    /// <summary>A tablet or phone of the signed-in owner.</summary>
    public static async Task<IBrowserContext> TouchWindowAsync(this House house, int widthPx, ColorScheme scheme = ColorScheme.Light)
    {
        await using var known = await house.WindowAsync();
        return await house.Chromium.Browser.NewContextAsync(new()
        {
            BaseURL = house.Address,
            ViewportSize = new() { Width = widthPx, Height = widthPx > 1000 ? 768 : 844 },
            HasTouch = true,
            ColorScheme = scheme,
            StorageState = await known.StorageStateAsync(),
        });
    }

    /// <summary>The plan page of a patient made for this test.</summary>
    public static async Task<IPage> OpenPlanAsync(this IBrowserContext window, House house)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        var patient = Guid.CreateVersion7();
        await page.EvaluateAsync("""
            async ([id, code]) => {
              const token = document.querySelector('meta[name="antiforgery"]').content;
              await fetch(`/api/patients/${id}`, { method: 'PUT', headers: { RequestVerificationToken: token, 'Content-Type': 'application/json' }, body: JSON.stringify({ code }) });
            }
            """, new[] { patient.ToString(), "MAP-" + patient.ToString("N")[^12..].ToUpperInvariant() });
        await page.GotoAsync($"{house.Address}/clinic/patients/{patient}/plan");
        await page.Locator("face-map[data-ready]").WaitForAsync();
        return page;
    }

    public static async Task<string> DemonstrationPatientAsync(this IPage page, House house, string code)
    {
        await page.GotoAsync(house.Address + "/");
        return await page.EvaluateAsync<string>("async code => { const all = await (await fetch('/api/patients')).json(); return (all.items ?? all).find(p => p.code === code).id; }", code);
    }

    /// <summary>Taps where a site of that side is drawn.</summary>
    public static async Task TapAsync(this IPage page, string side, double lateral, double down, bool touch = true)
    {
        var stage = page.Locator(".fm-stage");
        await stage.ScrollIntoViewIfNeededAsync();
        var spot = await page.EvaluateAsync<double[]>("""
            ([side, lateral, down]) => {
              const svg = document.querySelector('.fm-svg');
              const at = new DOMPoint((side === 'patientLeft' ? 1 : -1) * lateral, down).matrixTransform(svg.querySelector('g').getCTM());
              const box = document.querySelector('.fm-stage').getBoundingClientRect();
              return [at.x, at.y, box.width, box.height];
            }
            """, new object[] { side, lateral, down });
        Assert.InRange(spot[0], 0, spot[2]);
        Assert.InRange(spot[1], 0, spot[3]);
        var box = (await stage.BoundingBoxAsync())!; // it is on the page
        if (touch)
        {
            await page.Touchscreen.TapAsync((float)(box.X + spot[0] + 1), (float)(box.Y + spot[1] + 1));
        }
        else
        {
            await page.Mouse.ClickAsync((float)(box.X + spot[0] + 1), (float)(box.Y + spot[1] + 1));
        }
    }

    public static Task SavedAsync(this IPage page) => page.Locator(".fm-editor[data-saved='saved']").WaitForAsync();

    /// <summary>The plan as the server has it.</summary>
    public static async Task<JsonElement> PlanAsync(this IPage page) => JsonDocument.Parse(await page.EvaluateAsync<string>("""
        async () => JSON.stringify((await (await fetch(`/api/patients/${document.querySelector('face-map').dataset.patient}/planning`)).json()).open)
        """)).RootElement;

    /// <summary>Side and position of each point on the map.</summary>
    public static Task<string[]> PlacesAsync(this IPage page) =>
        page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.fm-dot')].map(d => `${d.dataset.side} ${d.dataset.lateral} ${d.dataset.down}`)");
}
