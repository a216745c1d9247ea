using Facialis.Anatomy;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Platform.Identity;
using Facialis.Toxin;
using Facialis.VirtualPatient.Recordings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Academy.Practice;

/// <summary>Practice on virtual patients under /api. No address here takes or gives a patient.</summary>
internal static class PracticeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var practice = api.MapGroup("/practice/attempts/{id:guid}").WithTags("Practice").RequireAuthorization(Permission.Practise);
        practice.MapGet("/planning", Planning).WithName("GetPracticePlanning")
            .WithSummary("What is needed to plan for a virtual patient")
            .WithDescription("The plan under way and what was injected last. Of products only the one whose units the model speaks. Only one's own attempts are there.");
        practice.MapPut("/plan", Put).WithName("PutPracticePlan")
            .WithSummary("Saves the whole plan for a virtual patient")
            .WithDescription("Send the revision that was edited and a fresh UUIDv7 as changeId; the same request again is the same plan. 409 where another window was first.");
        practice.MapPost("/review", Review).WithName("ReviewPracticePlan")
            .WithSummary("What the dose rules say about a plan for a virtual patient")
            .WithDescription("With what the learner asked: a question that was not asked counts as unknown. 404 in an attempt that hides the rules.");
        practice.MapGet("/recording.facerec", Recording).WithName("GetPracticeRecording")
            .Produces<byte[]>(contentType: "application/octet-stream")
            .WithSummary("A minute of the virtual patient's face in a week")
            .WithDescription("478 landmarks at 30 frames a second, made from the seed; the same week is always the same recording.");
        practice.MapGet("/weeks", Weeks).WithName("GetPracticeWeeks")
            .WithSummary("How the face looks in the weeks after the last injection");
    }

    private static async Task<Results<Ok<PracticePlanning>, NotFound>> Planning(Guid id, Attempts attempts, CancellationToken cancellation) =>
        await attempts.SessionAsync(id, cancellation) is { Attempt.EndedAt: null } session
            ? TypedResults.Ok(PracticePlanning.Of(session))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<PracticePlanResource>, NotFound, ProblemHttpResult>> Put(
        Guid id, PracticePlanChange body, PlanAttempt plan, CancellationToken cancellation)
    {
        var saved = await plan.SaveAsync(id, body, cancellation);
        return saved.Outcome switch
        {
            SavedPracticeOutcome.Saved => TypedResults.Ok(PracticePlanResource.Of(saved.Attempt!)), // a saved one is there
            SavedPracticeOutcome.NotAPlan => TypedResults.Problem(
                string.Join(" ", saved.Faults), title: "This is no plan.", statusCode: StatusCodes.Status422UnprocessableEntity),
            SavedPracticeOutcome.ChangedMeanwhile when saved.Attempt is { } now => TypedResults.Problem(
                "Nothing was saved. Look at the plan as it is now.", title: "The case was changed elsewhere.", statusCode: StatusCodes.Status409Conflict,
                extensions: new Dictionary<string, object?> { ["plan"] = PracticePlanResource.Of(now) }),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<Results<Ok<PracticeReview>, NotFound, ProblemHttpResult>> Review(
        Guid id, PracticePlanChange body, Attempts attempts, CancellationToken cancellation)
    {
        if (await attempts.SessionAsync(id, cancellation) is not { Attempt.AreRulesHidden: false } session)
        {
            return TypedResults.NotFound();
        }

        return body.Content.Faults(Anatomy.Sites.FaceAtlas.Current, ToxinCatalogue.Current) is { Count: > 0 } faults
            ? TypedResults.Problem(string.Join(" ", faults), title: "This plan cannot be reviewed.", statusCode: StatusCodes.Status422UnprocessableEntity)
            : TypedResults.Ok(PracticeReview.Of(session.Review(body.Content)));
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> Recording(Guid id, Attempts attempts, CancellationToken cancellation, int week = 0)
    {
        if (await attempts.SessionAsync(id, cancellation) is not { } session || week < 0 || week > session.LastWeek)
        {
            return TypedResults.NotFound();
        }

        return TypedResults.Stream(
            async target =>
            {
                // The format writes at once or not at all; a minute is some megabytes.
                using var whole = new MemoryStream();
                using (var reader = session.Film(week).Open())
                {
                    FacerecWriter.Copy(reader, whole);
                }

                whole.Position = 0;
                await whole.CopyToAsync(target, cancellation);
            },
            "application/octet-stream");
    }

    private static async Task<Results<Ok<IReadOnlyList<FaceWeek>>, NotFound>> Weeks(Guid id, Attempts attempts, CancellationToken cancellation) =>
        await attempts.SessionAsync(id, cancellation) is { } session
            ? TypedResults.Ok(FaceWeeks.Of(session))
            : TypedResults.NotFound();
}

/// <summary>The same shape as for a patient's plan, since the same map shows it.</summary>
/// <param name="PatientId">Id of the attempt: the map's word for whose plan it is.</param>
/// <param name="PatientCode">Title of the case.</param>
/// <param name="ConditionSide">Always unknown: the learner says which side it is.</param>
/// <param name="Open">The plan under way.</param>
/// <param name="Last">What was injected last; null in the first cycle.</param>
/// <param name="Outcome">Always null: the weeks show it.</param>
/// <param name="Products">The one product whose units the model speaks.</param>
internal sealed record PracticePlanning(
    Guid PatientId, string PatientCode, ConditionSide ConditionSide, PracticePlanResource Open, PracticePlanResource? Last, string? Outcome,
    IReadOnlyList<PlanProduct> Products)
{
    public static PracticePlanning Of(PracticeSession session) => new(
        session.Attempt.Id, session.Case.Title, ConditionSide.Unknown, PracticePlanResource.Of(session.Attempt),
        session.Work.Given.Count == 0 ? null : PracticePlanResource.Of(session.Attempt, session.Work.Given[^1].Plan),
        null, [.. PlanProduct.All.Where(p => p.Id == PracticeSession.Product.Id)]);
}

/// <param name="Id">Id of the attempt.</param>
/// <param name="PatientId">The same.</param>
/// <param name="Revision">Send it back with the next change.</param>
/// <param name="State">Always open.</param>
/// <param name="Side">Side to be treated.</param>
/// <param name="ProductId">Product.</param>
/// <param name="VialUnits">Units in the vial.</param>
/// <param name="DiluentMl">Diluent, mL.</param>
/// <param name="Points">The points.</param>
/// <param name="ClosedAt">Always null.</param>
/// <param name="CopiedFromId">Always null.</param>
/// <param name="Differences">Always empty.</param>
/// <param name="LookedAt">Always empty.</param>
internal sealed record PracticePlanResource(
    Guid Id, Guid PatientId, int Revision, string State, Side? Side, string? ProductId, decimal? VialUnits, decimal? DiluentMl, IReadOnlyList<PlanPoint> Points,
    DateTimeOffset? ClosedAt, Guid? CopiedFromId, IReadOnlyList<string> Differences, IReadOnlyList<string> LookedAt)
{
    public static PracticePlanResource Of(PracticeAttempt attempt, PlanContent? other = null)
    {
        var plan = other ?? attempt.Work.Plan;
        return new PracticePlanResource(
            attempt.Id, attempt.Id, attempt.Revision, "open", plan.Side, plan.ProductId, plan.VialUnits, plan.DiluentMl, plan.Points, null, null, [], []);
    }
}

/// <param name="NeedsMending">True where something must be mended.</param>
/// <param name="NeedsSecondSigner">True where a second signer would have to agree.</param>
/// <param name="Findings">Stops first.</param>
internal sealed record PracticeReview(bool NeedsMending, bool NeedsSecondSigner, IReadOnlyList<Finding> Findings)
{
    public static PracticeReview Of(PlanReview review) => new(review.NeedsMending, review.NeedsSecondSigner, review.Findings);
}
