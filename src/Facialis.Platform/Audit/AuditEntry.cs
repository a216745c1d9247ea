using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Platform.Audit;

/// <summary>One line of the audit log: who did what to what, when. Never changed, never deleted; holds ids and counts, no patient data.</summary>
/// <remarks>Not a <see cref="Clinics.ClinicRow"/>: a log outlives its clinic, and the installation has one too (the empty id).</remarks>
public sealed class AuditEntry
{
    public const int MaxWhatLength = 100;
    public const int MaxDetailLength = 500;

    /// <summary>Whose log this is; the empty id for the installation's own.</summary>
    public required Guid ClinicId { get; init; }

    /// <summary>Place in the log: 0, 1, 2 and so on without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, in UTC, to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The person who was signed in; null for the program itself, or where nobody was.</summary>
    public Guid? ActorId { get; init; }

    public required AuditAction Action { get; init; }

    /// <summary>What it concerns, in plain words, for example "recording report".</summary>
    public required string What { get; init; }

    /// <summary>Id of the row that it concerns.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Id of the patient that it concerns.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Names of fields, counts, reasons from a fixed list. Never patient data.</summary>
    public string? Detail { get; init; }

    /// <summary>Root of the Merkle tree over all entries up to this one (RFC 6962, 2.1), 32 bytes.</summary>
    public byte[] Root { get; init; } = [];

    /// <summary>HMAC-SHA256 over log, size and <see cref="Root"/> under a key that is not in the database, 32 bytes.</summary>
    public byte[] Seal { get; init; } = [];
}

/// <summary>The right edge of a log's tree, so that an entry can be added without reading the others.</summary>
internal sealed class AuditLogHead
{
    public required Guid ClinicId { get; init; }

    /// <summary>Number of entries.</summary>
    public required long Size { get; init; }

    /// <summary>See <see cref="MerkleFrontier"/>.</summary>
    public required byte[] Frontier { get; init; }
}

internal sealed class AuditEntryTable : IEntityTypeConfiguration<AuditEntry>
{
    public const string Name = "platform_audit_entry";

    public void Configure(EntityTypeBuilder<AuditEntry> table)
    {
        table.ToTable(Name);
        table.HasKey(e => new { e.ClinicId, e.Sequence });
        table.Property(e => e.Sequence).ValueGeneratedNever();
        table.Property(e => e.What).HasMaxLength(AuditEntry.MaxWhatLength);
        table.Property(e => e.Detail).HasMaxLength(AuditEntry.MaxDetailLength);
        table.Property(e => e.Root).HasMaxLength(MerkleTree.HashLength);
        table.Property(e => e.Seal).HasMaxLength(MerkleTree.HashLength);
        table.HasIndex(e => new { e.ClinicId, e.PatientId, e.Sequence });
        table.HasIndex(e => new { e.ClinicId, e.ActorId, e.Sequence });
        table.HasIndex(e => new { e.ClinicId, e.At });
    }
}

internal sealed class AuditLogHeadTable : IEntityTypeConfiguration<AuditLogHead>
{
    public const string Name = "platform_audit_log";

    public void Configure(EntityTypeBuilder<AuditLogHead> table)
    {
        table.ToTable(Name);
        table.HasKey(h => h.ClinicId);
        table.Property(h => h.ClinicId).ValueGeneratedNever();
    }
}
