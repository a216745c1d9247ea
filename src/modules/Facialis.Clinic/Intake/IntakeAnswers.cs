using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Intake;

/// <summary>The health questions as answered at one time, before one treatment. Never changed: asking again is a new row.</summary>
internal sealed class IntakeAnswers : ClinicRow
{
    public const string Table = "clinic_intake";

    public required Guid PatientId { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }

    public required Guid? AnsweredBy { get; init; }

    /// <summary>Version of the rules that the answers were asked for.</summary>
    public required string CatalogueVersion { get; init; }

    /// <summary>JSON: health question to yes, no or unknown.</summary>
    public required string Answers { get; init; }

    /// <summary>Remarks to the answers, sealed.</summary>
    public required byte[] SealedRemarks { get; init; }

    /// <summary>The treatment that they were given for; null until it is signed. Answers serve one treatment only.</summary>
    public Guid? TreatmentId { get; set; }
}

internal sealed class IntakeAnswersTable : IEntityTypeConfiguration<IntakeAnswers>
{
    public void Configure(EntityTypeBuilder<IntakeAnswers> table)
    {
        table.ToTable(IntakeAnswers.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(i => i.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(i => new { i.ClinicId, i.PatientId, i.AnsweredAt });
        table.Property(i => i.CatalogueVersion).HasMaxLength(40);
        table.Property(i => i.Answers).HasMaxLength(4000);
        table.Property(i => i.TreatmentId).IsConcurrencyToken();
    }
}
