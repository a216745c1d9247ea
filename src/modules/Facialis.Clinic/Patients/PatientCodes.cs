using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Patients;

/// <summary>Lets the audit page speak of patients by their chart codes.</summary>
internal sealed class PatientCodes(FacialisDb db) : IPatientCodes
{
    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(IReadOnlyCollection<Guid> patients, CancellationToken cancellation) =>
        await db.Set<Patient>().Where(p => patients.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Code, cancellation);

    public async Task<Guid?> FindAsync(string code, CancellationToken cancellation) =>
        Patient.CodeFrom(code) is { } known
            ? await db.Set<Patient>().Where(p => p.Code == known).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(cancellation)
            : null;
}
