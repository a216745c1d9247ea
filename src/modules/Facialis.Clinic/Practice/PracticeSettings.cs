using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Practice;

/// <summary>How a clinic works: one row for each; where there is none, the values here hold.</summary>
internal sealed class PracticeSettings : ClinicRow
{
    /// <summary>ISO 4217 code of the money that costs and fees are in.</summary>
    public string Currency { get; set; } = "EUR";

    /// <summary>Id of the published population that forecasts begin with; null for the usual one of each product.</summary>
    public string? WearOffPopulation { get; set; }

    /// <summary>When a day of the week view begins, in the clinic's time zone.</summary>
    public TimeOnly OpensAt { get; set; } = new(8, 0);

    public TimeOnly ClosesAt { get; set; } = new(18, 0);

    /// <summary>Hours before a visit at which its reminder is mailed.</summary>
    public int RemindHoursBefore { get; set; } = 48;
}

internal sealed class PracticeSettingsTable : IEntityTypeConfiguration<PracticeSettings>
{
    public void Configure(EntityTypeBuilder<PracticeSettings> table)
    {
        table.ToTable("clinic_practice_settings");
        table.Property(s => s.Currency).HasMaxLength(3).IsFixedLength();
        table.Property(s => s.WearOffPopulation).HasMaxLength(60);
        table.HasIndex(s => s.ClinicId).IsUnique();
    }
}
