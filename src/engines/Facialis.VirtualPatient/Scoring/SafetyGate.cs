using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using Facialis.VirtualPatient.People;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>What must never happen, whatever the outcome would be.</summary>
public enum BreachKind
{
    /// <summary>A dose on the side without spasm.</summary>
    WrongSide = 0,

    /// <summary>A needle between the lids.</summary>
    Eyeball = 1,

    /// <summary>A deep needle inside the rim of the orbit.</summary>
    DeepInLid = 2,

    /// <summary>A person whose health forbids treatment today.</summary>
    Contraindicated = 3,

    /// <summary>Something that the dose rules stop.</summary>
    StoppedByRules = 4,
}

/// <summary>One breach.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="PointId">The point; null where the whole plan is meant.</param>
/// <param name="Says">What would have happened, in a sentence.</param>
public sealed record Breach(BreachKind Kind, Guid? PointId, string Says)
{
    /// <summary>True where a case cannot go on: what it would do to a person is not weighed against anything.</summary>
    public bool EndsCase => Kind != BreachKind.StoppedByRules;
}

/// <summary>The first of the four scores: passed or not. No other score buys a breach back.</summary>
/// <param name="Breaches">What was wrong, the gravest first.</param>
public sealed record SafetyGate(IReadOnlyList<Breach> Breaches)
{
    private const string GlobeZone = "AZ-GLOBE";

    // The opening between the lids on the standard face, IPD: narrower than any site on a lid. Estimate, from the face drawing.
    private const double OpeningLateral = 0.5;
    private const double OpeningHalfWidth = 0.21;
    private const double OpeningHalfHeight = 0.062;

    /// <summary>True where nothing was wrong.</summary>
    public bool IsPassed => Breaches.Count == 0;

    /// <summary>True where the case ends here.</summary>
    public bool EndsCase => Breaches.Any(b => b.EndsCase);

    /// <summary>Looks at a plan before it is injected.</summary>
    /// <param name="person">Whom it is meant for.</param>
    /// <param name="plan">The plan; points without a dose are not injected.</param>
    /// <param name="review">What the rules say of it when everything about the person is known.</param>
    /// <param name="atlas">Zones.</param>
    public static SafetyGate Of(VirtualPerson person, InjectionPlan plan, PlanReview review, FaceAtlas atlas)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(atlas);
        var globe = atlas.Zones.Single(z => z.Id == GlobeZone);
        List<Breach> breaches = [];
        if (person.IsContraindicated)
        {
            breaches.Add(new Breach(BreachKind.Contraindicated, null, HarmOf(person)));
        }

        foreach (var point in plan.Points.Where(p => p.Units.Number > 0))
        {
            if (IsBetweenLids(point.Placed.Point))
            {
                breaches.Add(new Breach(BreachKind.Eyeball, point.Id, "The needle would have gone into the eye. Sight may be lost."));
            }
            else if (globe.Concerns(point.Placed.Point, point.Depth))
            {
                breaches.Add(new Breach(
                    BreachKind.DeepInLid, point.Id,
                    "So deep inside the orbital rim the needle passes the septum: bleeding behind the eye, a lid that hangs for weeks, double vision."));
            }

            if (point.Side != person.Side && !person.RedFlags.Contains(RedFlagKind.BothSides))
            {
                breaches.Add(new Breach(
                    BreachKind.WrongSide, point.Id,
                    $"The spasm is on the patient's {person.Side.Word().ToLowerInvariant()}. The healthy side would have been weak for three months, and the spasm as before."));
            }
        }

        breaches.AddRange(review.Findings.Where(f => f.Needs == FindingNeeds.Mending && !IsSaidAbove(f))
            .Select(f => new Breach(BreachKind.StoppedByRules, f.PointIds.Count > 0 ? f.PointIds[0] : null, f.Message)));
        return new SafetyGate([.. breaches.OrderByDescending(b => b.EndsCase)]);

        // A stop by a health answer is the contraindication itself.
        bool IsSaidAbove(Finding finding) => person.IsContraindicated && finding.PointIds.Count == 0;
    }

    private static bool IsBetweenLids(FacePoint point)
    {
        var across = ((double)point.LateralIpd - OpeningLateral) / OpeningHalfWidth;
        var down = (double)point.DownIpd / OpeningHalfHeight;
        return (across * across) + (down * down) < 1;
    }

    private static string HarmOf(VirtualPerson person)
    {
        var answers = person.Answers;
        return answers[HealthQuestion.NeuromuscularJunctionDisease] == Answer.Yes
            ? "In an illness of nerve-to-muscle signals a small dose can weaken swallowing and breathing."
            : answers[HealthQuestion.AllergyToToxinOrExcipient] == Answer.Yes ? "After an earlier allergic reaction the next one may stop the breath."
            : answers[HealthQuestion.InfectionAtSite] == Answer.Yes ? "The needle would have carried the infection deeper."
            : answers[HealthQuestion.Pregnant] == Answer.Yes ? "In pregnancy it is not given: what it does to the child is not known."
            : "So soon after the last injections the effects add up, and antibodies against the toxin become more likely.";
    }
}
