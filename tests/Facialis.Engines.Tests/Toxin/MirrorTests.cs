using Facialis.Anatomy;
using Facialis.Engines.Tests.Toxin.Oracle;

namespace Facialis.Engines.Tests.Toxin;

/// <summary>Right and left are words beside a point: mirroring flips the word, every word, and nothing else.</summary>
public sealed class MirrorTests
{
    [Fact]
    public void Mirroring_twice_gives_the_same_plan_and_once_flips_every_side_in_100_000_plans()
    {
        var cases = new RandomCases(2026);
        for (var i = 0; i < 100_000; i++)
        {
            var plan = cases.NextPlan();
            var once = plan.Mirrored();
            Assert.True(plan.Equals(once.Mirrored()));
            Assert.True(plan.Points.Count == 0 || !plan.Equals(once));
            Assert.Equal(plan.Points.Count, once.Points.Count);
            for (var p = 0; p < plan.Points.Count; p++)
            {
                var (one, other) = (plan.Points[p], once.Points[p]);
                Assert.True(one.Side != other.Side && one.Side.Opposite() == other.Side);
                Assert.True(one.Id == other.Id && one.SiteId == other.SiteId && one.Placed.Point == other.Placed.Point && one.Units.Equals(other.Units) && one.Depth == other.Depth);
            }
        }
    }

    [Fact]
    public void The_mirrored_plan_of_the_mirrored_patient_is_found_the_same()
    {
        var cases = new RandomCases(7);
        for (var i = 0; i < 1000; i++)
        {
            var c = cases.Next();
            Assert.Equal(Lines(c), Lines(c.Mirrored()));
        }
    }

    [Fact]
    public void The_same_case_gives_the_same_bytes()
    {
        var (one, other) = (new RandomCases(11), new RandomCases(11));
        for (var i = 0; i < 300; i++)
        {
            var (a, b) = (one.Next(), other.Next());
            Assert.Equal(a.Review().ToCanonicalJson(), b.Review().ToCanonicalJson());
            Assert.Equal(a.Plan.ToCanonicalJson(), b.Plan.ToCanonicalJson());
            Assert.True(a.Plan.Points.Count == 0 || !a.Plan.ToCanonicalJson().AsSpan().SequenceEqual(a.Plan.Mirrored().ToCanonicalJson()));
        }
    }

    // Findings on sides come in the order right, left, so of these the order within a severity may change.
    private static List<string> Lines(Case c) => Oracle.Oracle.Lines(c.Review());
}
