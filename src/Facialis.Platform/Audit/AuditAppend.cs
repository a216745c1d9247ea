using System.Data.Common;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Facialis.Platform.Audit;

/// <summary>Writes what is due just before a transaction commits: two statements for each log, whatever the number of entries.</summary>
internal sealed class AuditAppend : DbTransactionInterceptor
{
    private const string Head = $"""SELECT "Size", "Frontier" FROM {AuditLogHeadTable.Name} WHERE "ClinicId" = @log""";
    private const string NewHead =
        $"""INSERT INTO {AuditLogHeadTable.Name} ("ClinicId", "Size", "Frontier") VALUES (@log, 0, @edge) ON CONFLICT ("ClinicId") DO NOTHING""";

    private const string Last =
        $"""SELECT "Sequence", "Root", "Seal" FROM {AuditEntryTable.Name} WHERE "ClinicId" = @log ORDER BY "Sequence" DESC LIMIT 1""";

    private const string MoveHead = $"""UPDATE {AuditLogHeadTable.Name} SET "Size" = @size, "Frontier" = @edge WHERE "ClinicId" = @log""";

    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result) =>
        eventData.Context is FacialisDb db && db.Audit.TakeDue(eventData.TransactionId).Count > 0
            ? throw new InvalidOperationException("A transaction with audit entries is committed with CommitAsync.")
            : result;

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is FacialisDb db)
        {
            // Always in the same order of logs, so that two transactions cannot wait for each other.
            foreach (var log in db.Audit.TakeDue(eventData.TransactionId).GroupBy(note => note.ClinicId).OrderBy(log => log.Key))
            {
                await AppendAsync(db, transaction, log.Key, [.. log], cancellationToken);
            }
        }

        return result;
    }

    /// <summary>The end of a log as it stands: its size, and the last entry's root and seal; null for an empty log.</summary>
    internal static async Task<(long Size, byte[] Root, byte[] Seal)?> LastAsync(
        FacialisDb db, DbTransaction transaction, Guid log, CancellationToken cancellation)
    {
        await using var read = Command(db, transaction, log, db.EnterLog(log) + Last);
        await using var row = await read.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? (row.GetInt64(0) + 1, row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2))
            : null;
    }

    private static async Task AppendAsync(FacialisDb db, DbTransaction transaction, Guid log, List<AuditNote> notes, CancellationToken cancellation)
    {
        var edge = await HoldHeadAsync(db, transaction, log, cancellation);
        await using var write = Command(db, transaction, log, "");
        for (var i = 0; i < notes.Count; i++)
        {
            var sequence = edge.Size;
            edge.Add(MerkleTree.Leaf(AuditEncoding.Encode(notes[i].ToEntry(sequence, [], []))));
            var root = edge.Root;
            AddInsert(db, write, i, notes[i].ToEntry(sequence, root, db.Audit.Key.Seal(log, edge.Size, root)));
        }

        write.CommandText += MoveHead;
        Add(write, "size", edge.Size);
        Add(write, "edge", edge.ToBytes());
        await write.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Reads the log's edge and keeps every other writer of this log waiting until this transaction ends: no gap, no double place.</summary>
    private static async Task<MerkleFrontier> HoldHeadAsync(FacialisDb db, DbTransaction transaction, Guid log, CancellationToken cancellation)
    {
        await using var read = Command(db, transaction, log, db.EnterLog(log) + db.RowLock(Head));
        while (true)
        {
            await using (var row = await read.ExecuteReaderAsync(cancellation))
            {
                if (await row.ReadAsync(cancellation))
                {
                    return new MerkleFrontier(row.GetInt64(0), row.GetFieldValue<byte[]>(1));
                }
            }

            await using var begin = Command(db, transaction, log, NewHead);
            Add(begin, "edge", Array.Empty<byte>());
            await begin.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static void AddInsert(FacialisDb db, DbCommand write, int i, AuditEntry entry)
    {
        write.CommandText +=
            $"""
            INSERT INTO {AuditEntryTable.Name}
              ("ClinicId", "Sequence", "At", "ActorId", "Action", "What", "SubjectId", "PatientId", "Detail", "Root", "Seal")
            VALUES (@log, @n{i}, @at{i}, @actor{i}, @action{i}, @what{i}, @subject{i}, @patient{i}, @detail{i}, @root{i}, @seal{i});

            """;
        Add(write, $"n{i}", entry.Sequence);
        Add(write, $"at{i}", db.Moment(entry.At));
        Add(write, $"actor{i}", entry.ActorId);
        Add(write, $"action{i}", (int)entry.Action);
        Add(write, $"what{i}", entry.What);
        Add(write, $"subject{i}", entry.SubjectId);
        Add(write, $"patient{i}", entry.PatientId);
        Add(write, $"detail{i}", entry.Detail);
        Add(write, $"root{i}", entry.Root);
        Add(write, $"seal{i}", entry.Seal);
    }

    private static DbCommand Command(FacialisDb db, DbTransaction transaction, Guid log, string text)
    {
        var command = db.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        Add(command, "log", log);
        return command;
    }

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
