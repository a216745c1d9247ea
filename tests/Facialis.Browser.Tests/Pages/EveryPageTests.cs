using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Pages;

/// <summary>What holds for every page, whoever looks and on whatever screen.</summary>
public sealed class EveryPageTests(House house)
{
    /// <summary>Pages looked at beside each other: as many as a small machine has cores.</summary>
    private const int Windows = 2;

    /// <remarks>One visit looks for all of it: opening some fifty pages again for each would take longer than the looking.</remarks>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_page_is_accessible_fits_the_screen_asks_no_other_origin_and_keeps_its_own_policy(bool signedIn)
    {
        ConcurrentBag<string> faults = [];
        var all = (await house.PagesAsync(signedIn)).Addresses;
        ConcurrentQueue<string> pages = new(all);
        var requests = 0;
        await Task.WhenAll(Enumerable.Range(0, Windows).Select(async _ =>
        {
            await using var window = await house.WindowAsync(signedIn: signedIn, motion: ReducedMotion.Reduce); // colours on their way are nobody's choice
            window.Request += (_, request) =>
            {
                Interlocked.Increment(ref requests);
                if (IsForeign(request.Url))
                {
                    faults.Add($"{request.Frame.Url} asked for {request.Url}");
                }
            };
            while (pages.TryDequeue(out var address))
            {
                var page = await window.NewPageAsync();
                page.Console += (_, message) =>
                {
                    if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal) && !(address == SitePages.ClosedDiary && message.Text.Contains("410", StringComparison.Ordinal)))
                    {
                        faults.Add($"{address}: {message.Text}");
                    }
                };
                page.PageError += (_, error) => faults.Add($"{address}: {error}");
                await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
                foreach (var widthPx in (int[])[1280, 390])
                {
                    await page.SetViewportSizeAsync(widthPx, 800);
                    foreach (var fault in await FaultsAsync(page, widthPx))
                    {
                        faults.Add($"{address}, {fault}");
                    }
                }

                await page.CloseAsync();
            }
        }));
        Assert.True(requests >= all.Count, "The requests were not seen.");
        Assert.Equal("", string.Join('\n', faults));
    }

    private bool IsForeign(string url) => !url.StartsWith(house.Address + "/", StringComparison.Ordinal)
        && !url.StartsWith("blob:" + house.Address, StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal);

    private static async Task<List<string>> FaultsAsync(IPage page, int widthPx)
    {
        List<string> faults = [];
        // The dark look has the same colours at either width.
        (ColorScheme, string)[] looks = widthPx > 1000 ? [(ColorScheme.Light, Axe.Everything), (ColorScheme.Dark, Axe.Colours)] : [(ColorScheme.Light, Axe.AllButColours)];
        foreach (var (scheme, rules) in looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            faults.AddRange((await page.ViolationsAsync(rules)).Select(v => $"{widthPx} px, {scheme}: {v}"));
        }

        if (await page.IsWiderThanTheScreenAsync())
        {
            faults.Add($"is wider than {widthPx} px");
        }

        return faults;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_link_leads_nowhere(bool signedIn) => Assert.Empty((await house.PagesAsync(signedIn)).DeadLinks);

    [Fact]
    public async Task An_attempt_to_reach_another_origin_is_stopped_and_seen()
    {
        List<string> complaints = [];
        await using var window = await house.WindowAsync();
        var page = await window.NewPageAsync();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync("/");

        var stopped = await page.EvaluateAsync<bool>("() => fetch('http://127.0.0.1:9/elsewhere').then(() => false, () => true)");

        // The browser reports the attempt on its console, which the test above reads: so that one is not blind.
        Assert.True(stopped);
        Assert.Contains(complaints, c => c.Contains("Content Security Policy", StringComparison.Ordinal));
    }
}
