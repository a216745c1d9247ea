using System.Security.Cryptography;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Secrets;

/// <summary>Makes, finds and destroys the keys of subjects (patients).</summary>
public sealed class DataKeys(FacialisDb db, MasterKeys master, CurrentClinic clinic, TimeProvider clock)
{
    /// <summary>The cipher that was opened last: one request asks for the same patient's again and again. Only of a key that is kept for good.</summary>
    private (Guid Subject, SubjectCipher Cipher)? _last;

    /// <summary>Makes a key for a new subject; it is kept with the next save, in the same transaction as what it seals.</summary>
    public SubjectCipher Create(Guid subject)
    {
        var key = RandomNumberGenerator.GetBytes(MasterKeys.KeyBytes);
        var (wrappedBy, wrapped) = master.Wrap(key, Purpose(clinic.Id, subject));
        db.Add(new DataKey { Id = subject, WrappedBy = wrappedBy, Wrapped = wrapped, CreatedAt = clock.GetUtcNow() });
        return new SubjectCipher(clinic.Id, key);
    }

    /// <summary>The cipher of a subject; null where there is none, or where its key was destroyed.</summary>
    public async Task<SubjectCipher?> FindAsync(Guid subject, CancellationToken cancellation) =>
        _last is { } last && last.Subject == subject && last.Cipher.Clinic == clinic.Id ? last.Cipher
        : await db.Set<DataKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == subject, cancellation) is { } key ? Open(key) : null;

    /// <summary>The cipher of a subject that must have one: a key is made where there is none yet. Not for an erased subject.</summary>
    public async Task<SubjectCipher> FindOrCreateAsync(Guid subject, CancellationToken cancellation) =>
        await FindAsync(subject, cancellation) ?? Create(subject);

    /// <summary>The ciphers of many subjects with one query. Subjects without a key are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, SubjectCipher>> FindAsync(IReadOnlyCollection<Guid> subjects, CancellationToken cancellation) =>
        subjects.Count == 0
            ? new Dictionary<Guid, SubjectCipher>()
            : await db.Set<DataKey>().AsNoTracking().Where(k => subjects.Contains(k.Id)).ToDictionaryAsync(k => k.Id, Open, cancellation);

    /// <summary>The cipher of a key row that a query brought along.</summary>
    public SubjectCipher Open(DataKey key)
    {
        var cipher = new SubjectCipher(key.ClinicId, master.Unwrap(new WrappedKey(key.WrappedBy, key.Wrapped), Purpose(key.ClinicId, key.Id)));
        _last = db.Database.CurrentTransaction is null ? (key.Id, cipher) : null; // what a transaction made may yet go back
        return cipher;
    }

    /// <summary>Destroys the key of a subject. What it sealed stays where it is and can never be read again.</summary>
    public Task<int> DestroyAsync(Guid subject, CancellationToken cancellation)
    {
        _last = null;
        return db.Set<DataKey>().Where(k => k.Id == subject).ExecuteDeleteAsync(cancellation);
    }

    internal static string Purpose(Guid clinic, Guid subject) => $"facialis/data-key/1|{clinic:D}|{subject:D}";
}
