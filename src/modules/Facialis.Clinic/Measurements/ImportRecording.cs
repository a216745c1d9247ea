using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Recordings.Import;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Facialis.Clinic.Measurements;

/// <summary>Takes a landmark file of any known format in one go: a form on a page, without script.</summary>
internal sealed class ImportRecording(
    FacialisDb db, UrgentWatch urgent, AuditTrail audit, RecordingContent content, MeasureRecording measure, IOptions<RecordingSettings> settings, TimeProvider clock)
{
    /// <summary>Reads, keeps and measures the file. A file that is no recording leaves nothing behind.</summary>
    /// <param name="id">Made with the form, so that sending the form twice imports once.</param>
    /// <param name="patientId">Whose recording it is.</param>
    /// <param name="file">The file.</param>
    /// <param name="length">Its length, bytes.</param>
    /// <param name="mirroring">What the person says of a file that does not say it itself; null to leave it to the file.</param>
    /// <param name="notes">Remark for colleagues.</param>
    /// <param name="cancellation">Ends the import.</param>
    /// <returns>Null when the recording is kept, else why not, for a person to read.</returns>
    public async Task<string?> Handle(
        Guid id, Guid patientId, Stream file, long length, Mirroring? mirroring, string notes, CancellationToken cancellation)
    {
        if (id.Version != 7)
        {
            return "The form was damaged on its way. Load the page again.";
        }

        if (length > settings.Value.MaxBytes)
        {
            return $"This file is too large: this server takes up to {settings.Value.MaxBytesInWords}.";
        }

        if (!await db.Set<Patient>().AnyAsync(p => p.Id == patientId && p.ErasedAt == null, cancellation))
        {
            return "There is no such patient in this clinic.";
        }

        using var turn = await content.TurnAsync(id, cancellation);
        if (await db.Set<Recording>().AnyAsync(r => r.Id == id, cancellation))
        {
            return null; // the same form, sent twice
        }

        var recording = new Recording { Id = id, PatientId = patientId, CreatedAt = clock.GetUtcNow(), Notes = notes, State = RecordingState.Measuring };
        try
        {
            content.WriteWhole(id, target =>
            {
                using var reader = RecordingFiles.Open(file, new ImportOptions { Id = id, Mirroring = mirroring ?? Mirroring.Unknown });
                FacerecWriter.Copy(reader, target);
            });
        }
        catch (RecordingFormatException damage)
        {
            return damage.Message;
        }

        recording.ReceivedBytes = content.Length(id);
        await Task.Run(() => measure.Fill(recording, cancellation), cancellation);
        if (recording.State == RecordingState.Failed)
        {
            content.Discard(id);
            return recording.Problem;
        }

        db.Add(recording);
        urgent.LookAt(patientId, null, id, notes);
        audit.Note(AuditAction.Write, "recording", id, patientId, "imported");
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            return await db.Set<Recording>().AnyAsync(r => r.Id == id, cancellation) ? null : "The form was damaged on its way. Load the page again.";
        }

        return null;
    }
}
