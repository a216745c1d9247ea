using Facialis.Clinic.Charts;
using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.FollowUps;

/// <summary>What was told or seen of one treatment on one day. Never changed; what is told later and differently is another row, and holds.</summary>
internal sealed class FollowUp : ClinicRow
{
    public const string Table = "clinic_follow_up";

    public required Guid PatientId { get; init; }

    /// <summary>The treatment, whatever its version.</summary>
    public required Guid TreatmentId { get; init; }

    /// <summary>The clinic's day on which it was told or seen.</summary>
    public required DateOnly SeenOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required Guid? RecordedBy { get; init; }

    public required FollowUpWay Way { get; init; }

    /// <summary>First day on which the effect was felt; null where not told.</summary>
    public required DateOnly? FirstEffectOn { get; init; }

    /// <summary>Day on which it was best; null where not told.</summary>
    public required DateOnly? BestOn { get; init; }

    /// <summary>How much better at best, 0 to 100 percent; null where not told.</summary>
    public required int? BestPercent { get; init; }

    /// <summary>Whether the effect held on the day of the follow-up.</summary>
    public required Known Holds { get; init; }

    /// <summary>Day from which it had worn off; null where it holds or the day is not known.</summary>
    public required DateOnly? WoreOffOn { get; init; }

    public required Known WouldRepeat { get; init; }

    /// <summary>Whether there were side effects; which ones are rows of their own.</summary>
    public required Known HadSideEffects { get; init; }

    /// <summary>Sealed remarks.</summary>
    public required byte[] SealedRemarks { get; init; }
}

/// <summary>How it was told.</summary>
public enum FollowUpWay
{
    Visit = 0,
    Call = 1,
    Message = 2,

    /// <summary>The patient wrote it, through a diary link.</summary>
    Diary = 3,
}

/// <summary>One side effect of one treatment, as known at one time. What changes is a new row with the same effect; the newest holds.</summary>
internal sealed class SideEffect : ClinicRow
{
    public const string Table = "clinic_side_effect";

    /// <summary>The same for everything that was recorded of this side effect.</summary>
    public required Guid EffectId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid TreatmentId { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required Guid? RecordedBy { get; init; }

    /// <summary>Which: an id of <see cref="SideEffectTerms"/>.</summary>
    public required string TermId { get; init; }

    public required DateOnly FirstOn { get; init; }

    /// <summary>Last day of it; null while it goes on.</summary>
    public required DateOnly? LastOn { get; init; }

    /// <summary>How strong. Not how serious.</summary>
    public required SideEffectSeverity Severity { get; init; }

    /// <summary>What it led to, whatever its strength.</summary>
    public required Seriousness Seriousness { get; init; }

    public required Causality Causality { get; init; }

    public required SideEffectOutcome Outcome { get; init; }

    /// <summary>1 to 4 by the hints of the term; null where not graded.</summary>
    public required int? Grade { get; init; }

    /// <summary>Ids of the points that may explain it, separated by blanks.</summary>
    public required string Points { get; init; }

    /// <summary>Sealed: in the words of whoever told it.</summary>
    public required byte[] SealedWords { get; init; }
}

/// <summary>How strong a side effect was.</summary>
public enum SideEffectSeverity
{
    Mild = 0,
    Moderate = 1,
    Severe = 2,
}

/// <summary>What makes a side effect serious, in the sense of the authorities.</summary>
[Flags]
public enum Seriousness
{
    None = 0,
    Death = 1,
    LifeThreatening = 2,
    Hospital = 4,
    Disability = 8,
    BirthDefect = 16,
    OtherImportant = 32,
}

/// <summary>Whether the treatment caused it.</summary>
public enum Causality
{
    Possible = 0,
    Related = 1,
    Unlikely = 2,
}

/// <summary>How it ended.</summary>
public enum SideEffectOutcome
{
    Unknown = 0,
    NotRecovered = 1,
    Recovering = 2,
    Recovered = 3,
    RecoveredWithSequelae = 4,
    Fatal = 5,
}

/// <summary>Something urgent that was told, until somebody answers for it by name.</summary>
internal sealed class UrgentReport : ClinicRow
{
    public const string Table = "clinic_urgent_report";

    public required Guid PatientId { get; init; }

    public required Guid? TreatmentId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Ids of the terms, separated by blanks.</summary>
    public required string Terms { get; init; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public Guid? AnsweredBy { get; set; }

    public string? AnsweredByName { get; set; }

    /// <summary>Sealed: what was done.</summary>
    public byte[]? SealedAnswer { get; set; }
}

internal sealed class FollowUpTable : IEntityTypeConfiguration<FollowUp>
{
    public void Configure(EntityTypeBuilder<FollowUp> table)
    {
        table.ToTable(FollowUp.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(f => f.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(f => new { f.ClinicId, f.PatientId, f.TreatmentId });
    }
}

internal sealed class SideEffectTable : IEntityTypeConfiguration<SideEffect>
{
    public void Configure(EntityTypeBuilder<SideEffect> table)
    {
        table.ToTable(SideEffect.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(s => s.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(s => new { s.ClinicId, s.PatientId, s.TreatmentId });
        table.Property(s => s.TermId).HasMaxLength(60);
        table.Property(s => s.Points).HasMaxLength(4000);
    }
}

internal sealed class UrgentReportTable : IEntityTypeConfiguration<UrgentReport>
{
    public void Configure(EntityTypeBuilder<UrgentReport> table)
    {
        table.ToTable(UrgentReport.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(u => u.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(u => new { u.ClinicId, u.PatientId, u.At });
        table.HasIndex(u => new { u.ClinicId, u.AnsweredAt });
        table.Property(u => u.Terms).HasMaxLength(1000);
        table.Property(u => u.AnsweredByName).HasMaxLength(200);
    }
}
