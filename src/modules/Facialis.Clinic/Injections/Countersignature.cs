using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Injections;

/// <summary>A second person's agreement to a plan that passes a hard ceiling. It holds for exactly those doses at those places, and for nothing else.</summary>
internal sealed class Countersignature : ClinicRow
{
    public const string Table = "clinic_countersignature";

    public required Guid PatientId { get; init; }

    public required Guid PlanId { get; init; }

    /// <summary>SHA-256 of the plan as the engine writes it: product, mixture, points and doses.</summary>
    public required byte[] PlanHash { get; init; }

    /// <summary>Keys of the findings that were agreed to, with blanks between.</summary>
    public required string Findings { get; init; }

    public required Guid By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Why, sealed.</summary>
    public required byte[] SealedReason { get; init; }
}

internal sealed class CountersignatureTable : IEntityTypeConfiguration<Countersignature>
{
    public void Configure(EntityTypeBuilder<Countersignature> table)
    {
        table.ToTable(Countersignature.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.Property(c => c.PlanHash).HasMaxLength(32);
        table.Property(c => c.Findings).HasMaxLength(2000);
        table.Property(c => c.ByName).HasMaxLength(Treatment.MaxNameLength);
        table.HasIndex(c => new { c.ClinicId, c.PlanId });
        table.HasIndex(c => new { c.ClinicId, c.PatientId });
    }
}
