namespace Facialis.Platform.Audit;

/// <summary>The notes of one scope on their way into the log: queued until a save, then due until the transaction commits.</summary>
/// <remarks>Writing at the very end keeps the log's row locked for the shortest time, and makes a deadlock over it impossible.</remarks>
public sealed class AuditNotes(AuditKey key)
{
    private readonly List<AuditNote> _queued = [];
    private readonly List<(Guid Transaction, AuditNote Note)> _due = [];

    internal AuditKey Key => key;

    internal bool HasQueued => _queued.Count > 0;

    internal void Add(AuditNote note) => _queued.Add(note);

    internal void AddDue(Guid transaction, AuditNote note) => _due.Add((transaction, note));

    /// <summary>The save that the queued notes speak of was made within this transaction.</summary>
    internal void Saved(Guid transaction)
    {
        _due.AddRange(_queued.Select(note => (transaction, note)));
        _queued.Clear();
    }

    /// <summary>The save that the queued notes speak of failed, so nothing happened that they could tell of.</summary>
    internal void Failed() => _queued.Clear();

    /// <summary>What is to be written with this transaction. Notes of another one, which never committed, are forgotten.</summary>
    internal List<AuditNote> TakeDue(Guid transaction)
    {
        List<AuditNote> due = [.. _due.Where(d => d.Transaction == transaction).Select(d => d.Note)];
        _due.Clear();
        return due;
    }
}

/// <summary>An entry that has no place in the log yet.</summary>
internal sealed record AuditNote(
    Guid ClinicId, DateTimeOffset At, Guid? ActorId, AuditAction Action, string What, Guid? SubjectId, Guid? PatientId, string? Detail)
{
    /// <summary>The entry at this place, still without root and seal.</summary>
    public AuditEntry ToEntry(long sequence, byte[] root, byte[] seal) => new()
    {
        ClinicId = ClinicId,
        Sequence = sequence,
        At = At,
        ActorId = ActorId,
        Action = Action,
        What = What,
        SubjectId = SubjectId,
        PatientId = PatientId,
        Detail = Detail,
        Root = root,
        Seal = seal,
    };
}
