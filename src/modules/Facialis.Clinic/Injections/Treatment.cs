using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Platform.Clinics;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Injections;

/// <summary>One signed version of a treatment. Added once; triggers in the database refuse any change. Amending adds a version.</summary>
/// <remarks>
/// The columns hold figures only, so that they stay countable after a patient was erased; what was signed as a whole is sealed under the
/// patient's key, and the hash is over that.
/// </remarks>
internal sealed class Treatment : ClinicRow
{
    public const string Table = "clinic_treatment";
    public const int MaxNameLength = 200;

    /// <summary>The same for all versions; the first version has it as its own id too.</summary>
    public required Guid TreatmentId { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>The plan that it was done from; null where none was kept.</summary>
    public Guid? PlanId { get; init; }

    /// <summary>When it was injected.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    public required Guid? SignedBy { get; init; }

    public required string SignedByName { get; init; }

    /// <summary>The side that was to be treated, the patient's own; null for both.</summary>
    public Side? Side { get; init; }

    public required string ProductId { get; init; }

    /// <summary>The vial; null only for what was given before this program kept vials.</summary>
    public Guid? VialId { get; init; }

    public required string Lot { get; init; }

    /// <summary>Hundredths of a unit of the product in all.</summary>
    public required long TotalHundredths { get; init; }

    /// <summary>What went in, point by point, in the order of the numbers on the map.</summary>
    public required IReadOnlyList<GivenPoint> Points { get; init; }

    /// <summary>SHA-256 over the canonical record.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The canonical record itself, sealed under the patient's key.</summary>
    public required byte[] SealedRecord { get; init; }

    public bool IsDemonstration { get; init; }
}

/// <summary>One injection as it was given.</summary>
/// <param name="Id">Id of the planned point.</param>
/// <param name="SiteId">Injection site.</param>
/// <param name="Side">The patient's own side.</param>
/// <param name="LateralIpd">Distance from the midline, IPD.</param>
/// <param name="DownIpd">Distance below the pupils, IPD.</param>
/// <param name="Depth">How deep.</param>
/// <param name="Units">Units of the treatment's product that went in.</param>
/// <param name="PlannedUnits">Units that were planned.</param>
public sealed record GivenPoint(
    Guid Id, string SiteId, Side Side, decimal LateralIpd, decimal DownIpd, NeedleDepth Depth, decimal Units, decimal PlannedUnits)
{
    /// <summary>As a point of a plan, for the map.</summary>
    [JsonIgnore]
    public PlanPoint AsPlanned => new(Id, SiteId, Side, LateralIpd, DownIpd, Depth, Units);
}

internal sealed partial class TreatmentTable : IEntityTypeConfiguration<Treatment>
{
    public void Configure(EntityTypeBuilder<Treatment> table)
    {
        table.ToTable(Treatment.Table);
        table.HasOne<Patient>().WithMany().HasForeignKey(t => t.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.Property(t => t.SignedByName).HasMaxLength(Treatment.MaxNameLength);
        table.Property(t => t.ProductId).HasMaxLength(60);
        table.Property(t => t.Lot).HasMaxLength(Vials.Vial.MaxLotLength);
        table.Property(t => t.Hash).HasMaxLength(32);
        table.Property(t => t.Points).HasConversion(points => Write(points), text => Read(text), new ValueComparer<IReadOnlyList<GivenPoint>>(
            (one, other) => ReferenceEquals(one, other), points => points.Count, points => points)); // a row never changes
        // Two who sign the next version at once: one of them.
        table.HasIndex(t => new { t.ClinicId, t.TreatmentId, t.Version }).IsUnique();
        table.HasIndex(t => new { t.ClinicId, t.PatientId, t.GivenAt });
        table.HasIndex(t => new { t.ClinicId, t.VialId });
    }

    internal static string Write(IReadOnlyList<GivenPoint> points) => JsonSerializer.Serialize([.. points], PointJson.Default.GivenPointArray);

    private static GivenPoint[] Read(string text) => JsonSerializer.Deserialize(text, PointJson.Default.GivenPointArray) ?? [];

    [JsonSerializable(typeof(GivenPoint[]))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    private sealed partial class PointJson : JsonSerializerContext;
}
