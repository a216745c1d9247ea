using System.Collections.Concurrent;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Scoring;

namespace Facialis.Academy.Practice;

/// <summary>Reckons the scores of an attempt. The same attempt always scores the same: people and chance come from its seed.</summary>
internal sealed class PracticeScores
{
    /// <summary>People with this face and spasm on whom plans are compared.</summary>
    private const int People = 300;

    private const decimal StepUnits = 2.5m;
    private const int MostCounterfactuals = 6;

    /// <summary>The search for the best permitted plan, once for each case.</summary>
    private readonly ConcurrentDictionary<ulong, Lazy<PlanScorer>> _scorers = new();

    /// <summary>Begins the search for the best plan of a case while its learner watches the weeks.</summary>
    public void Prepare(PracticeSession session) => _ = Task.Run(() => ScorerOf(session));

    public PracticeResult Of(PracticeSession session)
    {
        Breach[] breaches = [.. session.GatesPassedThrough().SelectMany(g => g.Breaches)];
        if (session.Work.Given is not [var first, ..])
        {
            return new PracticeResult(session.Person.ModelStamp, breaches, null, null, null, []);
        }

        var scorer = ScorerOf(session);
        var plan = session.PlanOf(first.Plan);
        var outcome = Score(scorer, session, first.Plan);
        return new PracticeResult(
            session.Person.ModelStamp, breaches, outcome, PlacementPrecision.Of(plan, FaceAtlas.Current),
            Reasoning.Of(session.CourseWith([first]), plan, session.Work.Asked, session.Work.Given.Count > 1 ? session.Work.Given[1].Week : null, session.Work.HasMeasured),
            Counterfactuals(scorer, session, first.Plan, outcome));
    }

    private PlanScorer ScorerOf(PracticeSession session) => _scorers.GetOrAdd(session.Person.Seed, seed => new Lazy<PlanScorer>(
        () => new PlanScorer(session.Person.Side, new PopulationWishes { People = People, Seed = seed, Like = session.Person }))).Value;

    private static PlanScore Score(PlanScorer scorer, PracticeSession session, PlanContent plan) =>
        scorer.Score(CourseTreatment.Of(0, session.PlanOf(plan)).Deposits);

    private static IReadOnlyList<Counterfactual> Counterfactuals(PlanScorer scorer, PracticeSession session, PlanContent plan, PlanScore now)
    {
        List<Counterfactual> found = [];
        for (var i = 0; i < plan.Points.Count; i++)
        {
            var point = plan.Points[i];
            Try(i, CounterfactualChange.Less, point with { Units = Math.Max(0, point.Units - StepUnits) });
            Try(i, CounterfactualChange.More, point with { Units = point.Units + StepUnits });
            if (FaceAtlas.Current.FindSite(point.SiteId) is { } site && !site.UsualPoint.Equals(point.Point))
            {
                Try(i, CounterfactualChange.AtUsualPoint, point with { LateralIpd = site.UsualPoint.LateralIpd, DownIpd = site.UsualPoint.DownIpd });
            }
        }

        return [.. found.OrderByDescending(c => Math.Abs(c.Gain)).Take(MostCounterfactuals)];

        void Try(int at, CounterfactualChange change, PlanPoint changed)
        {
            var other = Score(scorer, session, plan with { Points = [.. plan.Points.Select((p, i) => i == at ? changed : p).Where(p => p.Units > 0)] }).Plan;
            found.Add(new Counterfactual(
                at + 1, changed.SiteId, change, other.Benefit, other.Ptosis, other.Diplopia, other.Mouth, other.Utility - now.Plan.Utility));
        }
    }
}
