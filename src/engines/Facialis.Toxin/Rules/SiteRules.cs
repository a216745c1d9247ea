namespace Facialis.Toxin;

/// <summary>Turns the table of site doses into rules.</summary>
internal static class SiteRules
{
    public static IEnumerable<ToxinRule> Of(RuleFiles.SiteFile file)
    {
        foreach (var site in file.Sites)
        {
            var about = Base(file, site);
            if (site.StartBy is null)
            {
                yield return about with
                {
                    Id = $"SITE-{site.Id}-START",
                    Check = RuleCheck.SiteRangeFirst,
                    Low = site.Start[0],
                    Limit = site.Start[1],
                    Says = site.Start[1] == 0 ? "Left out in a first treatment." : $"First treatment: {Range(site.Start)} U.",
                };
            }

            yield return about with
            {
                Id = $"SITE-{site.Id}-USUAL",
                Check = RuleCheck.SiteRange,
                Low = site.Usual[0],
                Limit = site.Usual[1],
                Says = $"Usual later range: {Range(site.Usual)} U.",
            };
            yield return about with
            {
                Id = $"SITE-{site.Id}-MAX",
                Check = RuleCheck.SiteDose,
                Limit = site.Max,
                Severity = Severity.Stop,
                SecondSigner = true,
                Says = $"At most {StrictNumber.Write(site.Max)} U at one point.",
                Source = site.MaxSource,
                Mark = RuleFiles.Mark(site.MaxMark),
            };
        }

        foreach (var group in file.Sites.Where(s => s.Group is not null).GroupBy(s => s.Group, StringComparer.Ordinal))
        {
            var first = group.First();
            var most = first.GroupMax ?? throw new InvalidDataException($"The group {group.Key} of sites has no limit.");
            yield return Base(file, first) with
            {
                Id = $"SITE-{group.Key}-SUM",
                Check = RuleCheck.SiteGroupDose,
                Sites = [.. group.Select(s => s.Id)],
                Limit = most,
                Unit = "U per side",
                Severity = Severity.Stop,
                SecondSigner = true,
                Says = $"At most {StrictNumber.Write(most)} U per side in all.",
                Source = first.MaxSource,
                Mark = RuleFiles.Mark(first.MaxMark),
            };
        }
    }

    private static ToxinRule Base(RuleFiles.SiteFile file, RuleFiles.SiteEntry site) => new()
    {
        Id = site.Id,
        Check = RuleCheck.SiteRange,
        Products = [file.Product],
        Sites = [site.Id],
        Unit = file.Unit,
        Severity = Severity.Confirm,
        Says = "",
        Source = site.Source,
        Mark = RuleFiles.Mark(site.Mark),
        ValidFrom = site.ValidFrom,
        Revision = site.Revision,
    };

    private static string Range(decimal[] ends) =>
        ends[0] == ends[1] ? StrictNumber.Write(ends[0]) : $"{StrictNumber.Write(ends[0])} to {StrictNumber.Write(ends[1])}";
}
