using Facialis.Anatomy.Sites;
using Facialis.Engines.Tests.Toxin.Oracle;
using Facialis.Toxin;

namespace Facialis.Engines.Tests.Toxin;

/// <summary>The engine and a table walk that shares no code with it find the same in plans that lie where rules decide.</summary>
public sealed class OracleTests
{
    internal static RuleTable Table { get; } = RuleTable.Read(name =>
        (name.StartsWith("Facialis.Toxin", StringComparison.Ordinal) ? typeof(Dose).Assembly : typeof(FaceAtlas).Assembly).GetManifestResourceStream(name)
        ?? throw new FileNotFoundException(name));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Engine_and_oracle_agree_on_500_random_plans(int seed)
    {
        var oracle = new Oracle.Oracle(Table);
        var cases = new RandomCases(seed);
        for (var i = 0; i < 500; i++)
        {
            var c = cases.Next();
            Assert.Equal(oracle.Findings(c), Oracle.Oracle.Lines(c.Review()));
        }
    }

    [Fact]
    public void Random_plans_reach_every_rule_that_finds_anything()
    {
        var cases = new RandomCases(99);
        var oracle = new Oracle.Oracle(Table);
        var reached = Enumerable.Range(0, 4000).SelectMany(_ => oracle.Findings(cases.Next())).Select(line => line.Split(' ')[1]).ToHashSet();
        var rules = Table.Rows.Where(r => r.Severity is not null).Select(r => r.Id);

        Assert.Empty(rules.Except(reached));
    }
}
