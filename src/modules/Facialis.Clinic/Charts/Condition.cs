using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Charts;

/// <summary>What a patient has, as recorded at one time. A change is a new row; the newest holds, the older ones tell the history.</summary>
internal sealed class Condition : ClinicRow
{
    public const string Table = "clinic_condition";

    public required Guid PatientId { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required Guid? RecordedBy { get; init; }

    public required ConditionKind Kind { get; init; }

    public required ConditionSide Side { get; init; }

    public required ConditionCause Cause { get; init; }

    public required ConditionForm Form { get; init; }

    /// <summary>Year it began; null where not known.</summary>
    public required int? OnsetYear { get; init; }

    /// <summary>Month it began, 1 to 12; null where not known.</summary>
    public required int? OnsetMonth { get; init; }

    /// <summary>Age at onset in years, kept so that it can be counted when the birth date is erased; null where not known.</summary>
    public required int? OnsetAge { get; init; }

    public required string CodeSystem { get; init; }

    public required string Code { get; init; }

    public required Known MriDone { get; init; }

    /// <summary>Sealed: what the diagnosis rests on, and the side in the clinician's own words.</summary>
    public required byte[] SealedBasis { get; init; }
}

/// <summary>One filled-in checklist of mimics and red flags.</summary>
internal sealed class Checklist : ClinicRow
{
    public required Guid PatientId { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }

    public required Guid? AnsweredBy { get; init; }

    /// <summary>Version of the facts that were asked.</summary>
    public required string FactsVersion { get; init; }

    /// <summary>JSON: id of the question to yes, no or unknown.</summary>
    public required string Answers { get; init; }
}

/// <summary>Somebody looked at red flags and says, by name and with a reason, why the routine path may go on.</summary>
internal sealed class RedFlagAcknowledgement : ClinicRow
{
    public const string Table = "clinic_red_flag_acknowledgement";

    public required Guid PatientId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid? By { get; init; }

    /// <summary>Name of the person who answers for it.</summary>
    public required string ByName { get; init; }

    /// <summary>Ids of the flags, separated by blanks.</summary>
    public required string Flags { get; init; }

    /// <summary>The reason, sealed: it may tell of the patient.</summary>
    public required byte[] SealedReason { get; init; }
}

/// <summary>A treatment before this chart began, or at another clinic, as far as known.</summary>
internal sealed class PastTreatment : ClinicRow
{
    public const string Table = "clinic_past_treatment";

    public required Guid PatientId { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required Guid? RecordedBy { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>Id of the product; null where not known.</summary>
    public required string? ProductId { get; init; }

    /// <summary>Units of that product in all; null where not known.</summary>
    public required decimal? Units { get; init; }

    /// <summary>Best improvement, percent; null where not recorded.</summary>
    public required int? BestPercent { get; init; }

    /// <summary>Weeks for which it worked; null where not recorded.</summary>
    public required int? WeeksOfEffect { get; init; }

    public required Known HadSideEffects { get; init; }

    /// <summary>Sealed: which side effects, and where it was given.</summary>
    public required byte[] SealedRemarks { get; init; }
}

internal sealed class ConditionTable : IEntityTypeConfiguration<Condition>
{
    public void Configure(EntityTypeBuilder<Condition> table)
    {
        table.ToTable(Condition.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(c => new { c.ClinicId, c.PatientId, c.RecordedAt });
        table.Property(c => c.CodeSystem).HasMaxLength(20);
        table.Property(c => c.Code).HasMaxLength(20);
    }
}

internal sealed class ChecklistTable : IEntityTypeConfiguration<Checklist>
{
    public void Configure(EntityTypeBuilder<Checklist> table)
    {
        table.ToTable("clinic_checklist");
        table.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(c => new { c.ClinicId, c.PatientId, c.AnsweredAt });
        table.Property(c => c.FactsVersion).HasMaxLength(40);
        table.Property(c => c.Answers).HasMaxLength(8000);
    }
}

internal sealed class RedFlagAcknowledgementTable : IEntityTypeConfiguration<RedFlagAcknowledgement>
{
    public void Configure(EntityTypeBuilder<RedFlagAcknowledgement> table)
    {
        table.ToTable(RedFlagAcknowledgement.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(a => new { a.ClinicId, a.PatientId, a.At });
        table.Property(a => a.ByName).HasMaxLength(200);
        table.Property(a => a.Flags).HasMaxLength(2000);
    }
}

internal sealed class PastTreatmentTable : IEntityTypeConfiguration<PastTreatment>
{
    public void Configure(EntityTypeBuilder<PastTreatment> table)
    {
        table.ToTable(PastTreatment.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(t => t.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(t => new { t.ClinicId, t.PatientId, t.Day });
        table.Property(t => t.ProductId).HasMaxLength(60);
        table.Property(t => t.Units).HasPrecision(9, 2);
    }
}
