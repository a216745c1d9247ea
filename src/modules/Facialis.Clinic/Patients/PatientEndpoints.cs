using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Patients;

/// <summary>Patients under /api: chart codes, and nothing else about a person.</summary>
internal static class PatientEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var patients = api.MapGroup("/patients").WithTags("Patients");
        patients.MapGet("", List)
            .RequireAuthorization(Permission.ReadCharts)
            .WithName("ListPatients")
            .WithSummary("Lists the clinic's patients by chart code")
            .WithDescription("In the order of their codes, at most 500. A patient is known by a pseudonymous chart code only.");
        patients.MapPut("/{id:guid}", Put)
            .RequireAuthorization(Permission.WriteCharts)
            .WithName("AddPatient")
            .WithSummary("Adds a patient by chart code")
            .WithDescription("The id is a UUIDv7 made by the caller; the same request again gives the same patient. "
                + "A chart code has up to 40 letters, digits and . _ / - and is unique within the clinic; it is kept in capitals.")
            .WithRequestExample("""{ "code": "P-0012" }""");
    }

    private static async Task<Ok<PatientResource[]>> List(FacialisDb db, CancellationToken cancellation) => TypedResults.Ok(
        await db.Set<Patient>().AsNoTracking().OrderBy(p => p.Code).Take(500)
            .Select(p => new PatientResource(p.Id, p.Code, p.IsDemonstration)).ToArrayAsync(cancellation));

    private static async Task<Results<Ok<PatientResource>, ProblemHttpResult>> Put(
        Guid id, NewPatient body, AddPatient add, CancellationToken cancellation)
    {
        if (id.Version != 7)
        {
            return TypedResults.Problem("The id must be a UUID of version 7 made by the caller.", statusCode: StatusCodes.Status400BadRequest);
        }

        var (outcome, patient) = await add.Handle(id, body.Code, cancellation);
        return outcome switch
        {
            AddPatientOutcome.Added => TypedResults.Ok(new PatientResource(patient!.Id, patient.Code, patient.IsDemonstration)), // Added always has one
            AddPatientOutcome.NotAChartCode => TypedResults.Problem(
                "A chart code has up to 40 letters, digits and the signs . _ / - and begins and ends with a letter or digit.",
                statusCode: StatusCodes.Status400BadRequest),
            AddPatientOutcome.CodeTaken => TypedResults.Problem(
                "Another patient of this clinic has this chart code, or this id has another code.", statusCode: StatusCodes.Status409Conflict),
            _ => TypedResults.Problem("This id is taken. Make a new one.", statusCode: StatusCodes.Status409Conflict),
        };
    }
}

/// <param name="Code">Chart code, for example "P-0012". Never a name.</param>
internal sealed record NewPatient(string? Code);

/// <param name="Id">UUIDv7.</param>
/// <param name="Code">Chart code.</param>
/// <param name="IsDemonstration">True: made by a generator; no such person exists.</param>
internal sealed record PatientResource(Guid Id, string Code, bool IsDemonstration);
