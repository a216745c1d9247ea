using Facialis.Anatomy.Sites;
using Facialis.Toxin;

namespace Facialis.Academy.Practice;

/// <summary>Saves the plan of an attempt, and injects it. A plan of an attempt never becomes one of a patient: nothing here knows a patient.</summary>
internal sealed class PlanAttempt(Attempts attempts, PracticeScores scores)
{
    /// <summary>Weeks after which a second treatment may be chosen.</summary>
    public const int LatestSecondWeek = 30;

    public async Task<SavedPractice> SaveAsync(Guid id, PracticePlanChange change, CancellationToken cancellation)
    {
        List<string> faults = [.. change.Content.Faults(FaceAtlas.Current, ToxinCatalogue.Current)];
        if (change.ChangeId.Version != 7)
        {
            faults.Add("The change needs an id, a UUID of version 7.");
        }

        if (change.ProductId is { } product && product != PracticeSession.Product.Id)
        {
            faults.Add($"The model speaks units of {PracticeSession.Product.Name} only.");
        }

        if (faults.Count > 0)
        {
            return new SavedPractice(SavedPracticeOutcome.NotAPlan, null, faults);
        }

        if (await attempts.FindAsync(id, cancellation) is not { } attempt)
        {
            return new SavedPractice(SavedPracticeOutcome.NoSuchAttempt, null, []);
        }

        if (attempt.LastChangeId == change.ChangeId)
        {
            return new SavedPractice(SavedPracticeOutcome.Saved, attempt, []);
        }

        if (attempt.Revision != change.Revision || attempt.EndedAt is not null || !attempt.Work.IsPlanning)
        {
            return new SavedPractice(SavedPracticeOutcome.ChangedMeanwhile, attempt, []);
        }

        attempt.LastChangeId = change.ChangeId;
        return await attempts.KeepAsync(attempt, attempt.Work with { Plan = change.Content }, cancellation)
            ? new SavedPractice(SavedPracticeOutcome.Saved, attempt, [])
            : new SavedPractice(SavedPracticeOutcome.ChangedMeanwhile, await attempts.FindAsync(id, cancellation), []);
    }

    /// <summary>What is missing before a plan can be injected, in sentences; empty for a whole one.</summary>
    public static IReadOnlyList<string> Missing(PlanContent plan)
    {
        List<string> missing = [];
        if (plan.Side is null)
        {
            missing.Add("Choose the side to be treated.");
        }

        if (plan.ProductId is null)
        {
            missing.Add("Choose the product.");
        }
        else if (plan.VialUnits is null || plan.DiluentMl is null)
        {
            missing.Add("Choose the vial and the diluent.");
        }

        if (plan.Points.All(p => p.Units == 0))
        {
            missing.Add("Give at least one point a dose.");
        }

        if (plan.Points.Any(p => p.Unconfirmed))
        {
            missing.Add("Confirm the copied points.");
        }

        return missing;
    }

    /// <summary>Injects the plan as it is saved. Null where that is done, else what is wrong.</summary>
    public async Task<string?> InjectAsync(PracticeSession session, CancellationToken cancellation)
    {
        var (attempt, work) = (session.Attempt, session.Work);
        if (attempt.EndedAt is not null || !work.IsPlanning)
        {
            return "This treatment was given already.";
        }

        if (Missing(work.Plan) is { Count: > 0 } missing)
        {
            return string.Join(" ", missing);
        }

        var plan = work.Plan with { Points = [.. work.Plan.Points.Where(p => p.Units > 0)] };
        var ends = session.Gate(plan).EndsCase;
        var done = work with { Given = [.. work.Given, new GivenPlan(work.Week, plan)], Plan = PracticeWork.EmptyPlan };
        if (ends)
        {
            return await EndAsync(session, done, PracticeEnding.Unsafe, cancellation);
        }

        scores.Prepare(session);
        return await attempts.KeepAsync(attempt, done, cancellation) ? null : Attempts.Elsewhere;
    }

    /// <summary>Sends the person home without injections.</summary>
    public async Task<string?> DeclineAsync(PracticeSession session, DeclineReason reason, CancellationToken cancellation)
    {
        if (session.Attempt.EndedAt is not null || session.Work.Given.Count > 0)
        {
            return "A treatment was given already.";
        }

        var isRight = reason == DeclineReason.RedFlag ? session.Person.RedFlags.Count > 0 : session.Person.IsContraindicated;
        return await EndAsync(session, session.Work with { Decline = reason }, isRight ? PracticeEnding.RightlyDeclined : PracticeEnding.WronglyDeclined, cancellation);
    }

    /// <summary>Plans a second treatment in a week: the first plan again, every point to be confirmed.</summary>
    public async Task<string?> PlanSecondAsync(PracticeSession session, int? week, CancellationToken cancellation)
    {
        if (session.Attempt.EndedAt is not null || session.Work.Given.Count != 1)
        {
            return "A case has at most two treatments.";
        }

        if (week is not (>= 1 and <= LatestSecondWeek))
        {
            return $"Choose a week from 1 to {LatestSecondWeek}.";
        }

        var first = session.Work.Given[0].Plan;
        var again = first with { Points = [.. first.Points.Select(p => p with { Id = Guid.CreateVersion7(), Unconfirmed = true, CopiedUnits = p.Units })] };
        return await attempts.KeepAsync(session.Attempt, session.Work with { NextWeek = week, Plan = again }, cancellation) ? null : Attempts.Elsewhere;
    }

    /// <summary>Ends a case that was followed.</summary>
    public async Task<string?> EndAsync(PracticeSession session, CancellationToken cancellation) =>
        session.Attempt.EndedAt is not null ? null
        : session.Work.Given.Count == 0 ? "Nothing was injected yet."
        : await EndAsync(session, session.Work, PracticeEnding.Completed, cancellation);

    private async Task<string?> EndAsync(PracticeSession session, PracticeWork work, PracticeEnding ending, CancellationToken cancellation)
    {
        var result = scores.Of(session.With(work));
        return await attempts.KeepAsync(session.Attempt, work, cancellation, ending, result) ? null : Attempts.Elsewhere;
    }
}

/// <summary>A whole plan as the learner wants it saved.</summary>
/// <param name="Revision">Revision of the attempt that was edited.</param>
/// <param name="ChangeId">UUIDv7 of this change. The same change sent again is not saved again.</param>
/// <param name="Side">The side that is to be treated, or null while nobody has said it.</param>
/// <param name="ProductId">Product, or null while none is chosen.</param>
/// <param name="VialUnits">Units in the vial, or null.</param>
/// <param name="DiluentMl">Diluent in the vial, mL, or null.</param>
/// <param name="Points">Every point.</param>
internal sealed record PracticePlanChange(
    int Revision, Guid ChangeId, Anatomy.Side? Side, string? ProductId, decimal? VialUnits, decimal? DiluentMl, IReadOnlyList<PlanPoint> Points)
{
    public PlanContent Content => new(Side, ProductId, VialUnits, DiluentMl, Points);
}

internal enum SavedPracticeOutcome
{
    Saved,
    NotAPlan,
    NoSuchAttempt,
    ChangedMeanwhile,
}

/// <param name="Outcome">What happened.</param>
/// <param name="Attempt">The attempt as it is now.</param>
/// <param name="Faults">What makes it no plan.</param>
internal sealed record SavedPractice(SavedPracticeOutcome Outcome, PracticeAttempt? Attempt, IReadOnlyList<string> Faults);
