using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Patients;

/// <summary>Patients under /api. What could tell who someone is travels in bodies only, never in an address.</summary>
internal static class PatientEndpoints
{
    private const string OnePatient = """
        { "id": "0198f3a0-0000-7000-8000-000000000012", "code": "P-0012", "isDemonstration": false, "isErased": false, "revision": 0,
          "familyName": "Baker", "givenName": "Ruth", "birthDate": "1961-04-02", "phone": "", "email": "", "notes": "" }
        """;

    public static void Map(RouteGroupBuilder api)
    {
        var patients = api.MapGroup("/patients").WithTags("Patients");
        patients.MapGet("", List)
            .RequireAuthorization(Permission.ReadCharts)
            .RequireAuthorization(Permission.ReadCharts)
            .WithName("ListPatients")
            .WithSummary("Lists the clinic's patients by chart code")
            .WithDescription("In the order of their codes, at most 500. Chart codes only: no name is opened for it.");
        patients.MapGet("/{id:guid}", One)
            .RequireAuthorization(Permission.ReadCharts)
            .WithName("ReadPatient")
            .WithSummary("Reads who a patient is")
            .WithAnswerExample(OnePatient);
        patients.MapPut("/{id:guid}", Put)
            .RequireAuthorization(Permission.WriteCharts)
            .RequireAuthorization(Permission.WriteCharts)
            .WithName("AddPatient")
            .WithSummary("Adds a patient, or changes who a patient is")
            .WithDescription("The id is a UUIDv7 made by the caller; the same request again gives the same patient. "
                + "A chart code has up to 40 letters, digits and . _ / - and is unique within the clinic; it is kept in capitals. "
                + "With the code alone, a patient who is there already is left as is. With any other field, all of them are taken as the new whole, "
                + "and revision must be the one last read. Names and contacts are encrypted under a key of the patient's own.")
            .WithRequestExample("""{ "code": "P-0012", "familyName": "Baker", "givenName": "Ruth", "birthDate": "1961-04-02", "phone": "", "email": "", "notes": "", "revision": 0 }""")
            .WithAnswerExample(OnePatient);
        patients.MapPost("/search", Search)
            .RequireAuthorization(Permission.ReadCharts)
            .WithName("SearchPatients")
            .WithSummary("Finds patients while somebody types")
            .WithDescription("By beginnings of words of the name (from two letters), by chart code, by the whole birth date (1961-04-02 or 2.4.1961) or the whole "
                + "phone number. At most 20. The text travels in the body, so that no log and no history keeps it.")
            .WithRequestExample("""{ "text": "bak ru" }""")
            .WithAnswerExample($"[ {OnePatient} ]");
        patients.MapPost("/import", Import)
            .RequireAuthorization(Permission.WriteCharts)
            .WithName("ImportPatients")
            .WithSummary("Adds the patients of a CSV file, all or none")
            .WithDescription("The first row names the columns: code, family name, given name, date of birth (1961-04-02 or 2.4.1961), phone, email, notes. "
                + "Without commit, and with any fault, nothing is changed; the answer says what becomes of each row. A chart code that is there already is left as "
                + "it is, so sending the same file again adds nobody.")
            .WithRequestExample("""{ "csv": "code,family name,given name,date of birth\nP-0012,Baker,Ruth,1961-04-02", "commit": false }""")
            .WithAnswerExample("""{ "new": 1, "thereAlready": 0, "faulty": 0, "added": null, "faults": [], "rows": [ { "line": 2, "code": "P-0012", "outcome": "new", "sameAs": null, "faults": [] } ] }""");
        patients.MapPost("/{id:guid}/erasure", Erase)
            .RequireAuthorization(Permission.ManageClinic)
            .WithName("ErasePatient")
            .WithSummary("Erases who a patient is, for good")
            .WithDescription("Destroys the patient's key, so that name, contacts, notes and everything sealed with it can never be read again, and removes the search "
                + "words and the landmarks of all recordings. Figures without a name stay. The chart code must be typed again.")
            .WithRequestExample("""{ "code": "P-0012" }""");
    }

    private static async Task<Ok<PatientResource[]>> List(FacialisDb db, AuditTrail audit, CancellationToken cancellation)
    {
        await audit.NoteReadAsync("list of patients", null, null, cancellation);
        return TypedResults.Ok(await db.Set<Patient>().AsNoTracking().OrderBy(p => p.Code).Take(500)
            .Select(p => new PatientResource(p.Id, p.Code, p.IsDemonstration)).ToArrayAsync(cancellation));
    }

    private static async Task<Results<Ok<PersonResource>, NotFound>> One(Guid id, FindPatients find, AuditTrail audit, CancellationToken cancellation)
    {
        if (await find.Find(id, cancellation) is not { } line)
        {
            return TypedResults.NotFound();
        }

        await audit.NoteReadAsync("patient", id, id, cancellation);
        return TypedResults.Ok(PersonResource.Of(line));
    }

    private static async Task<Ok<PersonResource[]>> Search(SearchText body, FindPatients find, CancellationToken cancellation) =>
        TypedResults.Ok((await find.Search(body.Text, cancellation)).Select(PersonResource.Of).ToArray());

    private static async Task<Results<Ok<PersonResource>, ProblemHttpResult>> Put(
        Guid id, NewPatient body, AddPatient add, ChangePatient change, FindPatients find, CancellationToken cancellation)
    {
        if (id.Version != 7)
        {
            return Problem("The id must be a UUID of version 7 made by the caller.", StatusCodes.Status400BadRequest);
        }

        var person = Person.From(body.FamilyName, body.GivenName, body.BirthDate, body.Phone, body.Email, body.Notes);
        var added = await add.Handle(id, body.Code, person, cancellation);
        var problem = added.Outcome switch
        {
            AddPatientOutcome.Added => null,
            AddPatientOutcome.KnownAlready => person == Person.Nobody ? null
                : ProblemOf(await change.Handle(id, body.Revision ?? 0, person, cancellation)),
            AddPatientOutcome.NotAChartCode => Problem(
                "A chart code has up to 40 letters, digits and the signs . _ / - and begins and ends with a letter or digit.", StatusCodes.Status400BadRequest),
            AddPatientOutcome.PersonFaulty => Faulty(added.Faults),
            AddPatientOutcome.CodeTaken => Problem(
                "Another patient of this clinic has this chart code, or this id has another code.", StatusCodes.Status409Conflict),
            AddPatientOutcome.IdTaken => Problem("This id is taken. Make a new one.", StatusCodes.Status409Conflict),
            _ => throw new InvalidOperationException($"Unknown outcome {added.Outcome}."),
        };
        return problem is not null ? problem : TypedResults.Ok(PersonResource.Of((await find.Find(id, cancellation))!)); // it was just saved
    }

    private static async Task<Ok<ImportResource>> Import(PatientFile body, ImportPatients import, CancellationToken cancellation) => TypedResults.Ok(ImportResource.Of(
        await (body.Commit ? import.Handle(body.Csv ?? "", cancellation) : import.Preview(body.Csv ?? "", cancellation))));

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Erase(Guid id, Erasure body, ErasePatient erase, CancellationToken cancellation) =>
        await erase.Handle(id, body.Code, cancellation) switch
        {
            ErasePatientOutcome.Erased => TypedResults.NoContent(),
            ErasePatientOutcome.NoSuchPatient => TypedResults.NotFound(),
            _ => Problem("The chart code is not that of this patient. Nothing was erased.", StatusCodes.Status409Conflict),
        };

    private static ProblemHttpResult? ProblemOf(ChangedPatient changed) => changed.Outcome switch
    {
        ChangePatientOutcome.Changed => null,
        ChangePatientOutcome.PersonFaulty => Faulty(changed.Faults),
        ChangePatientOutcome.ChangedByAnother => Problem("Somebody changed this patient meanwhile. Read it again.", StatusCodes.Status409Conflict),
        _ => Problem("This patient was erased.", StatusCodes.Status409Conflict),
    };

    private static ProblemHttpResult Faulty(IReadOnlyDictionary<string, string> faults) =>
        Problem(string.Join(" ", faults.Values), StatusCodes.Status400BadRequest);

    private static ProblemHttpResult Problem(string sentence, int status) => TypedResults.Problem(sentence, statusCode: status);
}

/// <param name="Code">Chart code, for example "P-0012". Never a name.</param>
/// <param name="FamilyName">At most 100 signs.</param>
/// <param name="GivenName">At most 100 signs.</param>
/// <param name="BirthDate">In the past.</param>
/// <param name="Phone">At most 200 signs.</param>
/// <param name="Email">At most 200 signs.</param>
/// <param name="Notes">For colleagues, at most 4,000 signs.</param>
/// <param name="Revision">The revision last read; needed to change a patient who is there.</param>
internal sealed record NewPatient(
    string? Code, string? FamilyName = null, string? GivenName = null, DateOnly? BirthDate = null,
    string? Phone = null, string? Email = null, string? Notes = null, int? Revision = null);

/// <param name="Id">UUIDv7.</param>
/// <param name="Code">Chart code.</param>
/// <param name="IsDemonstration">True: made by a generator; no such person exists.</param>
internal sealed record PatientResource(Guid Id, string Code, bool IsDemonstration);

/// <param name="Text">At least two signs, at most 100.</param>
internal sealed record SearchText(string? Text);

/// <param name="Code">The chart code, typed again.</param>
internal sealed record Erasure(string? Code);

/// <param name="Csv">The whole text of the file.</param>
/// <param name="Commit">False: only say what would happen.</param>
internal sealed record PatientFile(string? Csv, bool Commit = false);

/// <param name="New">Rows that are or would be added.</param>
/// <param name="ThereAlready">Rows whose chart code is there; left as they are.</param>
/// <param name="Faulty">Rows with a fault; with one of them nothing is added.</param>
/// <param name="Added">Patients added; null where nothing was changed.</param>
/// <param name="Faults">What is wrong with the file as a whole.</param>
/// <param name="Rows">Each row with what becomes of it.</param>
internal sealed record ImportResource(int New, int ThereAlready, int Faulty, int? Added, IReadOnlyList<string> Faults, IReadOnlyList<ImportRowResource> Rows)
{
    public static ImportResource Of(ImportPreview preview) => new(
        preview.New, preview.ThereAlready, preview.Faulty, preview.Added, preview.Faults,
        [.. preview.Rows.Select(r => new ImportRowResource(r.Row.Line, r.Row.Code, r.Outcome, r.SameAs, r.Row.Faults))]);
}

/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Code">Chart code.</param>
/// <param name="Outcome">new, thereAlready or faulty.</param>
/// <param name="SameAs">Chart code of another patient with the same name and birth date.</param>
/// <param name="Faults">What is wrong with the row.</param>
internal sealed record ImportRowResource(int Line, string Code, ImportOutcome Outcome, string? SameAs, IReadOnlyList<string> Faults);

/// <summary>A patient, opened.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Code">Chart code.</param>
/// <param name="IsDemonstration">True: made by a generator; no such person exists.</param>
/// <param name="IsErased">True: who this was is gone for good.</param>
/// <param name="Revision">Goes up with every change; give it when changing.</param>
/// <param name="FamilyName">Empty where not known.</param>
/// <param name="GivenName">Empty where not known.</param>
/// <param name="BirthDate">Null where not known.</param>
/// <param name="Phone">Empty where not known.</param>
/// <param name="Email">Empty where not known.</param>
/// <param name="Notes">For colleagues.</param>
internal sealed record PersonResource(
    Guid Id, string Code, bool IsDemonstration, bool IsErased, int Revision,
    string FamilyName, string GivenName, DateOnly? BirthDate, string Phone, string Email, string Notes)
{
    public static PersonResource Of(PatientLine line) => new(
        line.Id, line.Code, line.IsDemonstration, line.ErasedAt is not null, line.Revision,
        line.Person.FamilyName, line.Person.GivenName, line.Person.BirthDate, line.Person.Phone, line.Person.Email, line.Person.Notes);
}
