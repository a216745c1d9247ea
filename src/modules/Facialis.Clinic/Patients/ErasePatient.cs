using System.Globalization;
using Facialis.Clinic.Booking;
using Facialis.Clinic.Measurements;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Patients;

/// <summary>
/// Erases a person for good: the key, the search words, the chart code and the landmarks of all recordings go; figures without a name stay,
/// so that what was done in the clinic can still be counted.
/// </summary>
internal sealed class ErasePatient(
    FacialisDb db, DataKeys keys, RecordingContent content, CancelVisit cancel, PatientMails mails, AuditTrail audit, TimeProvider clock)
{
    /// <summary>False where there is no such patient. Erasing again is the same.</summary>
    /// <param name="id">Whom.</param>
    /// <param name="typedCode">The chart code, typed again: the last guard against the wrong patient.</param>
    /// <param name="cancellation">Ends the attempt; once begun it is whole or not at all.</param>
    public async Task<ErasePatientOutcome> Handle(Guid id, string? typedCode, CancellationToken cancellation)
    {
        var patient = await db.Set<Patient>().SingleOrDefaultAsync(p => p.Id == id, cancellation);
        if (patient is null)
        {
            return ErasePatientOutcome.NoSuchPatient;
        }

        if (patient.ErasedAt is null && Patient.CodeFrom(typedCode) != patient.Code)
        {
            return ErasePatientOutcome.OtherCode;
        }

        var recordings = await db.Set<Recording>().IgnoreQueryFilters([Recording.NotRemovedFilter]).Where(r => r.PatientId == id).ToListAsync(cancellation);
        if (patient.ErasedAt is null)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await keys.DestroyAsync(id, cancellation);
            await db.Set<PatientWord>().Where(w => w.PatientId == id).ExecuteDeleteAsync(cancellation);
            patient.SealedPerson = null;
            patient.Code = "ERASED-" + id.ToString("N")[^12..].ToUpperInvariant();
            patient.ErasedAt = clock.GetUtcNow();
            patient.ChangedAt = clock.GetUtcNow();
            patient.Revision++;
            foreach (var recording in recordings)
            {
                recording.Notes = "";
                recording.RemovedAt ??= clock.GetUtcNow();
            }

            var now = clock.GetUtcNow();
            foreach (var visit in await db.Set<Visit>().AsNoTracking().Where(v => v.PatientId == id && v.At > now && v.CancelledAt == null).ToListAsync(cancellation))
            {
                await cancel.WithinAsync(visit, tellsPatient: false, cancellation); // nobody is left to tell
                audit.Note(AuditAction.Write, "visit", visit.Id, id, "taken off the list");
            }

            audit.Note(AuditAction.Erase, "patient", id, id, string.Create(CultureInfo.InvariantCulture, $"{recordings.Count} recordings"));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        // After the commit: a file that outlives a crash here belongs to a patient whose erasure is on record, and the next call removes it.
        foreach (var recording in recordings)
        {
            content.Discard(recording.Id);
        }

        await mails.DiscardAsync(id, cancellation);
        if (db is SqliteFacialisDb)
        {
            // The write-ahead log still holds the key's old page; emptied, it does not.
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellation);
        }

        return ErasePatientOutcome.Erased;
    }
}

internal enum ErasePatientOutcome
{
    Erased,
    NoSuchPatient,
    OtherCode,
}
