using Facialis.Clinic.Booking;
using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Patients;

/// <summary>A patient who is expected, or came, at a time: one line of a day's list.</summary>
internal sealed class Visit : ClinicRow
{
    public const int UsualMinutes = 30;

    public required Guid PatientId { get; init; }

    public Patient? Patient { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Minutes that it takes.</summary>
    public int LengthMinutes { get; init; } = UsualMinutes;

    /// <summary>The room that it has; null for a line of the day's list that books none.</summary>
    public Guid? RoomId { get; init; }

    /// <summary>The patient gets an invitation by mail, and a reminder.</summary>
    public bool IsMailed { get; init; }

    public required VisitPurpose Purpose { get; init; }

    public DateTimeOffset? ArrivedAt { get; set; }

    /// <summary>When it was taken off the list, because the patient did not come or comes another day.</summary>
    public DateTimeOffset? CancelledAt { get; set; }
}

/// <summary>What a patient comes for.</summary>
public enum VisitPurpose
{
    FirstVisit = 0,
    Treatment = 1,
    FollowUp = 2,
    Recording = 3,
}

internal static class VisitWords
{
    public static string Words(this VisitPurpose purpose) => purpose switch
    {
        VisitPurpose.FirstVisit => "First visit",
        VisitPurpose.Treatment => "Treatment",
        VisitPurpose.FollowUp => "Follow-up",
        VisitPurpose.Recording => "Recording",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
    };
}

internal sealed class VisitTable : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> table)
    {
        table.ToTable("clinic_visit");
        table.HasOne(v => v.Patient).WithMany().HasForeignKey(v => v.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Room>().WithMany().HasForeignKey(v => v.RoomId).OnDelete(DeleteBehavior.Restrict);
        table.Property(v => v.LengthMinutes).HasDefaultValue(Visit.UsualMinutes);
        table.HasIndex(v => new { v.ClinicId, v.At });
        table.HasIndex(v => new { v.ClinicId, v.PatientId });
    }
}
