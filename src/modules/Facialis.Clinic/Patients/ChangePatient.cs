using Facialis.Clinic.FollowUps;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Patients;

/// <summary>Changes who a patient is. The revision that was read must still be the newest: of two who edit at once, the second is told.</summary>
internal sealed class ChangePatient(FacialisDb db, DataKeys keys, SearchIndex index, UrgentWatch urgent, AuditTrail audit, ClinicTime time, TimeProvider clock)
{
    public async Task<ChangedPatient> Handle(Guid id, int revision, Person person, CancellationToken cancellation)
    {
        var patient = await db.Set<Patient>().SingleOrDefaultAsync(p => p.Id == id, cancellation);
        if (patient is null)
        {
            return new ChangedPatient(ChangePatientOutcome.NoSuchPatient);
        }

        if (patient.ErasedAt is not null)
        {
            return new ChangedPatient(ChangePatientOutcome.Erased);
        }

        if (person.Faults(time.DayOf(clock.GetUtcNow())) is { Count: > 0 } faults)
        {
            return new ChangedPatient(ChangePatientOutcome.PersonFaulty) { Faults = faults };
        }

        var cipher = await keys.FindOrCreateAsync(id, cancellation); // patients of an older version have none yet
        var known = patient.SealedPerson is { } seal ? Person.Open(cipher, id, seal) : Person.Nobody;
        if (known == person)
        {
            return new ChangedPatient(ChangePatientOutcome.Changed);
        }

        if (patient.Revision != revision)
        {
            return new ChangedPatient(ChangePatientOutcome.ChangedByAnother);
        }

        if (person.Notes != known.Notes)
        {
            urgent.LookAt(id, null, Guid.CreateVersion7(clock.GetUtcNow()), person.Notes);
        }

        patient.SealedPerson = person == Person.Nobody ? null : person.Seal(cipher, id);
        patient.Revision++;
        patient.ChangedAt = clock.GetUtcNow();
        var wanted = PatientWords.Of(person, index);
        var words = await db.Set<PatientWord>().Where(w => w.PatientId == id).ToListAsync(cancellation);
        db.RemoveRange(words.Where(w => !wanted.Contains(w.Token)));
        db.AddRange(wanted.Except(words.Select(w => w.Token)).Select(token => new PatientWord { PatientId = id, Token = token }));
        audit.Note(AuditAction.Write, "patient", id, id, Person.ChangedFields(known, person));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return new ChangedPatient(ChangePatientOutcome.Changed);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            return new ChangedPatient(ChangePatientOutcome.ChangedByAnother);
        }
    }
}

internal sealed record ChangedPatient(ChangePatientOutcome Outcome)
{
    public IReadOnlyDictionary<string, string> Faults { get; init; } = new Dictionary<string, string>();
}

internal enum ChangePatientOutcome
{
    Changed,
    NoSuchPatient,
    Erased,
    PersonFaulty,
    ChangedByAnother,
}
