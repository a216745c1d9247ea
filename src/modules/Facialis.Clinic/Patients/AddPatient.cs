using Facialis.Clinic.FollowUps;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Patients;

/// <summary>Adds a patient by chart code, with or without a name; the same request again is the same patient.</summary>
internal sealed class AddPatient(FacialisDb db, DataKeys keys, SearchIndex index, UrgentWatch urgent, AuditTrail audit, ClinicTime time, TimeProvider clock)
{
    public async Task<AddedPatient> Handle(Guid id, string? typedCode, Person person, CancellationToken cancellation)
    {
        if (Patient.CodeFrom(typedCode) is not { } code)
        {
            return new AddedPatient(AddPatientOutcome.NotAChartCode, null);
        }

        if (person.Faults(time.DayOf(clock.GetUtcNow())) is { Count: > 0 } faults)
        {
            return new AddedPatient(AddPatientOutcome.PersonFaulty, null) { Faults = faults };
        }

        while (true)
        {
            // Two may be found: the patient of this id, and another one who has the code.
            var known = await db.Set<Patient>().AsNoTracking().Where(p => p.Code == code || p.Id == id)
                .OrderByDescending(p => p.Id == id).FirstOrDefaultAsync(cancellation);
            if (known is not null)
            {
                return new AddedPatient(known.Id == id && known.Code == code ? AddPatientOutcome.KnownAlready : AddPatientOutcome.CodeTaken, known);
            }

            var patient = New(id, code, person, clock.GetUtcNow(), isDemonstration: false);
            audit.Note(AuditAction.Write, "patient", id, id, "added");
            try
            {
                await db.SaveChangesAsync(cancellation);
                return new AddedPatient(AddPatientOutcome.Added, patient);
            }
            catch (DbUpdateException failure) when (db.LostRace(failure))
            {
                db.ChangeTracker.Clear();
                if (!await db.Set<Patient>().AnyAsync(p => p.Code == code || p.Id == id, cancellation))
                {
                    // The id belongs to another clinic, whose rows this one does not see.
                    return new AddedPatient(AddPatientOutcome.IdTaken, null);
                }
            }
        }
    }

    /// <summary>Queues a new patient with key and search words for the next save.</summary>
    public Patient New(Guid id, string code, Person person, DateTimeOffset now, bool isDemonstration)
    {
        var cipher = keys.Create(id); // also without a name: questions and consent are sealed with it too
        var patient = new Patient
        {
            Id = id,
            Code = code,
            CreatedAt = now,
            ChangedAt = now,
            IsDemonstration = isDemonstration,
            SealedPerson = person == Person.Nobody ? null : person.Seal(cipher, id),
        };
        db.Add(patient);
        db.AddRange(PatientWords.Of(person, index).Select(token => new PatientWord { PatientId = id, Token = token }));
        urgent.LookAt(id, null, id, person.Notes);
        return patient;
    }
}

/// <param name="Outcome">What happened.</param>
/// <param name="Patient">The patient added, or the one that has the code already.</param>
internal sealed record AddedPatient(AddPatientOutcome Outcome, Patient? Patient)
{
    /// <summary>What is wrong with the person, by field.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; init; } = new Dictionary<string, string>();
}

internal enum AddPatientOutcome
{
    Added,

    /// <summary>This id and this code are that patient already.</summary>
    KnownAlready,
    CodeTaken,
    NotAChartCode,
    PersonFaulty,
    IdTaken,
}
