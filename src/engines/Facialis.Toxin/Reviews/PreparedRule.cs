using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>A rule as it holds for one clinic: its own limit or the clinic's, and who stands for it.</summary>
internal sealed class PreparedRule
{
    public PreparedRule(ToxinRule rule, ClinicLimit? own, string? confirmedBy, int order)
    {
        Rule = rule;
        Order = order;
        Limit = own?.Limit ?? rule.Limit ?? 0;
        Low = Math.Min(rule.Low ?? 0, Limit);
        Source = own is null ? rule.Source : $"{own.Source} (clinic's own limit, set by {own.By}; the rule's limit is {StrictNumber.Write(rule.Limit ?? 0)}: {rule.Source})";
        Mark = own is null ? rule.Mark : SourceMark.ClinicPolicy;
        ConfirmedBy = own?.By ?? (rule.NeedsConfirmation ? confirmedBy : null);
        Says = own is null ? rule.Says : $"The clinic's own limit is {StrictNumber.Write(own.Limit)} {rule.Unit}. {rule.Says}";
    }

    public ToxinRule Rule { get; }

    /// <summary>Place in the catalogue: the order of findings of one severity.</summary>
    public int Order { get; }

    public decimal Limit { get; }

    public decimal Low { get; }

    public string Source { get; }

    public SourceMark Mark { get; }

    public string? ConfirmedBy { get; }

    public string Says { get; }

    public bool AwaitsConfirmation => Mark != SourceMark.Verified && ConfirmedBy is null;

    /// <summary>"5 U per site", for a remedy.</summary>
    public string LimitText => $"{StrictNumber.Write(Limit)} {Rule.Unit}";
}
