using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Patients;

/// <summary>Adds a patient by chart code; the same request again is the same patient.</summary>
internal sealed class AddPatient(FacialisDb db, TimeProvider clock)
{
    public async Task<AddedPatient> Handle(Guid id, string? typedCode, CancellationToken cancellation)
    {
        if (Patient.CodeFrom(typedCode) is not { } code)
        {
            return new AddedPatient(AddPatientOutcome.NotAChartCode, null);
        }

        while (true)
        {
            var known = await db.Set<Patient>().AsNoTracking().SingleOrDefaultAsync(p => p.Code == code || p.Id == id, cancellation);
            if (known is not null)
            {
                return new AddedPatient(known.Id == id && known.Code == code ? AddPatientOutcome.Added : AddPatientOutcome.CodeTaken, known);
            }

            var patient = new Patient { Id = id, Code = code, CreatedAt = clock.GetUtcNow() };
            db.Add(patient);
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
}

/// <param name="Outcome">What happened.</param>
/// <param name="Patient">The patient added, or the one that has the code already.</param>
internal sealed record AddedPatient(AddPatientOutcome Outcome, Patient? Patient);

internal enum AddPatientOutcome
{
    Added,
    CodeTaken,
    NotAChartCode,
    IdTaken,
}
