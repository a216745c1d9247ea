using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Booking;

/// <summary>A room, or a chair, that one visit at a time can have.</summary>
internal sealed class Room : ClinicRow
{
    public const int MaxNameLength = 60;

    public required string Name { get; set; }

    /// <summary>When it was taken out of use; what was booked stays.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>Some minutes of a room that a visit has. The key lets no second visit have them, whoever asks at the same time.</summary>
internal sealed class BookedSlot : IBelongToClinic
{
    /// <summary>Length of a slot, minutes; visits begin and last in whole slots.</summary>
    public const int Minutes = 5;

    public Guid ClinicId { get; private set; }

    public required Guid RoomId { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required Guid VisitId { get; init; }
}

internal sealed class RoomTable : IEntityTypeConfiguration<Room>
{
    public void Configure(EntityTypeBuilder<Room> table)
    {
        table.ToTable("clinic_room");
        table.Property(r => r.Name).HasMaxLength(Room.MaxNameLength);
        table.HasIndex(r => new { r.ClinicId, r.Name }).IsUnique();
    }
}

internal sealed class BookedSlotTable : IEntityTypeConfiguration<BookedSlot>
{
    public void Configure(EntityTypeBuilder<BookedSlot> table)
    {
        table.ToTable("clinic_booked_slot");
        table.HasKey(s => new { s.RoomId, s.StartsAt });
        table.HasOne<Room>().WithMany().HasForeignKey(s => s.RoomId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Patients.Visit>().WithMany().HasForeignKey(s => s.VisitId).OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(s => new { s.ClinicId, s.VisitId });
    }
}
