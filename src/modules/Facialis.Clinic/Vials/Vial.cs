using Facialis.Platform.Clinics;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Vials;

/// <summary>One vial from its arrival to its end. What was drawn, wasted and thrown away never comes to more than it held.</summary>
/// <remarks>Amounts are whole hundredths of a unit of the vial's own product, so that both databases add and compare them exactly.</remarks>
internal sealed class Vial : ClinicRow
{
    public const int MaxLotLength = 40;
    public const int MaxNameLength = 200;

    public required string ProductId { get; init; }

    public required long NominalHundredths { get; init; }

    public required string Lot { get; init; }

    /// <summary>Last day of use of the lot.</summary>
    public required DateOnly LotExpires { get; init; }

    public string? Serial { get; init; }

    /// <summary>Trade item number of the box, 14 digits.</summary>
    public string? Gtin { get; init; }

    /// <summary>What it cost, in the clinic's currency; null where not said.</summary>
    public decimal? Cost { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string ReceivedByName { get; init; }

    public decimal? DiluentMl { get; set; }

    /// <summary>Lot of the saline.</summary>
    public string? DiluentLot { get; set; }

    public DateTimeOffset? MixedAt { get; set; }

    public string? MixedByName { get; set; }

    /// <summary>Last moment of use, from the product's rule when it was mixed; null where no rule says.</summary>
    public DateTimeOffset? UsableUntil { get; set; }

    public long DrawnHundredths { get; set; }

    public long WastedHundredths { get; set; }

    public long DiscardedHundredths { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedByName { get; set; }

    public bool IsDemonstration { get; init; }

    public ToxinProduct Product => ToxinCatalogue.Current.Product(ProductId);

    public Dose Nominal => InProduct(NominalHundredths);

    public Dose Left => InProduct(NominalHundredths - DrawnHundredths - WastedHundredths - DiscardedHundredths);

    public Dose Drawn => InProduct(DrawnHundredths);

    public Dose Wasted => InProduct(WastedHundredths);

    public Dose Discarded => InProduct(DiscardedHundredths);

    public Concentration? Strength => DiluentMl is { } diluent ? new Concentration(Nominal, new Millilitres(diluent)) : null;

    public static long Hundredths(Units units) => (long)(units.Number * 100);

    public Dose InProduct(long hundredths) => new(Product, hundredths / 100m);
}

/// <summary>What happened to some of a vial. Added once, never changed.</summary>
internal sealed class VialMovement : ClinicRow
{
    public const int MaxReasonLength = 200;

    public required Guid VialId { get; init; }

    public Vial? Vial { get; init; }

    public required VialMovementKind Kind { get; init; }

    public required long Hundredths { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ByName { get; init; }

    /// <summary>The treatment, patient and point that a draw is for.</summary>
    public Guid? TreatmentId { get; init; }

    public Guid? PatientId { get; init; }

    public Guid? PointId { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Where some of a vial went.</summary>
internal enum VialMovementKind
{
    /// <summary>Into a patient.</summary>
    Drawn = 0,

    /// <summary>Lost on the way: spilled, left in a syringe.</summary>
    Wasted = 1,

    /// <summary>Thrown away when the vial was closed out.</summary>
    Discarded = 2,

    /// <summary>Back into the books: an amended treatment says that this did not go into the patient after all.</summary>
    Returned = 3,

    /// <summary>Back into the books of a closed vial: an amended treatment says that less of it was thrown away.</summary>
    LessDiscarded = 4,
}

internal sealed class VialTable : IEntityTypeConfiguration<Vial>
{
    public void Configure(EntityTypeBuilder<Vial> table)
    {
        // The database says it too: nothing takes more than the vial holds.
        table.ToTable("clinic_vial", t => t.HasCheckConstraint(
            "CK_clinic_vial_holds",
            """
            "DrawnHundredths" >= 0 AND "WastedHundredths" >= 0 AND "DiscardedHundredths" >= 0
            AND "DrawnHundredths" + "WastedHundredths" + "DiscardedHundredths" <= "NominalHundredths"
            """));
        table.Property(v => v.ProductId).HasMaxLength(60);
        table.Property(v => v.Lot).HasMaxLength(Vial.MaxLotLength);
        table.Property(v => v.Serial).HasMaxLength(Vial.MaxLotLength);
        table.Property(v => v.Gtin).HasMaxLength(14);
        table.Property(v => v.DiluentLot).HasMaxLength(Vial.MaxLotLength);
        table.Property(v => v.Cost).HasPrecision(12, 2);
        table.Property(v => v.DiluentMl).HasPrecision(6, 3);
        table.Property(v => v.ReceivedByName).HasMaxLength(Vial.MaxNameLength);
        table.Property(v => v.MixedByName).HasMaxLength(Vial.MaxNameLength);
        table.Property(v => v.ClosedByName).HasMaxLength(Vial.MaxNameLength);
        table.HasIndex(v => new { v.ClinicId, v.ClosedAt, v.LotExpires });
        table.HasIndex(v => new { v.ClinicId, v.Lot });
    }
}

internal sealed class VialMovementTable : IEntityTypeConfiguration<VialMovement>
{
    public void Configure(EntityTypeBuilder<VialMovement> table)
    {
        table.ToTable("clinic_vial_movement", t => t.HasCheckConstraint("CK_clinic_vial_movement_some", "\"Hundredths\" > 0"));
        table.HasOne(m => m.Vial).WithMany().HasForeignKey(m => m.VialId).OnDelete(DeleteBehavior.Restrict);
        table.Property(m => m.ByName).HasMaxLength(Vial.MaxNameLength);
        table.Property(m => m.Reason).HasMaxLength(VialMovement.MaxReasonLength);
        table.HasIndex(m => new { m.ClinicId, m.VialId });
        table.HasIndex(m => new { m.ClinicId, m.TreatmentId });
    }
}
