using System.Text.RegularExpressions;
using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Clinic.Patients;

/// <summary>A patient: a chart code in the open, and who that is under the patient's own key.</summary>
internal sealed partial class Patient : ClinicRow
{
    public const int MaxCodeLength = 40;

    /// <summary>Pseudonym that the clinic chose, for example "P-0012"; unique within the clinic.</summary>
    public required string Code { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody last worked on the chart: the order of the list.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Made by a generator; no such person exists.</summary>
    public bool IsDemonstration { get; init; }

    /// <summary>The sealed <see cref="Person"/>; null while only the code is known, and after erasing.</summary>
    public byte[]? SealedPerson { get; set; }

    /// <summary>Goes up with every change of the person, so that two who edit at once are told.</summary>
    public int Revision { get; set; }

    /// <summary>When the person was erased: the key is destroyed, and only what must stay countable is left.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>The code as it is kept: without blanks around it, in capitals. Null when it is not a chart code.</summary>
    public static string? CodeFrom(string? typed)
    {
        var code = typed?.Trim().ToUpperInvariant() ?? "";
        return ChartCode().IsMatch(code) ? code : null;
    }

    // Letters, digits and separators: enough for every chart numbering, too little for a sentence about a person.
    [GeneratedRegex(@"^[A-Z0-9](?:[A-Z0-9._/-]{0,38}[A-Z0-9])?$")]
    private static partial Regex ChartCode();
}

internal sealed class PatientTable : IEntityTypeConfiguration<Patient>
{
    public void Configure(EntityTypeBuilder<Patient> table)
    {
        table.ToTable("clinic_patient");
        table.Property(p => p.Code).HasMaxLength(Patient.MaxCodeLength);
        table.Property(p => p.Revision).IsConcurrencyToken();
        table.HasIndex(p => new { p.ClinicId, p.Code }).IsUnique();
        table.HasIndex(p => new { p.ClinicId, p.ChangedAt });
    }
}
