namespace Facialis.Toxin;

/// <summary>Collects findings; nothing is written or sorted until there is one.</summary>
internal sealed class FindingList
{
    private readonly List<(int Order, int Number, Finding Finding)> _found = [];

    public void Add(PreparedRule rule, IReadOnlyList<Guid> points, string message, string remedy) =>
        Add(rule, rule.Rule.Severity ?? Severity.Note, rule.Rule.SecondSigner, points, message, remedy);

    /// <summary>A finding of another weight than the rule's own: a note below a usual range, an answer that is missing.</summary>
    public void Add(PreparedRule rule, Severity severity, bool secondSigner, IReadOnlyList<Guid> points, string message, string remedy) =>
        _found.Add((rule.Order, _found.Count, new Finding(severity, rule.Rule.Id, rule.Source, rule.Mark, points, $"{message} {rule.Says}".TrimStart(), remedy)
        {
            Needs = severity switch
            {
                Severity.Stop => secondSigner ? FindingNeeds.SecondSigner : FindingNeeds.Mending,
                Severity.Confirm => FindingNeeds.Reason,
                _ => FindingNeeds.Nothing,
            },
            Revision = rule.Rule.Revision,
            ConfirmedBy = rule.ConfirmedBy,
        }));

    public IReadOnlyList<Finding> Sorted()
    {
        _found.Sort((one, other) =>
        {
            var bySeverity = other.Finding.Severity.CompareTo(one.Finding.Severity);
            var byRule = bySeverity != 0 ? bySeverity : one.Order.CompareTo(other.Order);
            return byRule != 0 ? byRule : one.Number.CompareTo(other.Number);
        });
        var sorted = new Finding[_found.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = _found[i].Finding;
        }

        return sorted;
    }
}
