using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Platform.Clinics;

/// <summary>A clinic that uses this installation.</summary>
public sealed class ClinicAccount
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>True when everything in it was made by a generator; every page then says so.</summary>
    public required bool IsDemonstration { get; init; }

    /// <summary>Minutes without a touch after which its screens lock, 1 to 60.</summary>
    public int LockMinutes { get; set; } = 5;

    /// <summary>The number that patients call; null where none is set. Their diary shows it.</summary>
    public string? Phone { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class ClinicAccountTable : IEntityTypeConfiguration<ClinicAccount>
{
    public void Configure(EntityTypeBuilder<ClinicAccount> table)
    {
        table.ToTable("platform_clinic");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.Property(c => c.Name).HasMaxLength(200);
        table.Property(c => c.Phone).HasMaxLength(40);
    }
}
