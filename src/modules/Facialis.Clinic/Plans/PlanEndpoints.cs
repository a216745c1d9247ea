using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Clinic.Plans;

/// <summary>The face map and plans under /api.</summary>
internal static class PlanEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/face-map", FaceMap).WithTags("Plans").RequireAuthorization(Permission.Practise)
            .WithName("GetFaceMap")
            .WithSummary("The standard face: muscles, injection sites, avoid zones and the line drawing")
            .WithDescription("One half of the face in units of the interpupillary distance, x from the midline outwards, y from the pupils down; "
                + "the other half is its mirror image. Every site and zone says how well it is founded.");
        api.MapGet("/patients/{patientId:guid}/planning", Planning).WithTags("Plans").RequireAuthorization(Permission.ReadCharts)
            .WithName("GetPlanning")
            .WithSummary("What is needed to plan a patient's next treatment")
            .WithDescription("The plan under way, what was given last with what was measured before and after, and the products with their usual doses.");
        api.MapGet("/patients/{patientId:guid}/face-outline", Outline).WithTags("Plans").RequireAuthorization(Permission.ReadCharts)
            .WithName("GetFaceOutline")
            .WithSummary("A patient's own outlines, and how the standard face lies on them")
            .WithDescription("Taken from the newest recording whose sides are confirmed: the middle of many frames, named landmarks only. "
                + "404 with a sentence where there is none. Positions laid on it are an estimate.");
        api.MapPost("/patients/{patientId:guid}/plans/repeat", Repeat).WithTags("Plans").RequireAuthorization(Permission.Plan)
            .WithName("RepeatPlan")
            .WithSummary("Begins a plan with the points and doses of the last treatment")
            .WithDescription("Every copied point is marked unconfirmed. The id is a UUIDv7 made by the caller; the same request again gives the same plan.")
            .WithRequestExample("""{ "id": "0198f2a0-7c11-7abc-8def-0123456789ab" }""");
        api.MapPost("/plans/review", Review).WithTags("Plans").RequireAuthorization(Permission.Plan)
            .WithName("ReviewPlan")
            .WithSummary("What the rules say about a plan as it stands, saved or not")
            .WithDescription("The body is that of saving a plan; nothing is saved. Findings say the rule, its source and how well it is founded, "
                + "the points concerned and what would mend it. What nobody has asked the patient counts as unknown. Signing reviews again.");
        api.MapGet("/plans/{id:guid}", Get).WithTags("Plans").RequireAuthorization(Permission.ReadCharts)
            .WithName("GetPlan")
            .WithSummary("A plan");
        api.MapPut("/plans/{id:guid}", Put).WithTags("Plans").RequireAuthorization(Permission.Plan)
            .WithName("SavePlan")
            .WithSummary("Saves a whole plan")
            .WithDescription("Ids are UUIDv7 made by the caller. The same changeId again is the same save. When somebody else saved first, "
                + "the answer is 409 with the plan as it is now in its member \"plan\", and nothing is saved. Doses go in steps of 0.25 U of the plan's product.")
            .WithRequestExample("""
                {
                  "patientId": "0198f2a0-0000-7abc-8def-0123456789ab", "revision": 0, "changeId": "0198f2a0-0001-7abc-8def-0123456789ab",
                  "side": "patientLeft", "productId": "onabotulinumtoxinA", "vialUnits": 100, "diluentMl": 4,
                  "points": [{
                    "id": "0198f2a0-0002-7abc-8def-0123456789ab", "siteId": "OO_UP_PT_LAT", "side": "patientLeft",
                    "lateralIpd": 0.66, "downIpd": -0.07, "depth": "subcutaneous", "units": 1.25
                  }]
                }
                """);
    }

    private static Ok<FaceMapResource> FaceMap(HttpContext context)
    {
        // It holds no patient, and the page asks for it by version.
        context.Response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.Ok(FaceMapResource.Current);
    }

    private static async Task<Results<Ok<PlanningResource>, NotFound>> Planning(Guid patientId, ReadPlans read, CancellationToken cancellation) =>
        await read.Planning(patientId, cancellation) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    private static async Task<Results<Ok<OutlineResource>, NotFound, ProblemHttpResult>> Outline(
        Guid patientId, FaceOutlineOfPatient outline, CancellationToken cancellation)
    {
        var answer = await outline.Handle(patientId, cancellation);
        return answer.Outcome switch
        {
            OutlineOutcome.NoSuchPatient => TypedResults.NotFound(),
            OutlineOutcome.NoRecording => TypedResults.Problem(
                "This patient has no measured recording whose sides are confirmed, so the standard face stays.", statusCode: StatusCodes.Status404NotFound),
            _ => TypedResults.Ok(answer.Outline),
        };
    }

    private static async Task<Results<Ok<PlanResource>, NotFound>> Get(Guid id, ReadPlans read, CancellationToken cancellation) =>
        await read.Find(id, cancellation) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    private static async Task<Results<Ok<ReviewResource>, NotFound, ProblemHttpResult>> Review(
        PlanChange body, ReviewPlan review, CancellationToken cancellation)
    {
        var answer = await review.Handle(body, cancellation);
        return answer switch
        {
            { Review: { } found } => TypedResults.Ok(ReviewResource.Of(found)),
            { Faults: { } faults } => Refused(StatusCodes.Status422UnprocessableEntity, "This plan cannot be reviewed.", string.Join(" ", faults), null),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<Results<Ok<PlanResource>, NotFound, ProblemHttpResult>> Put(
        Guid id, PlanChange body, SavePlan save, ReadPlans read, CancellationToken cancellation) =>
        id.Version != 7 ? NotVersion7() : await Answer(await save.Handle(id, body, cancellation), read, cancellation);

    private static async Task<Results<Ok<PlanResource>, NotFound, ProblemHttpResult>> Repeat(
        Guid patientId, NewPlan body, RepeatPlan repeat, ReadPlans read, CancellationToken cancellation) =>
        body.Id.Version != 7 ? NotVersion7() : await Answer(await repeat.Handle(patientId, body.Id, cancellation), read, cancellation);

    private static async Task<Results<Ok<PlanResource>, NotFound, ProblemHttpResult>> Answer(
        SavedPlan saved, ReadPlans read, CancellationToken cancellation)
    {
        var plan = saved.Plan is null ? null : await read.Describe(saved.Plan, cancellation);
        return saved.Outcome switch
        {
            SavePlanOutcome.Saved => TypedResults.Ok(plan!), // a saved plan is there
            SavePlanOutcome.NoSuchPatient or SavePlanOutcome.NoSuchPlan => TypedResults.NotFound(),
            SavePlanOutcome.NotAPlan => Refused(StatusCodes.Status422UnprocessableEntity, "This is no plan.", string.Join(" ", saved.Faults ?? []), null),
            SavePlanOutcome.OfAnotherPatient => Refused(
                StatusCodes.Status409Conflict, "This plan is another patient's.", "Close the other window and open the patient again.", null),
            SavePlanOutcome.ChangedMeanwhile => Refused(
                StatusCodes.Status409Conflict, "The plan was changed elsewhere.", "Nothing was saved. Look at the plan as it is now.", plan),
            SavePlanOutcome.AnotherIsOpen => Refused(
                StatusCodes.Status409Conflict, "This patient has an open plan.", "Nothing was saved. Go on with the open plan.", plan),
            SavePlanOutcome.Closed => Refused(
                StatusCodes.Status409Conflict, "This plan was given.", "A plan that was given stays as it was.", plan),
            _ => Refused(StatusCodes.Status409Conflict, "This id is taken.", "Make a new one.", null),
        };
    }

    private static ProblemHttpResult NotVersion7() =>
        Refused(StatusCodes.Status400BadRequest, "The id is not one that can be used.", "The id must be a UUID of version 7 made by the caller.", null);

    private static ProblemHttpResult Refused(int status, string title, string detail, PlanResource? plan) => TypedResults.Problem(
        detail, title: title, statusCode: status, extensions: plan is null ? null : new Dictionary<string, object?> { ["plan"] = plan });
}

/// <param name="Id">UUIDv7 of the new plan, made by the caller.</param>
internal sealed record NewPlan(Guid Id);
