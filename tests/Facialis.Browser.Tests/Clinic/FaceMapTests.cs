using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Clinic;

/// <summary>The face map under a finger, a mouse and a keyboard. Each test has a patient of its own in the one house.</summary>
public sealed class FaceMapTests(House house)
{
    /// <summary>Sites of both halves and their usual points, IPD.</summary>
    private static readonly (string Side, double Lateral, double Down)[] Spots =
    [
        ("patientRight", 0.66, -0.07), ("patientLeft", 0.75, 0.53),
    ];

    /// <summary>Zooms by the buttons, mirrored or not, side of the tap, device: 3 x 2 x 2 x 2 = 24 cases.</summary>
    public static readonly TheoryData<int, bool, int, int> Views = new(
        from zoom in (int[])[0, 1, 2]
        from mirrored in (bool[])[false, true]
        from spot in (int[])[0, 1]
        from width in (int[])[1024, 390]
        select (zoom, mirrored, spot, width));

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_tap_on_a_half_of_the_face_makes_a_point_of_that_side_at_any_zoom_and_mirrored(int zoom, bool mirrored, int spot, int width)
    {
        await using var window = await house.TouchWindowAsync(width);
        var page = await window.OpenPlanAsync(house);
        var (side, lateral, down) = Spots[spot];
        var word = side == "patientRight" ? "Right" : "Left";
        if (zoom > 0)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = $"{word} {(down < 0.2 ? "eye" : "mouth")}, of the patient" }).ClickAsync();
        }

        if (zoom > 1)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        }

        if (mirrored)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Mirror view" }).ClickAsync();
            await page.GetByText("The patient's right is on the right of this picture.").WaitForAsync();
        }

        var edges = await page.Locator(".fm-edge").AllTextContentsAsync();
        Assert.Equal(mirrored ? ["Left", "Right"] : ["Right", "Left"], edges);
        await page.TapAsync(side, lateral, down);

        var dot = page.Locator(".fm-dot");
        await dot.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(1, await dot.CountAsync());
        Assert.Equal(side, await dot.GetAttributeAsync("data-side"));
        Assert.Equal(lateral, double.Parse((await dot.GetAttributeAsync("data-lateral"))!, CultureInfo.InvariantCulture), 3); // set above
        await page.SavedAsync();
        var saved = await page.PlanAsync();
        Assert.Equal(side, saved.GetProperty("points")[0].GetProperty("side").GetString());
        // Where it is drawn is where it was tapped, on the half that the words name.
        var drawn = await page.EvaluateAsync<bool>("""
            side => {
              const stage = document.querySelector('.fm-stage').getBoundingClientRect();
              const dot = document.querySelector('.fm-dot .fm-number').getBoundingClientRect();
              const site = [...document.querySelectorAll('.fm-edge')].find(e => e.dataset.side === side).getBoundingClientRect();
              const other = [...document.querySelectorAll('.fm-edge')].find(e => e.dataset.side !== side).getBoundingClientRect();
              const near = e => Math.abs((e.left + e.right) / 2 - (dot.left + dot.right) / 2);
              return stage.left <= dot.left && (near(site) < near(other) || document.querySelector('.fm-stage').dataset.near === 'true');
            }
            """, side);
        Assert.True(drawn);
    }

    [Fact]
    public async Task A_plan_is_made_by_keyboard_alone()
    {
        await using var window = await house.WindowAsync(1280);
        var page = await window.OpenPlanAsync(house);
        await page.Locator(".fm-stage").FocusAsync();
        // The cross starts in the middle of the view; to the outer canthus of the patient's left.
        await page.GetByRole(AriaRole.Button, new() { Name = "Left eye, of the patient" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".fm-stage").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        var dot = page.Locator(".fm-dot");
        Assert.Equal("patientLeft", await dot.GetAttributeAsync("data-side"));

        await page.Keyboard.PressAsync("Tab");
        var before = double.Parse((await dot.GetAttributeAsync("data-down"))!, CultureInfo.InvariantCulture); // every point has it
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(before + 0.016, double.Parse((await dot.GetAttributeAsync("data-down"))!, CultureInfo.InvariantCulture), 3); // every point has it
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("-");
        await page.Locator(".fm-editor [aria-live]").GetByText("0.25 units").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync("Control+z");
        await page.Keyboard.PressAsync("Control+Shift+z");
        await page.SavedAsync();
        Assert.Equal(0.25m, (await page.PlanAsync()).GetProperty("points")[0].GetProperty("units").GetDecimal());
        await page.Keyboard.PressAsync("Delete");
        Assert.Equal(0, await dot.CountAsync());
    }

    [Fact]
    public async Task A_point_is_placed_by_name_and_a_second_tap_on_it_is_no_second_dose()
    {
        await using var window = await house.TouchWindowAsync(1024);
        var page = await window.OpenPlanAsync(house);
        await page.GetByText("Add a point by name").ClickAsync();
        await page.GetByLabel("Site", new() { Exact = true }).SelectOptionAsync("ZMAJ_UP");
        await page.Locator("#fm-add-side").SelectOptionAsync("patientRight");
        await page.GetByLabel("Dose, U").FillAsync("2,5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.TapAsync("patientRight", 0.75, 0.53);
        await page.TapAsync("patientRight", 0.75, 0.53);

        await page.SavedAsync();
        var points = (await page.PlanAsync()).GetProperty("points");
        Assert.Equal(1, points.GetArrayLength());
        Assert.Equal(2.5m, points[0].GetProperty("units").GetDecimal());
        Assert.Equal("patientRight", points[0].GetProperty("side").GetString());
    }

    [Fact]
    public async Task Another_tablets_change_is_shown_and_not_overwritten()
    {
        await using var window = await house.WindowAsync(1280);
        var page = await window.OpenPlanAsync(house);
        await page.TapAsync("patientLeft", 0.66, -0.07, touch: false);
        await page.SavedAsync();
        var other = await window.NewPageAsync();
        await other.GotoAsync(page.Url);
        await other.Locator(".fm-dot").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await other.TapAsync("patientLeft", 0.75, 0.53, touch: false);
        await other.SavedAsync();

        await page.TapAsync("patientLeft", 0.35, -0.07, touch: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the plan as it is now" }).ClickAsync();

        Assert.Equal(2, await page.Locator(".fm-dot").CountAsync());
        Assert.Equal(["OO_UP_PT_LAT", "ZMAJ_UP"], (await page.PlanAsync()).GetProperty("points").EnumerateArray().Select(p => p.GetProperty("siteId").GetString()!));
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1024, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task With_points_and_a_chosen_one_the_page_is_accessible_fits_and_has_targets_of_44_pixels(int width, ColorScheme scheme)
    {
        await using var window = await house.TouchWindowAsync(width, scheme);
        var page = await window.OpenPlanAsync(house);
        foreach (var (side, lateral, down) in new[] { ("patientLeft", 0.66, -0.07), ("patientLeft", 0.92, 0.05), ("patientRight", 0.75, 0.53) })
        {
            await page.TapAsync(side, lateral, down);
        }

        await page.SavedAsync();
        await page.IsAccessibleAsync();
        var small = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('face-map :is(button, select, input, summary, label.fm-layer)')]
              .filter(e => e.offsetParent !== null && !e.closest('.fm-dots') && !(e.type === 'checkbox'))
              .filter(e => { const b = e.getBoundingClientRect(); return b.height < 43.5 || b.width < 43.5; })
              .map(e => `${e.tagName} ${e.textContent || e.id} ${e.getBoundingClientRect().width}x${e.getBoundingClientRect().height}`)
            """);
        Assert.Equal("", string.Join('\n', small));
    }

    [Fact]
    public async Task The_last_plan_is_repeated_and_confirmed_in_two_taps_and_a_new_one_of_eight_points_takes_eleven()
    {
        await using var window = await house.TouchWindowAsync(1024);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{house.Address}/clinic/patients/{await page.DemonstrationPatientAsync(house, "DEMO-01")}/plan");
        await page.Locator("face-map[data-ready]").WaitForAsync();
        Assert.Equal(6, await page.Locator(".fm-ghost").CountAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Repeat the last plan" }).TapAsync();
        await page.Locator("face-map[data-ready] .fm-dot.fm-unconfirmed").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(6, await page.Locator(".fm-unconfirmed").CountAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm all 6 copied points as shown" }).TapAsync();
        Assert.Equal(0, await page.Locator(".fm-unconfirmed").CountAsync());
        await page.GetByText("The plan is complete.").WaitForAsync();
        await page.SavedAsync();

        var fresh = await window.OpenPlanAsync(house);
        var taps = 0;
        async Task Press(string name)
        {
            await fresh.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).TapAsync();
            taps++;
        }

        await Press("Patient's left");
        await fresh.Locator("#fm-product").SelectOptionAsync("onabotulinumtoxinA");
        taps++;
        await Press("100 U in 4 mL");
        foreach (var (lateral, down) in new[] { (0.35, -0.07), (0.66, -0.07), (0.66, 0.06), (0.92, 0.05), (0.75, 0.53), (0.48, -0.62), (0.52, 1.325), (0.175, 1.585) })
        {
            await fresh.TapAsync("patientLeft", lateral, down);
            taps++;
        }

        await fresh.SavedAsync();
        Assert.Equal(8, (await fresh.PlanAsync()).GetProperty("points").GetArrayLength());
        Assert.Equal(11, taps);
    }

    [Fact]
    public async Task On_paper_both_sides_are_named_and_the_table_is_whole()
    {
        await using var window = await house.WindowAsync(1280);
        var page = await window.OpenPlanAsync(house);
        await page.TapAsync("patientLeft", 0.66, -0.07, touch: false);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.True(await page.Locator(".fm-edge").GetByText("Right", new() { Exact = true }).IsVisibleAsync());
        Assert.True(await page.Locator(".fm-edge").GetByText("Left", new() { Exact = true }).IsVisibleAsync());
        Assert.True(await page.Locator(".fm-table").GetByText("Upper lid outer").IsVisibleAsync());
        Assert.False(await page.Locator(".fm-toolbar").IsVisibleAsync());
    }

    [Fact]
    public async Task The_patients_own_outlines_carry_the_same_points()
    {
        await using var window = await house.WindowAsync(1280);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/clinic/patients/{await page.DemonstrationPatientAsync(house, "DEMO-02")}/plan");
        await page.Locator(".fm-dot").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var before = await page.PlacesAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Patient's own face" }).ClickAsync();
        await page.Locator(".fm-own-rim").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(before, await page.PlacesAsync());
        Assert.Equal(["Right", "Left"], await page.Locator(".fm-edge").AllTextContentsAsync());
        Assert.Equal(0, await page.Locator(".fm-skin").CountAsync());
    }
}
