using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Host;

/// <summary>
/// axe-core, run in the page that is open. The library's own wrapper opens an empty second page for every look, which took longer
/// than the looking; frames of other origins, for which it does that, none of our pages has.
/// </summary>
internal static class Axe
{
    /// <summary>Every rule of WCAG 2.2 up to AA, and what axe calls best practice.</summary>
    public const string Everything =
        "{ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, resultTypes: ['violations'] }";

    /// <summary>For another width, which has the same colours: everything but them, which is most of the work.</summary>
    public const string AllButColours =
        "{ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, rules: { 'color-contrast': { enabled: false } }, resultTypes: ['violations'] }";

    /// <summary>For the dark look, which has the same elements in the same places: only its colours can be wrong.</summary>
    public const string Colours = "{ runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] }";

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What is wrong on the page as it is now, one line for each rule that it breaks.</summary>
    public static async Task<string[]> ViolationsAsync(this IPage page, string rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script + "; undefined");
        }

        return await page.EvaluateAsync<string[]>(
            $"() => axe.run(document, {rules}).then(seen => seen.violations.map(v => `${{v.id}} (${{v.help}}) at ${{v.nodes.map(n => n.target).join(' | ')}}`))");
    }

    /// <summary>Nothing on the page breaks a rule, and nothing sticks out of the screen.</summary>
    public static async Task IsAccessibleAsync(this IPage page, string? what = null)
    {
        Assert.Empty((await page.ViolationsAsync(Everything)).Select(v => $"{what ?? page.Url}: {v}"));
        Assert.False(await page.IsWiderThanTheScreenAsync(), $"{what ?? page.Url} is wider than the screen");
    }

    public static Task<bool> IsWiderThanTheScreenAsync(this IPage page) =>
        page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
}
