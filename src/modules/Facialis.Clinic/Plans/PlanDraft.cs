using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Anatomy;
using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Plans;

/// <summary>What is intended for one patient's next treatment. Edited freely until it is closed by signing what was done; then it stays as it was.</summary>
internal sealed class PlanDraft : ClinicRow
{
    public required Guid PatientId { get; init; }

    public Patient? Patient { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Goes up with every saved change, so that two who edit at once are told.</summary>
    public int Revision { get; set; }

    /// <summary>Id of the last saved change, made by the client: the same change sent again is already saved.</summary>
    public Guid LastChangeId { get; set; }

    public PlanState State { get; set; }

    /// <summary>When the treatment was given; null while open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Version of the face atlas that the points were placed on.</summary>
    public required string AtlasVersion { get; set; }

    /// <summary>Version of products and dose rules under which it was drafted.</summary>
    public required string RulesVersion { get; set; }

    /// <summary>The side that is to be treated; null while nobody has said it.</summary>
    public Side? Side { get; set; }

    /// <summary>Product, an id of the catalogue; null while none is chosen.</summary>
    public string? ProductId { get; set; }

    /// <summary>Units of that product in the vial; null while not chosen.</summary>
    public decimal? VialUnits { get; set; }

    /// <summary>Diluent in the vial, mL; null while not chosen.</summary>
    public decimal? DiluentMl { get; set; }

    /// <summary>The points, in the order in which they were placed. Replaced as a whole.</summary>
    public IReadOnlyList<PlanPoint> Points { get; set; } = [];

    /// <summary>The plan that this one repeats; null where it began empty.</summary>
    public Guid? CopiedFromId { get; init; }

    /// <summary>Which differences from the repeated plan somebody has looked at, as <see cref="CopyDifference.Key"/>.</summary>
    public IReadOnlyList<string> LookedAt { get; set; } = [];

    public bool IsDemonstration { get; init; }
}

/// <summary>Where a plan stands.</summary>
public enum PlanState
{
    /// <summary>Being drafted.</summary>
    Open = 0,

    /// <summary>What was done was signed; the plan stays as it was.</summary>
    Closed = 1,
}

internal sealed partial class PlanDraftTable : IEntityTypeConfiguration<PlanDraft>
{
    public void Configure(EntityTypeBuilder<PlanDraft> table)
    {
        table.ToTable("clinic_plan");
        table.HasOne(p => p.Patient).WithMany().HasForeignKey(p => p.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.Property(p => p.Revision).IsConcurrencyToken();
        table.Property(p => p.AtlasVersion).HasMaxLength(20);
        table.Property(p => p.RulesVersion).HasMaxLength(40);
        table.Property(p => p.ProductId).HasMaxLength(60);
        table.Property(p => p.VialUnits).HasPrecision(9, 2);
        table.Property(p => p.DiluentMl).HasPrecision(6, 3);
        table.Property(p => p.Points).HasConversion(points => Write(points), text => ReadPoints(text), Compared<PlanPoint>());
        table.Property(p => p.LookedAt).HasConversion(keys => WriteKeys(keys), text => ReadKeys(text), Compared<string>());
        // Two tablets that begin a plan at once: the second is told of the first.
        table.HasIndex(p => new { p.ClinicId, p.PatientId }).IsUnique().HasFilter("\"State\" = 0");
        table.HasIndex(p => new { p.ClinicId, p.PatientId, p.ClosedAt });
    }

    private static string Write(IReadOnlyList<PlanPoint> points) => JsonSerializer.Serialize([.. points], PlanJson.Default.PlanPointArray);

    private static PlanPoint[] ReadPoints(string text) => JsonSerializer.Deserialize(text, PlanJson.Default.PlanPointArray) ?? [];

    private static string WriteKeys(IReadOnlyList<string> keys) => JsonSerializer.Serialize([.. keys], PlanJson.Default.StringArray);

    private static string[] ReadKeys(string text) => JsonSerializer.Deserialize(text, PlanJson.Default.StringArray) ?? [];

    private static ValueComparer<IReadOnlyList<T>> Compared<T>() => new(
        (first, second) => first == second || (first != null && second != null && first.SequenceEqual(second)),
        list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
        list => list);

    [JsonSerializable(typeof(PlanPoint[]))]
    [JsonSerializable(typeof(string[]))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    private sealed partial class PlanJson : JsonSerializerContext;
}
