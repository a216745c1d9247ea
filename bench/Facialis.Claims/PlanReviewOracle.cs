using System.Diagnostics;
using System.Globalization;
using Facialis.Anatomy.Sites;
using Facialis.Engines.Tests.Toxin.Oracle;
using Facialis.Toxin;

namespace Facialis.Claims;

/// <summary>Compares the plan review with a plain table walk that shares no code with it, on random plans that lie where rules decide.</summary>
internal static class PlanReviewOracle
{
    private const int Plans = 10_000;

    public static Claim Claim { get; } = new(
        "plan-review-oracle",
        "The plan review and an independent table walk find the same in 10,000 random plans.",
        Holds);

    private static bool Holds(string[] arguments)
    {
        var plans = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : Plans;
        var oracle = new Oracle(RuleTable.Read(Open));
        var cases = new RandomCases(20261122);
        var (agreed, findings, perSeverity) = (0, 0, new int[3]);
        var rules = new HashSet<string>(StringComparer.Ordinal);
        var cpu = TimeSpan.Zero;
        for (var i = 0; i < plans; i++)
        {
            var one = cases.Next();
            var book = one.Book();
            var before = Environment.CpuUsage.TotalTime;
            var review = PlanReview.Of(one.Plan, one.Facts, one.Vial, book, one.Now);
            cpu += Environment.CpuUsage.TotalTime - before;
            var (expected, found) = (oracle.Findings(one), Oracle.Lines(review));
            foreach (var finding in review.Findings)
            {
                rules.Add(finding.RuleId);
                perSeverity[(int)finding.Severity]++;
            }

            findings += found.Count;
            if (expected.SequenceEqual(found, StringComparer.Ordinal))
            {
                agreed++;
            }
            else if (i - agreed < 5)
            {
                Console.WriteLine($"plan {i}, {one.Plan.Product}, {one.Region}, {one.Now:u}: engine alone [{string.Join("; ", found.Except(expected))}], oracle alone [{string.Join("; ", expected.Except(found))}]");
            }
        }

        var withFindings = ToxinCatalogue.Current.Rules.Count(r => r.Severity is not null);
        Console.WriteLine($"rules that found something: {rules.Count} of {withFindings}");
        Console.WriteLine($"findings: {findings} ({perSeverity[2]} stop, {perSeverity[1]} confirm, {perSeverity[0]} note)");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CPU of the engine for each of these plans: {cpu.TotalMicroseconds / plans:0.0} us"));
        Console.WriteLine($"plan-review-oracle: {agreed} of {plans} random plans agree");
        return agreed == plans && (plans < Plans || rules.Count == withFindings);
    }

    private static Stream Open(string name) =>
        (name.StartsWith("Facialis.Toxin", StringComparison.Ordinal) ? typeof(Dose).Assembly : typeof(FaceAtlas).Assembly).GetManifestResourceStream(name)
        ?? throw new FileNotFoundException($"{name} is not in the assemblies.");
}
