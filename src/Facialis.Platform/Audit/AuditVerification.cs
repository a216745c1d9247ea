using System.Data.Common;
using System.Globalization;

namespace Facialis.Platform.Audit;

/// <summary>What a check of one log found.</summary>
/// <param name="Log">Whose log; the empty id for the installation's own.</param>
/// <param name="Entries">Number of entries that were read before a fault, or all.</param>
/// <param name="Checkpoints">Number of checkpoints that the log agrees with.</param>
/// <param name="Fault">The first fault; null when the log is whole.</param>
public sealed record AuditVerdict(Guid Log, long Entries, int Checkpoints, AuditFault? Fault);

/// <param name="Entry">Place of the first entry that is not what it was.</param>
/// <param name="What">What is wrong with it, as a sentence.</param>
public sealed record AuditFault(long Entry, string What);

/// <summary>Goes through a log from its beginning and works every hash out again.</summary>
/// <param name="source">The database.</param>
/// <param name="checkpoints">Checkpoints of any logs whose signatures were found good.</param>
/// <param name="key">The key of the seals; null to leave them unchecked.</param>
public sealed class AuditVerification(AuditSource source, IReadOnlyList<Checkpoint> checkpoints, AuditKey? key)
{
    /// <summary>Checks every log that the database or a checkpoint knows.</summary>
    public async Task<List<AuditVerdict>> AllAsync(CancellationToken cancellation)
    {
        var logs = (await source.LogsAsync(cancellation)).Concat(checkpoints.Select(c => c.Log)).Distinct().Order().ToList();
        var verdicts = new List<AuditVerdict>();
        foreach (var log in logs)
        {
            verdicts.Add(await OneAsync(log, cancellation));
        }

        return verdicts;
    }

    /// <summary>Checks one log.</summary>
    public async Task<AuditVerdict> OneAsync(Guid log, CancellationToken cancellation)
    {
        var own = checkpoints.Where(c => c.Log == log).ToLookup(c => c.Size);
        var edge = new MerkleFrontier();
        var (agreed, agreedSize) = (0, 0L);
        await using (var rows = await source.EntriesAsync(log, cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                if (Add(rows, log, edge) is { } fault)
                {
                    return new AuditVerdict(log, edge.Size, agreed, fault);
                }

                foreach (var checkpoint in own[edge.Size])
                {
                    if (checkpoint.Root != Convert.ToHexStringLower(edge.Root))
                    {
                        return new AuditVerdict(log, edge.Size, agreed, new AuditFault(agreedSize, string.Create(CultureInfo.InvariantCulture,
                            $"the log was rewritten: it contradicts the checkpoint of {checkpoint.At:u} over {checkpoint.Size} entries. The first changed one is {agreedSize} or later.")));
                    }

                    (agreed, agreedSize) = (agreed + 1, edge.Size);
                }
            }
        }

        return new AuditVerdict(log, edge.Size, agreed, await EndAsync(log, edge, own, cancellation));
    }

    private async Task<AuditFault?> EndAsync(Guid log, MerkleFrontier edge, ILookup<long, Checkpoint> own, CancellationToken cancellation)
    {
        if (own.Where(at => at.Key > edge.Size).MaxBy(at => at.Key)?.First() is { } longer)
        {
            return new AuditFault(edge.Size, string.Create(CultureInfo.InvariantCulture,
                $"it is missing, and all after it: the checkpoint of {longer.At:u} covers {longer.Size} entries."));
        }

        var (size, bytes) = await source.HeadAsync(log, cancellation);
        if (size > edge.Size)
        {
            return new AuditFault(edge.Size, string.Create(CultureInfo.InvariantCulture, $"it is missing, and all after it: the log counts {size} entries."));
        }

        if (size < edge.Size)
        {
            return new AuditFault(size, string.Create(CultureInfo.InvariantCulture, $"it was put in past the program: the log counts {size} entries only."));
        }

        return edge.ToBytes().AsSpan().SequenceEqual(bytes) ? null : new AuditFault(edge.Size, "the log's edge was changed; its entries are whole.");
    }

    private AuditFault? Add(DbDataReader row, Guid log, MerkleFrontier edge)
    {
        AuditEntry entry;
        try
        {
            entry = AuditSource.Entry(row, log);
        }
        catch (InvalidDataException unreadable)
        {
            return new AuditFault(edge.Size, $"it cannot be read: {unreadable.Message}");
        }

        if (entry.Sequence != edge.Size)
        {
            return entry.Sequence > edge.Size
                ? new AuditFault(edge.Size, "it is missing.")
                : new AuditFault(entry.Sequence, "it has no place in the log.");
        }

        edge.Add(MerkleTree.Leaf(AuditEncoding.Encode(entry)));
        var root = edge.Root;
        if (!root.AsSpan().SequenceEqual(entry.Root))
        {
            return new AuditFault(entry.Sequence, "it is not what was written there.");
        }

        return key is null || key.Seal(log, edge.Size, root).AsSpan().SequenceEqual(entry.Seal)
            ? null
            : new AuditFault(entry.Sequence, "its seal is not of this installation's key.");
    }
}
