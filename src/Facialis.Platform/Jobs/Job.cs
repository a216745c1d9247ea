using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Platform.Jobs;

/// <summary>One piece of work that is done later, at most once, by whichever node gets to it. It carries ids only, never anything about a person.</summary>
public sealed class Job
{
    public const string Table = "platform_job";
    public const int MaxKindLength = 60;
    public const int MaxKeyLength = 100;
    public const int MaxErrorLength = 500;

    public required Guid Id { get; init; }

    /// <summary>The clinic that it is done for.</summary>
    public required Guid ForClinic { get; init; }

    /// <summary>What is to be done, for example "visit-reminder": the name of its <c>IJobHandler</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, within its kind, for example the id of a visit. The same key again is the same job.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>The node that works on it; null while none does.</summary>
    public string? LeasedBy { get; set; }

    /// <summary>Until when nobody else takes it.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>When what cannot be taken back (a mail handed to the next server) was begun. Such a job is never begun again by itself.</summary>
    public DateTimeOffset? CommittedAt { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>When it was given up, or taken back.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why the last try failed, without anything about a person; null where none did.</summary>
    public string? Error { get; set; }
}

internal sealed class JobTable : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> table)
    {
        table.ToTable(Job.Table);
        table.Property(j => j.Id).ValueGeneratedNever();
        table.Property(j => j.Kind).HasMaxLength(Job.MaxKindLength);
        table.Property(j => j.Key).HasMaxLength(Job.MaxKeyLength);
        table.Property(j => j.LeasedBy).HasMaxLength(60);
        table.Property(j => j.Error).HasMaxLength(Job.MaxErrorLength);
        table.HasIndex(j => new { j.Kind, j.Key }).IsUnique();
        table.HasIndex(j => new { j.DoneAt, j.EndedAt, j.DueAt });
    }
}
