using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.FollowUps.Diary;

/// <summary>A private link by which a patient writes a diary without an account. Only the hash of its token is kept.</summary>
/// <remarks>It is found before anybody is signed in, so its row-level security is open while no clinic is entered (see the migration Diary).</remarks>
internal sealed class DiaryLink : ClinicRow
{
    public const string Table = "clinic_diary_link";

    public required Guid PatientId { get; init; }

    /// <summary>Of the token, as <see cref="SignInLink.Hash"/> makes it.</summary>
    public required string TokenHash { get; init; }

    /// <summary>Language that it opens in, for example "de".</summary>
    public required string Language { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedByName { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Last time that something was sent through it; null while nothing was.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class DiaryLinkTable : IEntityTypeConfiguration<DiaryLink>
{
    public void Configure(EntityTypeBuilder<DiaryLink> table)
    {
        table.ToTable(DiaryLink.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(l => l.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.Property(l => l.TokenHash).HasMaxLength(64).IsFixedLength();
        table.HasIndex(l => l.TokenHash).IsUnique();
        table.HasIndex(l => new { l.ClinicId, l.PatientId });
        table.Property(l => l.Language).HasMaxLength(10);
        table.Property(l => l.CreatedByName).HasMaxLength(200);
    }
}
