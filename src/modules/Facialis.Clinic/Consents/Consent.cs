using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Consents;

/// <summary>A consent as it was signed: text and signature under one hash. Triggers in the database refuse any change.</summary>
public sealed class Consent : ClinicRow
{
    public const string Table = "clinic_consent";

    public required Guid PatientId { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>Who was signed in when the patient signed.</summary>
    public required Guid? WitnessedBy { get; init; }

    public required string Language { get; init; }

    public required string TextVersion { get; init; }

    /// <summary>Fingerprint of the text file before the blanks were filled.</summary>
    public required string TextFingerprint { get; init; }

    /// <summary>Drawn on glass, or typed.</summary>
    public required bool IsDrawn { get; init; }

    /// <summary>SHA-256 over the canonical record: patient, time, language, version, text, signer, signature.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The canonical record itself, sealed under the patient's key.</summary>
    public required byte[] SealedRecord { get; init; }
}

/// <summary>The patient took a consent back.</summary>
internal sealed class ConsentWithdrawal : ClinicRow
{
    public required Guid PatientId { get; init; }

    public required Guid ConsentId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid? RecordedBy { get; init; }
}

internal sealed class ConsentTable : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> table)
    {
        table.ToTable(Consent.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(c => new { c.ClinicId, c.PatientId, c.SignedAt });
        table.Property(c => c.Language).HasMaxLength(20);
        table.Property(c => c.TextVersion).HasMaxLength(40);
        table.Property(c => c.TextFingerprint).HasMaxLength(16);
        table.Property(c => c.Hash).HasMaxLength(32);
    }
}

internal sealed class ConsentWithdrawalTable : IEntityTypeConfiguration<ConsentWithdrawal>
{
    public void Configure(EntityTypeBuilder<ConsentWithdrawal> table)
    {
        table.ToTable("clinic_consent_withdrawal");
        table.HasOne<Consent>().WithMany().HasForeignKey(w => w.ConsentId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(w => new { w.ClinicId, w.ConsentId }).IsUnique();
    }
}
