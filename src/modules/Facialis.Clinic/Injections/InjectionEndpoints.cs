using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Platform.Audit;
using Facialis.Platform.Identity;
using Facialis.Toxin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Clinic.Injections;

/// <summary>Signed treatments under /api. Units (U) are those of the product beside them.</summary>
internal static class InjectionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/patients/{patientId:guid}/treatments", List).WithTags("Treatments").RequireAuthorization(Permission.ReadCharts)
            .WithName("ListTreatments").WithSummary("The newest version of each treatment of a patient, newest first");
        api.MapGet("/treatments/{id:guid}", Get).WithTags("Treatments").RequireAuthorization(Permission.ReadCharts)
            .WithName("GetTreatment").WithSummary("Every version of a treatment, oldest first, each with its hash made again");
        api.MapPut("/treatments/{id:guid}", Sign).WithTags("Treatments").RequireAuthorization(Permission.Sign).RequireRecentSignIn()
            .WithName("SignTreatment").WithSummary("Signs what was done")
            .WithDescription("The id is a UUIDv7 made by the caller; the same request again is the same treatment. Starts from the open plan; \"given\" names points "
                + "that got other units. 401: prove who you are first. 403: this account has nothing to sign with. 409: the plan or the vial changed meanwhile. "
                + "422: the detail says why, and \"findings\" names what must be mended or needs a reason.")
            .WithRequestExample("""
                {
                  "patientId": "0198f2a0-0000-7abc-8def-0123456789ab", "planId": "0198f2a0-0001-7abc-8def-0123456789ab", "planRevision": 4,
                  "vialId": "0198f2a0-0002-7abc-8def-0123456789ab",
                  "given": [{ "pointId": "0198f2a0-0003-7abc-8def-0123456789ab", "units": 1 }], "deviation": "The patient moved; one step less.",
                  "reasons": [{ "key": "INTERVAL-12W", "reason": "Spasm is back; discussed." }]
                }
                """);
        api.MapPut("/treatments/{id:guid}/versions/{versionId:guid}", Amend).WithTags("Treatments").RequireAuthorization(Permission.Sign).RequireRecentSignIn()
            .WithName("AmendTreatment").WithSummary("Adds a version that says what was really done")
            .WithDescription("The versionId is a UUIDv7 made by the caller; the same request again is the same version. The version before stays as it was.");
    }

    private static async Task<Results<Ok<TreatmentResource[]>, NotFound>> List(
        Guid patientId, ReadTreatments read, FindPatients find, AuditTrail trail, CancellationToken cancellation)
    {
        if (await find.Find(patientId, cancellation) is null)
        {
            return TypedResults.NotFound();
        }

        var rows = await read.LatestOf(patientId, cancellation);
        await trail.NoteReadAsync("treatments", null, patientId, cancellation);
        return TypedResults.Ok(rows.Select(TreatmentResource.Of).ToArray());
    }

    private static async Task<Results<Ok<TreatmentVersion[]>, NotFound>> Get(Guid id, ReadTreatments read, AuditTrail trail, CancellationToken cancellation)
    {
        var versions = await read.Versions(id, cancellation);
        if (versions.Count == 0)
        {
            return TypedResults.NotFound();
        }

        await trail.NoteReadAsync("treatment", id, versions[0].Row.PatientId, cancellation);
        return TypedResults.Ok(versions.Select(v => new TreatmentVersion(TreatmentResource.Of(v.Row), v.Record, v.IsValid)).ToArray());
    }

    private static async Task<Results<Ok<TreatmentResource>, NotFound, ProblemHttpResult>> Sign(
        Guid id, SigningRequest body, HttpContext request, SignTreatment sign, PersonProof proofs, CancellationToken cancellation) =>
        id.Version != 7 ? NotVersion7()
        : Signer.Of(request, proofs) is not { } signer ? NothingToSignWith()
        : Answer(await sign.Handle(id, body, signer, cancellation));

    private static async Task<Results<Ok<TreatmentResource>, NotFound, ProblemHttpResult>> Amend(
        Guid id, Guid versionId, AmendRequest body, HttpContext request, AmendTreatment amend, PersonProof proofs, CancellationToken cancellation) =>
        versionId.Version != 7 ? NotVersion7()
        : Signer.Of(request, proofs) is not { } signer ? NothingToSignWith()
        : Answer(await amend.Handle(id, versionId, body, signer, cancellation));

    private static Results<Ok<TreatmentResource>, NotFound, ProblemHttpResult> Answer(SigningAnswer answer) => answer switch
    {
        { Outcome: SigningOutcome.Signed, Treatment: { } treatment } => TypedResults.Ok(TreatmentResource.Of(treatment)),
        { Outcome: SigningOutcome.NoSuchPatient or SigningOutcome.NoSuchPlan } => TypedResults.NotFound(),
        { Outcome: SigningOutcome.Faulty or SigningOutcome.Held } => Refused(
            StatusCodes.Status422UnprocessableEntity, "This cannot be signed.", answer.Sentence, answer.Open),
        { Outcome: SigningOutcome.IdTaken } => Refused(StatusCodes.Status409Conflict, "This id is taken.", "Make a new one.", null),
        _ => Refused(StatusCodes.Status409Conflict, "Nothing was signed.", answer.Sentence, null),
    };

    private static ProblemHttpResult NotVersion7() =>
        Refused(StatusCodes.Status400BadRequest, "The id is not one that can be used.", "The id must be a UUID of version 7 made by the caller.", null);

    private static ProblemHttpResult NothingToSignWith() => Refused(
        StatusCodes.Status403Forbidden, "There is nothing to sign with.", "Make a passkey or set a password on your account first; a one-time link is no signature.", null);

    private static ProblemHttpResult Refused(int status, string title, string? detail, IReadOnlyList<FindingResource>? findings) => TypedResults.Problem(
        detail, title: title, statusCode: status, extensions: findings is null ? null : [new("findings", findings)]);
}

/// <summary>A signed version of a treatment as the API gives it.</summary>
/// <param name="Id">Id of the version.</param>
/// <param name="TreatmentId">Id of the treatment.</param>
/// <param name="Version">From 1.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="GivenAt">When it was injected.</param>
/// <param name="SignedAt">When it was signed.</param>
/// <param name="SignedByName">By whom.</param>
/// <param name="Side">The side to be treated, the patient's own.</param>
/// <param name="ProductId">Product that every unit here is of.</param>
/// <param name="TotalUnits">In all, U of the product.</param>
/// <param name="VialId">The vial.</param>
/// <param name="Lot">Its lot.</param>
/// <param name="Points">What went in, in the order of the map.</param>
/// <param name="Sha256">Hash over the canonical record, hexadecimal.</param>
internal sealed record TreatmentResource(
    Guid Id, Guid TreatmentId, int Version, Guid PatientId, DateTimeOffset GivenAt, DateTimeOffset SignedAt, string SignedByName, Anatomy.Side? Side,
    string ProductId, decimal TotalUnits, Guid? VialId, string Lot, IReadOnlyList<GivenPoint> Points, string Sha256)
{
    public static TreatmentResource Of(Treatment row) => new(
        row.Id, row.TreatmentId, row.Version, row.PatientId, row.GivenAt, row.SignedAt, row.SignedByName, row.Side, row.ProductId,
        row.TotalHundredths / 100m, row.VialId, row.Lot, row.Points, Convert.ToHexStringLower(row.Hash));
}

/// <param name="Treatment">Figures of the version.</param>
/// <param name="Record">What was signed; null where it cannot be read.</param>
/// <param name="IsValid">True where the hash made again is the hash kept.</param>
internal sealed record TreatmentVersion(TreatmentResource Treatment, TreatmentRecord? Record, bool IsValid);
