using System.Security.Cryptography;
using System.Text.Json;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Injections;

/// <summary>Reads signed treatments, and checks what was signed whenever it is looked at.</summary>
internal sealed class ReadTreatments(FacialisDb db, DataKeys keys)
{
    internal const string Record = "record";

    /// <summary>The newest version of each treatment of a patient, newest treatment first. One query.</summary>
    public async Task<IReadOnlyList<Treatment>> LatestOf(Guid patientId, CancellationToken cancellation)
    {
        var versions = await db.Set<Treatment>().AsNoTracking().Where(t => t.PatientId == patientId).ToListAsync(cancellation);
        return [.. versions.GroupBy(t => t.TreatmentId).Select(all => all.MaxBy(t => t.Version)!).OrderByDescending(t => t.GivenAt).ThenByDescending(t => t.TreatmentId)]; // a group has a row
    }

    /// <summary>The newest treatment of each of many patients. One query.</summary>
    public async Task<IReadOnlyDictionary<Guid, Treatment>> LastOf(IReadOnlyCollection<Guid> patientIds, CancellationToken cancellation)
    {
        var all = db.Set<Treatment>().AsNoTracking().Where(t => patientIds.Contains(t.PatientId));
        var newest = await all.Where(t => !db.Set<Treatment>().Any(n =>
            n.PatientId == t.PatientId && (n.GivenAt > t.GivenAt || (n.TreatmentId == t.TreatmentId && n.Version > t.Version)))).ToListAsync(cancellation);
        return newest.GroupBy(t => t.PatientId).ToDictionary(g => g.Key, g => g.MaxBy(t => t.Id)!); // a group has a row
    }

    /// <summary>All versions of a treatment, opened and checked, oldest first; empty where there is none.</summary>
    public async Task<IReadOnlyList<CheckedTreatment>> Versions(Guid treatmentId, CancellationToken cancellation) =>
        await Check(await db.Set<Treatment>().AsNoTracking().Where(t => t.TreatmentId == treatmentId).OrderBy(t => t.Version).ToListAsync(cancellation), cancellation);

    /// <summary>Every version of every treatment of a patient, opened and checked, oldest first.</summary>
    public async Task<IReadOnlyList<CheckedTreatment>> AllOf(Guid patientId, CancellationToken cancellation) => await Check(
        await db.Set<Treatment>().AsNoTracking().Where(t => t.PatientId == patientId).OrderBy(t => t.GivenAt).ThenBy(t => t.TreatmentId).ThenBy(t => t.Version).ToListAsync(cancellation),
        cancellation);

    /// <summary>One row with what was signed, where it opens.</summary>
    public async Task<CheckedTreatment> Check(Treatment row, CancellationToken cancellation) => (await Check([row], cancellation))[0];

    /// <param name="rows">Rows of one patient.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<IReadOnlyList<CheckedTreatment>> Check(List<Treatment> rows, CancellationToken cancellation)
    {
        var cipher = rows.Count == 0 ? null : await keys.FindAsync(rows[0].PatientId, cancellation);
        return [.. rows.Select(row => Check(row, cipher))];
    }

    /// <summary>Makes the hash again over what was kept. A changed record, hash or column: not valid.</summary>
    internal static CheckedTreatment Check(Treatment row, SubjectCipher? cipher)
    {
        if (cipher is null)
        {
            return new CheckedTreatment(row, null, IsValid: false, IsErased: true);
        }

        try
        {
            var canonical = cipher.Open(Treatment.Table, row.Id, Record, row.SealedRecord);
            var record = TreatmentRecord.Parse(canonical);
            var holds = CryptographicOperations.FixedTimeEquals(TreatmentRecord.HashOf(canonical), row.Hash)
                && record.Canonical() == canonical && SaysTheSame(record, row);
            return new CheckedTreatment(row, record, holds, IsErased: false);
        }
        catch (Exception damage) when (damage is CryptographicException or JsonException)
        {
            return new CheckedTreatment(row, null, IsValid: false, IsErased: false);
        }
    }

    private static bool SaysTheSame(TreatmentRecord record, Treatment row) =>
        record.Treatment == row.TreatmentId && record.Version == row.Version && record.Patient == row.PatientId && record.Clinic == row.ClinicId
        && record.GivenAt == row.GivenAt && record.SignedAt == row.SignedAt && record.Signer.Id == row.SignedBy && record.Signer.Name == row.SignedByName
        && record.Product == row.ProductId && record.Vial.Id == row.VialId && record.Vial.Lot == row.Lot && record.Side == row.Side
        && record.TotalUnits * 100 == row.TotalHundredths && record.Points.Select(p => p.AsGiven).SequenceEqual(row.Points);
}

/// <param name="Row">As kept.</param>
/// <param name="Record">What was signed; null where it does not open or the patient was erased.</param>
/// <param name="IsValid">The hash made again is the hash kept, and the columns say what was signed.</param>
/// <param name="IsErased">The patient was erased; the record cannot be read by anybody.</param>
internal sealed record CheckedTreatment(Treatment Row, TreatmentRecord? Record, bool IsValid, bool IsErased)
{
    public string HashText => Convert.ToHexStringLower(Row.Hash);
}
