using Facialis.Engines.Tests.Toxin.Oracle;
using Facialis.Toxin;

namespace Facialis.Engines.Tests.Toxin;

/// <summary>Every rule of the catalogue, with every outcome. A rule or check that is added without its rows here fails.</summary>
public sealed class DecisionTableTests
{
    private static readonly RuleCheck[] Facts =
        [RuleCheck.VialSizes, RuleCheck.Storage, RuleCheck.Diluent, RuleCheck.Mix, RuleCheck.VialChecks];

    public static TheoryData<string> RulesThatFind => [.. ToxinCatalogue.Current.Rules.Where(r => r.Severity is not null).Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(RulesThatFind))]
    public void A_rule_finds_what_it_says_and_is_silent_beside_it(string id)
    {
        var rule = ToxinCatalogue.Current.FindRule(id)!;
        var rows = DecisionTable.RowsOf(rule);

        Assert.Contains(rows, r => r.Found is not null);
        Assert.Contains(rows, r => r.Found is null);
        Assert.All(rows, row =>
        {
            var found = row.Scene.Case.Review().Findings.Where(f => f.RuleId == id).ToList();
            Assert.True(found.Count > 0 == row.Found is not null, $"{id}, {row.Outcome}: {(found.Count > 0 ? "found " + found[0].Message : "silent")}");
            Assert.All(found, f =>
            {
                Assert.Equal(row.Found, f.Severity);
                Assert.Equal(Needs(rule, row), f.Needs);
                Assert.EndsWith(".", f.Message, StringComparison.Ordinal);
                Assert.EndsWith(".", f.Remedy, StringComparison.Ordinal);
                Assert.Equal((rule.Source, rule.Mark, rule.Revision), (f.Source, f.Mark, f.Revision));
                Assert.Equal(rule.NeedsConfirmation && row.Scene.Confirmed, f.ConfirmedBy is not null);
            });
        });
    }

    [Fact]
    public void What_finds_nothing_is_a_fact_or_a_label_that_names_the_indication() =>
        Assert.All(ToxinCatalogue.Current.Rules.Where(r => r.Severity is null), rule =>
            Assert.True(Facts.Contains(rule.Check) || rule is { Check: RuleCheck.LabelStatus, Status: LabelStatus.On }, rule.Id));

    [Fact]
    public void Every_check_of_the_engine_has_a_rule() =>
        Assert.Empty(Enum.GetValues<RuleCheck>().Except(ToxinCatalogue.Current.Rules.Select(r => r.Check)));

    [Fact]
    public void The_oracle_sees_every_row_of_the_table_as_the_engine_does()
    {
        var oracle = new Oracle.Oracle(OracleTests.Table);
        Assert.All(ToxinCatalogue.Current.Rules.Where(r => r.Severity is not null).SelectMany(r => DecisionTable.RowsOf(r)), row =>
            Assert.Equal(oracle.Findings(row.Scene.Case), Oracle.Oracle.Lines(row.Scene.Case.Review())));
    }

    private static FindingNeeds Needs(ToxinRule rule, DecisionTable.Row row) => row.Found switch
    {
        Severity.Stop => rule.SecondSigner && !row.IsUnanswered ? FindingNeeds.SecondSigner : FindingNeeds.Mending,
        Severity.Confirm => FindingNeeds.Reason,
        _ => FindingNeeds.Nothing,
    };
}
