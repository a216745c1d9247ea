using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Recordings;
using Facialis.VirtualPatient.Scoring;

namespace Facialis.Academy.Practice;

/// <summary>An attempt with the virtual person, made anew from the seed: the same attempt is always the same.</summary>
public sealed class PracticeSession
{
    /// <summary>How long a case is followed after the last treatment, weeks.</summary>
    public const int WeeksWatched = 16;

    /// <summary>How much of the face is shown, seconds.</summary>
    public const double WatchedSeconds = 60;

    /// <summary>How much of the face is measured, seconds: long enough for an interval around the rate.</summary>
    public const double MeasuredSeconds = 150;

    /// <summary>Rules without a clinic's own limits; days are counted in UTC, since no clinic is in a case.</summary>
    private static readonly RuleBook Book = RuleBook.Prepare(ToxinCatalogue.Current, FaceAtlas.Current, default, TimeZoneInfo.Utc);

    private PracticeSession(PracticeAttempt attempt, PracticeCase chosen, PracticeWork work, VirtualPerson person)
    {
        (Attempt, Case, Work, Person) = (attempt, chosen, work, person);
        Course = CourseWith(work.Given);
    }

    internal PracticeAttempt Attempt { get; }

    internal PracticeCase Case { get; }

    public VirtualPerson Person { get; }

    /// <summary>The person with everything that was injected.</summary>
    public VirtualCourse Course { get; }

    /// <summary>What was done.</summary>
    internal PracticeWork Work { get; }

    /// <summary>Last week of the case that can be looked at.</summary>
    public int LastWeek => Work.Given.Count == 0 ? 0 : Work.Given[^1].Week + WeeksWatched;

    /// <summary>The one product whose units the model speaks.</summary>
    public static ToxinProduct Product { get; } = ToxinCatalogue.Current.FindProduct(ModelParameters.Current.ProductId)
        ?? throw new InvalidOperationException("The model's product is not in the catalogue.");

    /// <summary>The session of an attempt; null where its case or its model is not of this program any more.</summary>
    internal static PracticeSession? Of(PracticeAttempt attempt) =>
        PracticeCases.Find(attempt.CaseId) is { } chosen && chosen.Seed == attempt.Seed && attempt.ModelStamp == ModelParameters.Current.Stamp
            ? new PracticeSession(attempt, chosen, attempt.Work, VirtualPerson.FromSeed(attempt.Seed))
            : null;

    /// <summary>The session as it would be with this work.</summary>
    internal PracticeSession With(PracticeWork work) => new(Attempt, Case, work, Person);

    internal VirtualCourse CourseWith(IEnumerable<GivenPlan> given) =>
        VirtualCourse.Of(Person, given.Select(g => CourseTreatment.Of(7 * g.Week, PlanOf(g.Plan))));

    /// <summary>A plan in the terms of the rules, on this person's face.</summary>
    public InjectionPlan PlanOf(PlanContent content)
    {
        var plan = content.ToPlan(Product);
        return new InjectionPlan(plan.Product, plan.Points, plan.Strength, plan.NeedleGauge, Person.Frame);
    }

    /// <summary>What the rules say with what the learner knows: a question that was not asked is unknown.</summary>
    public PlanReview Review(PlanContent content) => Review(content, Work.Asked, Work.Week, Work.Given);

    /// <summary>What stands in the way of injecting the plan, with everything about the person known.</summary>
    public SafetyGate Gate(PlanContent content) => Gate(content, Work.Week, Work.Given);

    /// <summary>The gate of each treatment that was given, as it stood then.</summary>
    public IEnumerable<SafetyGate> GatesPassedThrough() => Work.Given.Select((given, i) => Gate(given.Plan, given.Week, [.. Work.Given.Take(i)]));

    /// <summary>The face in a week of the case, at rest after the check of the right eye.</summary>
    /// <param name="week">Week of the case.</param>
    /// <param name="restSeconds">Length of the rest, seconds.</param>
    public VirtualRecording Film(int week, double restSeconds = WatchedSeconds) =>
        VirtualRecording.Of(Course, 7 * week, new RecordingWishes { ChecksSide = true, Number = (ulong)week, RestSeconds = restSeconds });

    private SafetyGate Gate(PlanContent content, int week, IReadOnlyList<GivenPlan> before) => SafetyGate.Of(
        Person, PlanOf(content), Review(content, [.. Person.Spoken.Select(s => s.Topic)], week, before), FaceAtlas.Current);

    private PlanReview Review(PlanContent content, IReadOnlyCollection<string> asked, int week, IReadOnlyList<GivenPlan> before)
    {
        var now = Attempt.StartedAt.ToUniversalTime().AddDays(7 * week);
        return PlanReview.Of(PlanOf(content), Known(asked, DateOnly.FromDateTime(now.UtcDateTime), week, before), null, Book, now);
    }

    private PatientFacts Known(IReadOnlyCollection<string> asked, DateOnly today, int week, IReadOnlyList<GivenPlan> before)
    {
        var facts = Person.ToFacts(today);
        var answers = HealthAnswers.AllNo;
        foreach (var question in Enum.GetValues<HealthQuestion>())
        {
            // What is not among the person's answers is settled with consent, which a case leaves out.
            var isAsked = asked.Contains(question.ToString()) || Person.Spoken.All(s => s.Topic != question.ToString());
            answers = answers.With(question, isAsked ? Person.Answers[question] : Answer.Unknown);
        }

        var given = before.Select(g => new EarlierTreatment(today.AddDays(-7 * (week - g.Week)), Product, PlanOf(g.Plan).Total.Units));
        var isPastKnown = asked.Contains(nameof(HealthQuestion.ToxinInLastTwelveWeeks));
        return facts with { Answers = answers, Earlier = [.. given, .. isPastKnown ? facts.Earlier : []] };
    }
}
