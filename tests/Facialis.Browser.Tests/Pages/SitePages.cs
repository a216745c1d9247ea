namespace Facialis.Browser.Tests.Pages;

/// <summary>Every page that a person can come to by links, found by following them; so a new page is tested without being listed.</summary>
/// <param name="Addresses">Reached from the start page, one per kind: pages that differ only in an id are one kind.</param>
/// <param name="DeadLinks">Links to what is not there, each with the page that has it.</param>
public sealed record SitePages(IReadOnlyList<string> Addresses, IReadOnlyList<string> DeadLinks)
{
    /// <summary>A diary whose link does not work: it answers that it is gone.</summary>
    public const string ClosedDiary = "/diary/of-nobody";

    /// <summary>Pages that nothing links to.</summary>
    private static readonly string[] Unlinked = ["/nowhere", "/not-allowed", "/confirm", "/locked", "/welcome/of-nobody", "/start/of-nobody", ClosedDiary];

    public static async Task<SitePages> FindAsync(House house, bool signedIn)
    {
        await using var window = await house.WindowAsync(signedIn: signedIn);
        var page = await window.NewPageAsync();
        List<string> found = [];
        List<string> dead = [];
        HashSet<string> kinds = [];
        Queue<(string Address, string? LinkedFrom)> toVisit = new(((string[])["/", .. Unlinked]).Select(a => (a, (string?)null)));
        while (toVisit.TryDequeue(out var next))
        {
            var (address, linkedFrom) = next;
            if (!kinds.Add(Kind(address)))
            {
                continue;
            }

            var answer = await page.GotoAsync(address);
            if (linkedFrom is not null && answer?.Status >= 400)
            {
                dead.Add($"{linkedFrom} links to {address}: {answer.Status}");
            }

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
                toVisit.Enqueue((link, address));
            }
        }

        return new SitePages(found, dead);
    }

    /// <remarks>Weeks and months lead on for ever, so a day or a time in an address is like an id.</remarks>
    private static string Kind(string address) => System.Text.RegularExpressions.Regex.Replace(address, "[0-9a-fA-F-]{32,36}|(?<==)[0-9][0-9:%A-]*", "{id}");
}
