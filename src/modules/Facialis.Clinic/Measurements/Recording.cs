using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Spasm.Report;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Measurements;

/// <summary>A recording of one patient and what was measured in it. Its landmarks lie in a file beside the database.</summary>
internal sealed class Recording : ClinicRow
{
    /// <summary>Name of the query filter that hides removed recordings.</summary>
    public const string NotRemovedFilter = "not-removed";

    public required Guid PatientId { get; init; }

    public Patient? Patient { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When recording began; null where the file does not say.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public RecordingState State { get; set; }

    /// <summary>Bytes of the file that are on the disk for certain.</summary>
    public long ReceivedBytes { get; set; }

    /// <summary>Bytes the file will have, as the sender announced; null where not announced.</summary>
    public long? AnnouncedBytes { get; init; }

    public bool IsDemonstration { get; set; }

    /// <summary>Why it could not be measured, for a person to read; null unless <see cref="RecordingState.Failed"/>.</summary>
    public string? Problem { get; set; }

    public string Notes { get; set; } = "";

    /// <summary>The report as JSON, as the API gives it; null until measured.</summary>
    public string? ReportJson { get; set; }

    /// <summary>Version of the algorithm that made the report; null until measured.</summary>
    public string? AlgorithmVersion { get; set; }

    /// <summary>What the list shows of the report; null until measured.</summary>
    public RecordingDigest? Digest { get; set; }

    /// <summary>When somebody removed it; it can be brought back.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

/// <summary>Where a recording stands.</summary>
public enum RecordingState
{
    /// <summary>Its content is arriving.</summary>
    Uploading = 0,

    /// <summary>Its content is whole and is being measured.</summary>
    Measuring = 1,

    /// <summary>It has a report.</summary>
    Complete = 2,

    /// <summary>Its content is no recording; the problem says why.</summary>
    Failed = 3,
}

/// <summary>The few figures of a report that a list shows, so that it need not read every report.</summary>
public sealed class RecordingDigest
{
    public required Verdict Verdict { get; init; }

    public required QualityGrade Quality { get; init; }

    public required AffectedSide Affected { get; init; }

    public required bool SideConfirmed { get; init; }

    public required double DurationSeconds { get; init; }

    public required double UsableSeconds { get; init; }

    public required int RightEvents { get; init; }

    public required int LeftEvents { get; init; }

    public static RecordingDigest Of(SpasmReport report) => new()
    {
        Verdict = report.Verdict,
        Quality = report.Quality.Grade,
        Affected = report.Affected.Answer,
        SideConfirmed = report.Recording.SideConfirmed,
        DurationSeconds = report.Recording.DurationSeconds,
        UsableSeconds = report.Recording.UsableSeconds,
        RightEvents = report.Right.Events.Count,
        LeftEvents = report.Left.Events.Count,
    };
}

internal sealed class RecordingTable : IEntityTypeConfiguration<Recording>
{
    public void Configure(EntityTypeBuilder<Recording> table)
    {
        table.ToTable("clinic_recording");
        table.HasOne(r => r.Patient).WithMany().HasForeignKey(r => r.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(r => new { r.ClinicId, r.PatientId });
        table.HasIndex(r => r.State);
        table.Property(r => r.Problem).HasMaxLength(1000);
        table.Property(r => r.Notes).HasMaxLength(2000);
        table.Property(r => r.AlgorithmVersion).HasMaxLength(40);
        table.OwnsOne(r => r.Digest);
        table.HasQueryFilter(Recording.NotRemovedFilter, r => r.RemovedAt == null);
    }
}
