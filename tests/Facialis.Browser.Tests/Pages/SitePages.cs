namespace Facialis.Browser.Tests.Pages;

/// <summary>Every page that a person can come to by links, found by following them; so a new page is tested without being listed.</summary>
public static class SitePages
{
    /// <summary>Pages that nothing links to.</summary>
    private static readonly string[] Unlinked = ["/nowhere", "/not-allowed", "/confirm", "/locked", "/welcome/of-nobody", "/start/of-nobody"];

    /// <summary>Addresses reached from the start page, one per kind: pages that differ only in an id are one kind.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(House house, bool signedIn)
    {
        await using var window = await house.WindowAsync(signedIn: signedIn);
        var page = await window.NewPageAsync();
        List<string> found = [];
        HashSet<string> kinds = [];
        Queue<string> toVisit = new(["/", .. Unlinked]);
        while (toVisit.TryDequeue(out var address))
        {
            if (!kinds.Add(Kind(address)))
            {
                continue;
            }

            var answer = await page.GotoAsync(address);
            if (answer?.Headers.GetValueOrDefault("content-type")?.StartsWith("text/html", StringComparison.Ordinal) != true)
            {
                continue;
            }

            found.Add(address);
            var links = await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('a[href]:not([download])')].map(a => new URL(a.href))"
                + ".filter(u => u.origin === location.origin && !u.pathname.startsWith('/api/')).map(u => u.pathname + u.search)");
            foreach (var link in links)
            {
                toVisit.Enqueue(link);
            }
        }

        return found;
    }

    private static string Kind(string address) => System.Text.RegularExpressions.Regex.Replace(address, "[0-9a-fA-F-]{32,36}|(?<==)[0-9]+", "{id}");
}
