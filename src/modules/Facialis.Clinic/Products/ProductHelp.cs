using System.Globalization;
using Facialis.Anatomy;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Products;

/// <summary>Products and rules as the clinic has them: for the page and the API.</summary>
internal sealed class ProductHelp(FacialisDb db, ClinicTime time)
{
    public async Task<RuleList> Read(CancellationToken cancellation)
    {
        var policy = await db.Set<RulePolicy>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        var confirmed = (await db.Set<ConfirmedRule>().AsNoTracking().ToListAsync(cancellation)).ToDictionary(c => new ReadRule(c.RuleId, c.RuleRevision));
        var limits = await db.Set<OwnLimit>().AsNoTracking().OrderByDescending(l => l.At).ToListAsync(cancellation);
        var held = limits.Where(l => l.WithdrawnAt is null).ToDictionary(l => l.RuleId, StringComparer.Ordinal);
        return new RuleList(
            policy?.Region ?? LabelRegions.None,
            policy?.RegionSetBy is { } by ? $"{by}, {time.Day(policy.RegionSetAt!.Value)}" : null, // set together with the name
            [.. ToxinCatalogue.Current.Rules.Select(rule => new HelpRule(
                rule,
                confirmed.GetValueOrDefault(new ReadRule(rule.Id, rule.Revision)) is { } word ? $"{word.ByName}, {time.Day(word.At)}" : null,
                held.GetValueOrDefault(rule.Id)?.Limit,
                held.GetValueOrDefault(rule.Id)?.ByName))],
            limits);
    }

    /// <summary>How well a rule is founded, in the words of the data files.</summary>
    public static string Word(SourceMark mark) => mark switch
    {
        SourceMark.Verified => "verified",
        SourceMark.Recalled => "recalled",
        SourceMark.Estimate => "estimate",
        SourceMark.Derived => "derived",
        _ => "clinic policy",
    };

    /// <summary>"United Kingdom, European Union", or "everywhere".</summary>
    public static string Word(LabelRegions regions) => regions == LabelRegions.None
        ? "everywhere"
        : string.Join(", ", Regions.Where(r => (regions & r.Region) != 0).Select(r => r.Name));

    /// <summary>"1.25 to 2.5 U per site", or an empty text.</summary>
    public static string LimitText(ToxinRule rule) => rule switch
    {
        { Limit: null } => "",
        { Low: { } low } when low != rule.Limit => $"{Number(low)} to {Number(rule.Limit.Value)} {rule.Unit}",
        _ => $"{Number(rule.Limit.Value)} {rule.Unit}",
    };

    public static string Number(decimal value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public static readonly IReadOnlyList<(LabelRegions Region, string Name)> Regions =
    [
        (LabelRegions.UnitedKingdom, "United Kingdom"), (LabelRegions.EuropeanUnion, "European Union"),
        (LabelRegions.UnitedStates, "United States"), (LabelRegions.Korea, "Korea"),
    ];
}

/// <param name="Region">The clinic's label region; none where not set.</param>
/// <param name="RegionSetBy">Name and day.</param>
/// <param name="Rules">Every rule of the catalogue.</param>
/// <param name="Limits">Every limit that the clinic ever set, newest first.</param>
internal sealed record RuleList(LabelRegions Region, string? RegionSetBy, IReadOnlyList<HelpRule> Rules, IReadOnlyList<OwnLimit> Limits);

/// <summary>A rule as the clinic has it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="ConfirmedBy">Name and day of the confirmation of this revision.</param>
/// <param name="OwnLimit">The clinic's own limit in the rule's unit.</param>
/// <param name="OwnLimitBy">Who set it.</param>
public sealed record HelpRule(ToxinRule Rule, string? ConfirmedBy, decimal? OwnLimit, string? OwnLimitBy)
{
    /// <summary>True where an owner has yet to confirm it.</summary>
    public bool Awaits => Rule.NeedsConfirmation && ConfirmedBy is null && OwnLimit is null;
}
