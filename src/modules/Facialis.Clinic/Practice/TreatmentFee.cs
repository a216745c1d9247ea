using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Practice;

/// <summary>What a treatment brought in. One for each treatment; changed while nobody has told the books, since it is no part of what was signed.</summary>
internal sealed class TreatmentFee : ClinicRow
{
    /// <summary>The treatment, whatever its version.</summary>
    public required Guid TreatmentId { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>In the clinic's currency, to the cent.</summary>
    public required decimal Amount { get; set; }

    public required DateTimeOffset NotedAt { get; set; }

    public required string NotedByName { get; set; }
}

internal sealed class TreatmentFeeTable : IEntityTypeConfiguration<TreatmentFee>
{
    public void Configure(EntityTypeBuilder<TreatmentFee> table)
    {
        table.ToTable("clinic_treatment_fee");
        table.HasOne<Patient>().WithMany().HasForeignKey(f => f.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.Property(f => f.Amount).HasPrecision(12, 2);
        table.Property(f => f.NotedByName).HasMaxLength(200);
        table.HasIndex(f => new { f.ClinicId, f.TreatmentId }).IsUnique();
        table.HasIndex(f => new { f.ClinicId, f.PatientId });
    }
}
