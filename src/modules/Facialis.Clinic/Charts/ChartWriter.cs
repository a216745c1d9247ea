using System.Security.Claims;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Charts;

/// <summary>Adds a row to a chart: once however often it is sent, with its entry in the audit log, and the patient moves up in the list.</summary>
internal sealed class ChartWriter(FacialisDb db, DataKeys keys, AuditTrail audit, IHttpContextAccessor requests, TimeProvider clock)
{
    /// <summary>Who is signed in; null for the program itself.</summary>
    public Guid? Person => Guid.TryParse(requests.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The cipher of a patient whose chart may be written; null where there is none, or the patient was erased.</summary>
    public async Task<SubjectCipher?> OpenAsync(Guid patientId, CancellationToken cancellation) =>
        await db.Set<Patient>().AnyAsync(p => p.Id == patientId && p.ErasedAt == null, cancellation) ? await keys.FindOrCreateAsync(patientId, cancellation) : null;

    /// <summary>Saves a row of a chart. The same id again is the same row.</summary>
    public async Task SaveAsync(Guid patientId, ClinicRow row, string what, string? detail, CancellationToken cancellation)
    {
        // The first start fills the demonstration inside one transaction of its own.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        db.Add(row);
        audit.Note(AuditAction.Write, what, row.Id, patientId, detail);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear(); // the form was sent twice
            return;
        }

        var now = Now;
        await db.Set<Patient>().Where(p => p.Id == patientId).ExecuteUpdateAsync(set => set.SetProperty(p => p.ChangedAt, now), cancellation);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellation);
        }
    }
}
