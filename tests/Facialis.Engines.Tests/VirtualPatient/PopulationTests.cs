using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Scoring;
using Facialis.VirtualPatient.SideEffects;
using Facialis.VirtualPatient.Spread;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.Engines.Tests.VirtualPatient;

public sealed class PopulationTests
{
    // The plans of the prototype that the model was fitted with, mm with y up.
    private static readonly Deposit[] Orbital = [At(47, 38, 5, 0.1), At(54, 27, 5, 0.1), At(47, 15, 5, 0.1), At(33, 11, 5, 0.1)];

    private static readonly Deposit[] Preseptal = [At(25, 38, 5, 0.1), At(40, 38, 5, 0.1), At(54, 26, 5, 0.1), At(42, 14, 5, 0.1), At(26, 14, 5, 0.1)];

    private static readonly Deposit[] Pretarsal =
    [
        At(23, 32.5, 2.5, 0.05), At(41, 32.5, 2.5, 0.05), At(50, 27, 5, 0.05), At(41, 20, 2.5, 0.05), At(30, 19.5, 2.5, 0.05), At(52, -5, 1.25, 0.05),
    ];

    private static readonly Deposit[] LowerFace =
    [
        At(25, 38, 2.5, 0.1), At(41, 38, 2.5, 0.1), At(52, 27, 5, 0.1), At(41, 16, 2.5, 0.1), At(50, -8, 5, 0.1), At(24, 0, 2.5, 0.1), At(16, -33, 2.5, 0.1), At(28, -58, 2.5, 0.1),
    ];

    [Fact]
    public void A_population_is_the_same_on_one_thread_and_on_eight()
    {
        PopulationResult On(int threads) => Run(Pretarsal, new PopulationWishes { People = 300, StepDays = 7, Threads = threads });
        var (one, eight) = (On(1), On(8));
        Assert.Equal(one.MeanImprovement, eight.MeanImprovement);
        Assert.Equal(one.SdImprovement, eight.SdImprovement);
        Assert.Equal(one.SideEffects, eight.SideEffects);
        Assert.Equal(ModelParameters.Current.Stamp, one.ModelStamp);
    }

    [Fact]
    public void A_mirrored_plan_on_the_other_side_does_the_same()
    {
        var wishes = new PopulationWishes { People = 200, StepDays = 7 };
        var left = Run(Orbital, wishes);
        var right = Run([.. Orbital.Select(d => d.Mirrored())], wishes, Side.PatientRight);
        Assert.Equal(left.MeanImprovement, right.MeanImprovement);
        Assert.Equal(left.SideEffects, right.SideEffects);
    }

    [Fact]
    public void Published_figures_that_the_model_was_set_to_come_out()
    {
        PopulationResult Of(Deposit[] plan) => Run(plan, new PopulationWishes { People = 1500, StepDays = 7 });
        var (orbital, preseptal, pretarsal, lower) = (Of(Orbital), Of(Preseptal), Of(Pretarsal), Of(LowerFace));
        // Agreement by construction, so it proves nothing but that the fit is still in force.
        Assert.Equal(0.2717, preseptal.Of(SideEffectKind.Ptosis), 0.03);
        Assert.Equal(0.75, lower.Of(SideEffectKind.LowerFaceWeakness), 0.05);
        Assert.Equal(0.05, orbital.Of(SideEffectKind.LowerFaceWeakness), 0.02);
        Assert.InRange(orbital.AtWeek(2), 0.72, 0.84);
        Assert.InRange(orbital.AtWeek(4), 0.72, 0.86);
        Assert.InRange(orbital.AtWeek(12), 0.22, 0.4);
        // Predictions of the prototype.
        Assert.Equal(0.025, pretarsal.Of(SideEffectKind.Ptosis), 0.015);
        Assert.Equal(0.07, orbital.Of(SideEffectKind.Ptosis), 0.02);
    }

    [Fact]
    public void Days_reckoned_together_are_those_reckoned_one_by_one_to_the_last_bit()
    {
        var kernel = ModelParameters.Current.Kernel;
        for (var i = 0; i < 200; i++)
        {
            var clock = new ToxinClock(0.05 * Math.Pow(1.04, i), 2 + i);
            double[] days = [.. Enumerable.Range(-2, 371).Select(d => (double)d)];
            var together = days.ToArray();
            BlockCurve.DaysToPowers(kernel, clock, together);
            Assert.Equal(days.Select(day => BlockCurve.PowerOf(kernel, clock.LevelAt(day))), together);
        }
    }

    [Fact]
    public void Nothing_given_does_nothing()
    {
        var none = Run([], new PopulationWishes { People = 64, StepDays = 7 });
        Assert.All(none.MeanImprovement, i => Assert.Equal(0, i, 1e-12));
        Assert.Equal(0, none.Of(SideEffectKind.Bruise));
    }

    [Fact]
    public void The_force_of_every_muscle_is_that_of_its_nerve_endings_one_by_one()
    {
        var kernel = ModelParameters.Current.Kernel;
        foreach (var (muscles, endplates) in new[] { (12, 16), (13, 16), (3, 5) })
        {
            var exposure = Enumerable.Range(0, muscles * endplates).Select(i => Math.Pow(10, (i % 37 / 4.0) - 5)).ToArray();
            var powers = new double[exposure.Length];
            BlockCurve.Powers(kernel, exposure, kernel.D50, powers);
            foreach (var level in new[] { 1e-6, 0.01, 0.3, 1 })
            {
                var force = new double[muscles];
                BlockCurve.ResidualForce(kernel, powers, BlockCurve.PowerOf(kernel, level), force);
                Assert.All(Enumerable.Range(0, muscles), m => Assert.Equal(
                    1 - Enumerable.Range(0, endplates).Average(q => BlockCurve.BlockAt(kernel, exposure[(q * muscles) + m] * level, kernel.D50)), force[m], 1e-12));
            }
        }
    }

    [Fact]
    public void Scores_rank_plans_as_an_expert_would_and_say_how_sure_they_are()
    {
        var scorer = new PlanScorer(Side.PatientLeft, new PopulationWishes { People = 100 });
        var (pretarsal, lower) = (scorer.Score(Pretarsal), scorer.Score(LowerFace));
        Assert.Equal(0, scorer.Score([]).Skill);
        Assert.InRange(pretarsal.Skill, lower.Skill + 20, 100);
        Assert.InRange(pretarsal.StandardError, 0.01, 5);
        Assert.Equal(pretarsal.Skill, new PlanScorer(Side.PatientLeft, new PopulationWishes { People = 100, Threads = 1 }).Score(Pretarsal).Skill);
        Assert.All(scorer.Best.Doses, d => Assert.InRange(d.Units, 1.25, 5));
        Assert.DoesNotContain(scorer.Best.Doses, d => FaceAtlas.Current.ZonesAgainst(FaceAtlas.Current.Site(d.SiteId).UsualPoint, FaceAtlas.Current.Site(d.SiteId).Depth)
            .Any(z => z.Id is "AZ-LEV" or "AZ-GLOBE" or "AZ-LR" or "AZ-IO" or "AZ-NECK"));
    }

    [Fact]
    public void A_dearer_harm_never_makes_the_best_plan_more_harmful()
    {
        var wishes = new PopulationWishes { People = 60 };
        var usual = Utility.Of();
        var cheap = new PlanScorer(Side.PatientLeft, wishes, usual with { Unit = 0 });
        var dear = new PlanScorer(Side.PatientLeft, wishes, usual with { Unit = 2 });
        Assert.True(dear.Best.Units < cheap.Best.Units);
    }

    [Fact]
    public void A_crowd_can_be_like_one_person()
    {
        var person = VirtualPerson.FromSeed(5);
        var like = Run(Pretarsal, new PopulationWishes { People = 200, StepDays = 7, Like = person });
        var all = Run(Pretarsal, new PopulationWishes { People = 200, StepDays = 7 });
        Assert.NotEqual(like.AtWeek(4), all.AtWeek(4));
        Assert.InRange(like.AtWeek(4), 0.3, 1);
    }

    private static PopulationResult Run(Deposit[] plan, PopulationWishes wishes, Side affected = Side.PatientLeft) =>
        PopulationStudy.Run(plan, affected, wishes, cancel: TestContext.Current.CancellationToken);

    private static Deposit At(double x, double y, double units, double volumeMl)
    {
        var position = new FacePosition(x / 63.2, (26 - y) / 63.2);
        return new Deposit(Side.PatientLeft, position, units, volumeMl, Deposit.PlaneAt(position, NeedleDepth.Subcutaneous));
    }
}
