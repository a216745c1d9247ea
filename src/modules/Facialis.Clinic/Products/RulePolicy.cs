using Facialis.Platform.Clinics;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Products;

/// <summary>Where a clinic stands with its rules: one row per clinic. Its revision goes up with every confirmation, limit and region.</summary>
internal sealed class RulePolicy : ClinicRow
{
    /// <summary>Whose labels hold; none until the owner sets it, and then every region's limits hold.</summary>
    public LabelRegions Region { get; set; }

    public string? RegionSetBy { get; set; }

    public DateTimeOffset? RegionSetAt { get; set; }

    public int Revision { get; set; }
}

/// <summary>An owner's word that a rule that is not verified is the clinic's policy. Never changed; a new revision of the rule needs a new one.</summary>
internal sealed class ConfirmedRule : ClinicRow
{
    public const int MaxNameLength = 200;

    public required string RuleId { get; init; }

    public required int RuleRevision { get; init; }

    public required string ByName { get; init; }

    public required Guid ById { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A limit that the clinic set for itself. Kept when withdrawn.</summary>
internal sealed class OwnLimit : ClinicRow
{
    public const int MaxSourceLength = 400;

    public required string RuleId { get; init; }

    public required int RuleRevision { get; init; }

    public required decimal Limit { get; init; }

    public required string Source { get; init; }

    public required string ByName { get; init; }

    public required Guid ById { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnByName { get; set; }
}

internal sealed class RulePolicyTable : IEntityTypeConfiguration<RulePolicy>
{
    public void Configure(EntityTypeBuilder<RulePolicy> table)
    {
        table.ToTable("clinic_rule_policy");
        table.Property(p => p.RegionSetBy).HasMaxLength(ConfirmedRule.MaxNameLength);
        table.Property(p => p.Revision).IsConcurrencyToken();
        table.HasIndex(p => p.ClinicId).IsUnique();
    }
}

internal sealed class ConfirmedRuleTable : IEntityTypeConfiguration<ConfirmedRule>
{
    public void Configure(EntityTypeBuilder<ConfirmedRule> table)
    {
        table.ToTable("clinic_confirmed_rule");
        table.Property(c => c.RuleId).HasMaxLength(60);
        table.Property(c => c.ByName).HasMaxLength(ConfirmedRule.MaxNameLength);
        table.HasIndex(c => new { c.ClinicId, c.RuleId, c.RuleRevision }).IsUnique();
    }
}

internal sealed class OwnLimitTable : IEntityTypeConfiguration<OwnLimit>
{
    public void Configure(EntityTypeBuilder<OwnLimit> table)
    {
        table.ToTable("clinic_own_limit");
        table.Property(l => l.RuleId).HasMaxLength(60);
        table.Property(l => l.Limit).HasPrecision(12, 3);
        table.Property(l => l.Source).HasMaxLength(OwnLimit.MaxSourceLength);
        table.Property(l => l.ByName).HasMaxLength(ConfirmedRule.MaxNameLength);
        table.Property(l => l.WithdrawnByName).HasMaxLength(ConfirmedRule.MaxNameLength);
        // One limit of a rule holds at a time.
        table.HasIndex(l => new { l.ClinicId, l.RuleId }).IsUnique().HasFilter("\"WithdrawnAt\" IS NULL");
    }
}
