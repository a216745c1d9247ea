using Facialis.Anatomy;
using Facialis.Toxin;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.People;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>The fourth of the four scores: whether the way there was sound.</summary>
/// <param name="Asked">How many of the questions that belong before every treatment were asked.</param>
/// <param name="ToAsk">How many those are.</param>
/// <param name="MissedThatMattered">Answers that would have changed what is done, and were not asked for.</param>
/// <param name="Units">Units given in the first cycle.</param>
/// <param name="UsualUnits">Usual upper dose of the same points, units: more has to be meant.</param>
/// <param name="LeastSymmetry">The weaker side's voluntary strength over the stronger side's, 0 to 1, at the movement and week where they differ most.</param>
/// <param name="LeastSymmetryMovement">That movement; empty where none differs.</param>
/// <param name="IntervalWeeks">Weeks to the second treatment; null where there was none.</param>
/// <param name="HasMeasured">True where the face was measured before it was treated.</param>
public sealed record Reasoning(
    int Asked, int ToAsk, IReadOnlyList<SpokenAnswer> MissedThatMattered, decimal Units, decimal UsualUnits, double LeastSymmetry, string LeastSymmetryMovement,
    int? IntervalWeeks, bool HasMeasured)
{
    /// <summary>Shortest interval that the labels allow, weeks.</summary>
    public const int ShortestIntervalWeeks = 12;

    private const int WeeksWatched = 16;

    /// <summary>What people do with their faces, and the muscles that do it.</summary>
    private static readonly (string Movement, string[] Muscles)[] Movements =
    [
        ("closing the eye", ["pretarsal_up", "preseptal_up", "pretarsal_lo", "preseptal_lo"]),
        ("lifting the brow", ["frontalis"]),
        ("smiling", ["zygomaticus", "lip_levators"]),
        ("pursing the lips", ["oris"]),
    ];

    /// <summary>True where the second treatment was not too early.</summary>
    public bool KeepsInterval => IntervalWeeks is null or >= ShortestIntervalWeeks;

    /// <summary>True where the doses stay within the usual ones.</summary>
    public bool IsEconomical => Units <= UsualUnits;

    /// <summary>Looks at the first cycle and the way to it.</summary>
    /// <param name="course">The course with what was given.</param>
    /// <param name="plan">The first plan.</param>
    /// <param name="asked">Topics that were asked.</param>
    /// <param name="intervalWeeks">Weeks to the second treatment; null where there was none.</param>
    /// <param name="hasMeasured">Whether the face was measured first.</param>
    public static Reasoning Of(VirtualCourse course, InjectionPlan plan, IReadOnlyCollection<string> asked, int? intervalWeeks, bool hasMeasured)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(asked);
        var spoken = course.Person.Spoken;
        var usual = ToxinCatalogue.Current.SiteDoses.Where(d => d.Max.Product.Equals(plan.Product)).ToDictionary(d => d.SiteId, d => d.UsualHigh.Units.Number);
        var (least, movement) = Symmetry(course);
        return new Reasoning(
            spoken.Count(s => asked.Contains(s.Topic)), spoken.Count, [.. spoken.Where(s => s.Matters && !asked.Contains(s.Topic))],
            plan.Total.Units.Number, plan.Points.Sum(p => usual.GetValueOrDefault(p.SiteId, p.Units.Number)), least, movement, intervalWeeks, hasMeasured);
    }

    private static (double Least, string Movement) Symmetry(VirtualCourse course)
    {
        var (least, worst) = (1.0, "");
        for (var week = 1; week <= WeeksWatched; week++)
        {
            var own = course.MusclesAt(course.Person.Side, 7 * week);
            var other = course.MusclesAt(course.Person.Side.Opposite(), 7 * week);
            foreach (var (movement, muscles) in Movements)
            {
                var (mine, theirs) = (StrengthOf(own, muscles), StrengthOf(other, muscles));
                var (weak, strong) = (Math.Min(mine, theirs), Math.Max(mine, theirs));
                if (strong > 0 && weak / strong < least)
                {
                    (least, worst) = (weak / strong, movement);
                }
            }
        }

        return (least, worst);
    }

    private static double StrengthOf(IReadOnlyList<MuscleState> states, string[] muscles) =>
        states.Where(s => muscles.Contains(s.MuscleId)).Average(s => s.VoluntaryStrength);
}
