using System.Text.Json;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Scales;

/// <summary>One scale filled in at one time. Never changed.</summary>
internal sealed class ScaleScore : ClinicRow
{
    public required Guid PatientId { get; init; }

    public required string ScaleId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid? RecordedBy { get; init; }

    /// <summary>JSON: id of the item to its value.</summary>
    public required string Items { get; init; }

    public required int Total { get; init; }

    /// <summary>The recording from which an item was proposed; null where a person alone judged.</summary>
    public required Guid? RecordingId { get; init; }
}

/// <summary>Keeps and reads filled-in scales.</summary>
internal sealed class ScaleScores(FacialisDb db, ChartWriter writer)
{
    /// <returns>What is wrong, or null when it is kept.</returns>
    public async Task<string?> Record(Guid id, Guid patientId, Scale scale, IReadOnlyDictionary<string, int> values, Guid? recordingId, CancellationToken cancellation)
    {
        if (scale.Score(values) is not { } total)
        {
            return "Every item needs an answer within its range.";
        }

        if (await writer.OpenAsync(patientId, cancellation) is null)
        {
            return "There is no such patient.";
        }

        if (recordingId is { } recording && !await db.Set<Measurements.Recording>().AnyAsync(r => r.Id == recording && r.PatientId == patientId, cancellation))
        {
            return "That recording is not one of this patient.";
        }

        await writer.SaveAsync(patientId, new ScaleScore
        {
            Id = id,
            PatientId = patientId,
            ScaleId = scale.Id,
            At = writer.Now,
            RecordedBy = writer.Person,
            Items = JsonSerializer.Serialize(values),
            Total = total,
            RecordingId = recordingId,
        }, "scale", scale.Id, cancellation);
        return null;
    }

    /// <summary>A score of an earlier day, for the demonstration.</summary>
    /// <exception cref="ArgumentException">The values do not fit the scale.</exception>
    internal static ScaleScore Row(Guid id, Guid patientId, Scale scale, IReadOnlyDictionary<string, int> values, DateTimeOffset at) => new()
    {
        Id = id,
        PatientId = patientId,
        ScaleId = scale.Id,
        At = at,
        RecordedBy = null,
        Items = JsonSerializer.Serialize(values),
        Total = scale.Score(values) ?? throw new ArgumentException($"These values do not fit {scale.Name}.", nameof(values)),
        RecordingId = null,
    };

    /// <summary>All scores of a patient, oldest first.</summary>
    public async Task<IReadOnlyList<ScaleScore>> Of(Guid patientId, CancellationToken cancellation) =>
        await db.Set<ScaleScore>().AsNoTracking().Where(s => s.PatientId == patientId).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync(cancellation);
}

internal sealed class ScaleScoreTable : IEntityTypeConfiguration<ScaleScore>
{
    public void Configure(EntityTypeBuilder<ScaleScore> table)
    {
        table.ToTable("clinic_scale_score");
        table.HasOne<Patient>().WithMany().HasForeignKey(s => s.PatientId).OnDelete(DeleteBehavior.Restrict);
        table.HasIndex(s => new { s.ClinicId, s.PatientId, s.At });
        table.Property(s => s.ScaleId).HasMaxLength(40);
        table.Property(s => s.Items).HasMaxLength(2000);
    }
}
