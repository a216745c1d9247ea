using System.Security.Cryptography;
using System.Text.Json;
using Facialis.Clinic.Charts;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Consents;

/// <summary>Takes signatures, keeps them unchanged, and checks them again whenever they are looked at.</summary>
internal sealed class ConsentBook(FacialisDb db, DataKeys keys, ChartWriter writer)
{
    private const string Record = "record";

    /// <summary>Keeps a signed consent.</summary>
    /// <returns>What is wrong, or null when it is kept.</returns>
    public async Task<string?> Sign(
        Guid id, Guid patientId, ConsentText text, string filledText, string? signerName, string? strokes, bool typedAndAgreed, CancellationToken cancellation)
    {
        var name = (signerName ?? "").Trim();
        if (name.Length is 0 or > 200)
        {
            return "The name of who signs is missing.";
        }

        var drawn = ConsentRecord.StrokesFrom(strokes);
        if (drawn is null && !typedAndAgreed)
        {
            return "Sign with a finger or pen on the field, or tick that the typed name stands as the signature.";
        }

        if (await writer.OpenAsync(patientId, cancellation) is not { } cipher)
        {
            return "There is no such patient.";
        }

        var record = new ConsentRecord(patientId, ConsentRecord.ToMillisecond(writer.Now), text.Language, text.Version, filledText, name, drawn ?? "");
        var canonical = record.Canonical();
        await writer.SaveAsync(patientId, new Consent
        {
            Id = id,
            PatientId = patientId,
            SignedAt = record.SignedAt,
            WitnessedBy = writer.Person,
            Language = text.Language,
            TextVersion = text.Version,
            TextFingerprint = text.Fingerprint,
            IsDrawn = drawn is not null,
            Hash = ConsentRecord.HashOf(canonical),
            SealedRecord = cipher.Seal(Consent.Table, id, Record, canonical),
        }, "consent", $"{text.Language} {text.Version}", cancellation);
        return null;
    }

    public async Task Withdraw(Guid id, Guid consentId, CancellationToken cancellation)
    {
        if (await db.Set<Consent>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == consentId, cancellation) is { } consent)
        {
            await writer.SaveAsync(consent.PatientId, new ConsentWithdrawal
            {
                Id = id,
                PatientId = consent.PatientId,
                ConsentId = consentId,
                At = writer.Now,
                RecordedBy = writer.Person,
            }, "consent withdrawn", null, cancellation);
        }
    }

    /// <summary>True where the newest consent stands: not withdrawn, and its hash is that of what was signed.</summary>
    public async Task<bool> HasValidAsync(Guid patientId, CancellationToken cancellation) =>
        (await ListAsync(patientId, 1, cancellation)) is [{ IsValid: true, WithdrawnAt: null }, ..];

    /// <summary>A patient's consents, opened and checked, newest first.</summary>
    public async Task<IReadOnlyList<CheckedConsent>> ListAsync(Guid patientId, int most, CancellationToken cancellation)
    {
        var rows = await Newest.ListAsync(db, patientId, most, cancellation);
        var cipher = rows.Count == 0 ? null : await keys.FindAsync(patientId, cancellation);
        return [.. rows.Select(r => Check(r.Consent, r.WithdrawnAt, cipher))];
    }

    private static readonly PreparedQuery<Guid, int, KeptConsent> Newest = new((db, patientId, most) =>
        (from consent in db.Set<Consent>().AsNoTracking().Where(c => c.PatientId == patientId)
         join withdrawal in db.Set<ConsentWithdrawal>() on consent.Id equals withdrawal.ConsentId into withdrawals
         from withdrawal in withdrawals.DefaultIfEmpty()
         orderby consent.SignedAt descending, consent.Id descending
         select new KeptConsent(consent, (DateTimeOffset?)withdrawal.At)).Take(most));

    private sealed record KeptConsent(Consent Consent, DateTimeOffset? WithdrawnAt);

    public async Task<CheckedConsent?> FindAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<Consent>().Where(c => c.Id == id).Select(c => (Guid?)c.PatientId).SingleOrDefaultAsync(cancellation) is { } patient
            ? (await ListAsync(patient, int.MaxValue, cancellation)).Single(c => c.Row.Id == id)
            : null;

    /// <summary>Makes the hash again over what was kept. Changed text, signature, hash or row: not valid.</summary>
    private static CheckedConsent Check(Consent row, DateTimeOffset? withdrawnAt, SubjectCipher? cipher)
    {
        if (cipher is null)
        {
            return new CheckedConsent(row, null, IsValid: false, withdrawnAt);
        }

        try
        {
            var canonical = cipher.Open(Consent.Table, row.Id, Record, row.SealedRecord);
            var record = ConsentRecord.Parse(canonical);
            var holds = CryptographicOperations.FixedTimeEquals(ConsentRecord.HashOf(canonical), row.Hash)
                && record.Canonical() == canonical && record.PatientId == row.PatientId && record.SignedAt == row.SignedAt
                && record.Language == row.Language && record.TextVersion == row.TextVersion && (record.Strokes.Length > 0) == row.IsDrawn;
            return new CheckedConsent(row, record, holds, withdrawnAt);
        }
        catch (Exception damage) when (damage is CryptographicException or JsonException or FormatException or KeyNotFoundException)
        {
            return new CheckedConsent(row, null, IsValid: false, withdrawnAt);
        }
    }
}

/// <param name="Row">As kept.</param>
/// <param name="Record">Opened; null where it does not open or the patient was erased.</param>
/// <param name="IsValid">The hash made again is the hash kept.</param>
/// <param name="WithdrawnAt">When it was taken back; null where it was not.</param>
public sealed record CheckedConsent(Consent Row, ConsentRecord? Record, bool IsValid, DateTimeOffset? WithdrawnAt);
