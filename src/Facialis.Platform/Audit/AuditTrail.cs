using System.Security.Claims;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Audit;

/// <summary>Notes who did what. An entry is written in the same transaction as what it tells of, or neither is.</summary>
public sealed class AuditTrail(FacialisDb db, AuditNotes queue, CurrentClinic clinic, IHttpContextAccessor requests, TimeProvider clock)
{
    /// <summary>Queues an entry for the next SaveChangesAsync, which writes it in its transaction. When that save fails, the entry is dropped.</summary>
    /// <param name="action">What was done.</param>
    /// <param name="what">To what, in plain words, 1 to 100 signs: "recording", "injection plan".</param>
    /// <param name="subject">Id of the row.</param>
    /// <param name="patient">Id of the patient whose chart it belongs to.</param>
    /// <param name="detail">Field names, ids, counts: up to 500 signs, never patient data.</param>
    /// <remarks>
    /// A change by ExecuteUpdate or ExecuteDelete needs a transaction around it, Note and SaveChangesAsync, since it saves by itself.
    /// </remarks>
    public void Note(AuditAction action, string what, Guid? subject, Guid? patient = null, string? detail = null) =>
        queue.Add(Make(clinic.Id, Person, action, what, subject, patient, detail));

    /// <summary>Writes at once that something of a chart was looked at. Call it before the answer is given.</summary>
    public Task NoteReadAsync(string what, Guid? subject, Guid? patient, CancellationToken cancellation) =>
        NoteNowAsync(AuditAction.Read, what, subject, patient, null, cancellation);

    /// <summary>Writes an entry at once: for what changes no row, such as an export or a refusal.</summary>
    public Task NoteNowAsync(
        AuditAction action, string what, Guid? subject, Guid? patient, string? detail, CancellationToken cancellation) =>
        WriteAsync(Make(clinic.Id, Person, action, what, subject, patient, detail), cancellation);

    /// <summary>Writes at once into the log of a clinic that is not (yet) that of the signed-in person: signing in, for example.</summary>
    /// <param name="clinicId">Whose log; null for the installation's own.</param>
    /// <param name="actor">Who did it, where that is known.</param>
    /// <param name="action">What was done.</param>
    /// <param name="what">To what, in plain words, 1 to 100 signs.</param>
    /// <param name="subject">Id of the row.</param>
    /// <param name="detail">Field names, ids, counts: up to 500 signs, never patient data.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public Task NoteForClinicAsync(
        Guid? clinicId, Guid? actor, AuditAction action, string what, Guid? subject, string? detail, CancellationToken cancellation) =>
        WriteAsync(Make(clinicId ?? Guid.Empty, actor, action, what, subject, null, detail), cancellation);

    private Guid? Person =>
        Guid.TryParse(requests.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    private async Task WriteAsync(AuditNote note, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is { } open)
        {
            queue.AddDue(open.TransactionId, note);
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        queue.AddDue(transaction.TransactionId, note);
        await transaction.CommitAsync(cancellation);
    }

    private AuditNote Make(
        Guid clinicId, Guid? actor, AuditAction action, string what, Guid? subject, Guid? patient, string? detail)
    {
        ArgumentOutOfRangeException.ThrowIfZero(what.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(what.Length, AuditEntry.MaxWhatLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(detail?.Length ?? 0, AuditEntry.MaxDetailLength);
        // PostgreSQL keeps microseconds; what is hashed must be what will be read.
        var now = clock.GetUtcNow().ToUniversalTime();
        var at = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        return new AuditNote(clinicId, at, actor, action, what, subject, patient, detail);
    }
}
