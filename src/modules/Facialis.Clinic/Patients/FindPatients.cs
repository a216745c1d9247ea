using System.Globalization;
using System.Security.Cryptography;
using Facialis.Clinic.Measurements;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Facialis.Clinic.Patients;

/// <summary>Reads patients for lists and searches, each with one query for any number of rows.</summary>
internal sealed partial class FindPatients(FacialisDb db, DataKeys keys, SearchIndex index, AuditTrail audit, ClinicTime time, TimeProvider clock, ILogger<FindPatients> log)
{
    public const int MostFound = 20;
    public const int MaxSearchLength = 100;

    /// <summary>A page of patients, whoever was worked on last first. Erased ones are left out.</summary>
    public async Task<PatientPage> Page(int page, int pageSize, CancellationToken cancellation)
    {
        var all = db.Set<Patient>().AsNoTracking().Where(p => p.ErasedAt == null);
        var total = await all.CountAsync(cancellation);
        await audit.NoteReadAsync("list of patients", null, null, cancellation);
        var rows = await Rows(all.OrderByDescending(p => p.ChangedAt).ThenBy(p => p.Code).Skip((page - 1) * pageSize).Take(pageSize)).ToListAsync(cancellation);
        return new PatientPage([.. rows.Select(Line)], page, pageSize, total);
    }

    /// <summary>Who is on the list of the clinic's day that a moment falls on, in the order of the day.</summary>
    public async Task<IReadOnlyList<TodayLine>> Today(CancellationToken cancellation)
    {
        var day = time.DayOf(clock.GetUtcNow());
        var (from, before) = (time.At(day), time.At(day.AddDays(1)));
        var visits = await db.Set<Visit>().AsNoTracking()
            .Where(v => v.At >= from && v.At < before && v.CancelledAt == null).OrderBy(v => v.At).ThenBy(v => v.Id).ToListAsync(cancellation);
        var lines = await Lines([.. visits.Select(v => v.PatientId).Distinct()], cancellation);
        return [.. visits.Where(v => lines.ContainsKey(v.PatientId)).Select(v => new TodayLine(v.Id, v.At, v.Purpose, v.ArrivedAt, lines[v.PatientId]))];
    }

    /// <summary>Finds by words of the name or their beginnings, by chart code, by birth date or by phone number; at most <see cref="MostFound"/>.</summary>
    public async Task<IReadOnlyList<PatientLine>> Search(string? typed, CancellationToken cancellation)
    {
        var text = (typed ?? "").Trim();
        if (text.Length is < PatientWords.ShortestBeginning or > MaxSearchLength)
        {
            return [];
        }

        var (code, tokens) = (text.ToUpperInvariant(), PatientWords.Asked(text, index));
        var (asked, count) = (tokens.ToList(), tokens.Count);
        var named = db.Set<PatientWord>().Where(w => asked.Contains(w.Token)).GroupBy(w => w.PatientId).Where(g => g.Count() == count).Select(g => g.Key);
        var found = db.Set<Patient>().AsNoTracking()
            .Where(p => p.ErasedAt == null && (p.Code.StartsWith(code) || (count > 0 && named.Contains(p.Id))))
            .OrderByDescending(p => p.ChangedAt).Take(4 * MostFound); // some may share a token by chance and fall out below
        var answers = (await Rows(found).ToListAsync(cancellation)).Select(Line)
            .Where(l => l.Code.StartsWith(code, StringComparison.Ordinal) || PatientWords.Answers(l.Person, text))
            .OrderBy(l => l.Person.Name is { Length: > 0 } name ? name : l.Code, StringComparer.InvariantCultureIgnoreCase).Take(MostFound).ToList();
        if (answers.Count > 0)
        {
            await audit.NoteNowAsync(AuditAction.Read, "search for patients", null, null, string.Create(CultureInfo.InvariantCulture, $"{answers.Count} found"), cancellation);
        }

        return answers;
    }

    /// <summary>One patient; null where there is none.</summary>
    public async Task<PatientLine?> Find(Guid id, CancellationToken cancellation) =>
        await Rows(db.Set<Patient>().AsNoTracking().Where(p => p.Id == id)).SingleOrDefaultAsync(cancellation) is { } row ? Line(row) : null;

    /// <summary>Those of some patients who are there and not erased, by id. One query.</summary>
    public async Task<IReadOnlyDictionary<Guid, PatientLine>> Lines(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        (await Rows(db.Set<Patient>().AsNoTracking().Where(p => ids.Contains(p.Id) && p.ErasedAt == null)).ToListAsync(cancellation)).Select(Line).ToDictionary(l => l.Id);

    private IQueryable<Row> Rows(IQueryable<Patient> patients) =>
        from patient in patients
        join key in db.Set<DataKey>() on patient.Id equals key.Id into found
        from key in found.DefaultIfEmpty()
        select new Row(patient, key, db.Set<Recording>().Count(r => r.PatientId == patient.Id));

    private PatientLine Line(Row row) => Line(row.Patient, row.Key, row.Recordings);

    /// <summary>The line of a patient whose row and key a query brought along.</summary>
    internal PatientLine Line(Patient patient, DataKey? key, int recordings)
    {
        var (person, damaged) = (Person.Nobody, false);
        if (patient.SealedPerson is { } seal)
        {
            try
            {
                person = key is null ? throw new CryptographicException("The key is missing.") : Person.Open(keys.Open(key), patient.Id, seal);
            }
            catch (Exception failure) when (failure is CryptographicException or WrongMasterKeyException)
            {
                // One damaged row must not take the list away from everyone else's patients.
                (person, damaged) = (Person.Nobody, true);
                Unreadable(log, patient.Id, failure);
            }
        }

        return new PatientLine(patient.Id, patient.Code, person, damaged, patient.IsDemonstration, patient.ErasedAt, patient.Revision, recordings);
    }

    [LoggerMessage(LogLevel.Error, "The sealed person of patient {PatientId} does not open")]
    private static partial void Unreadable(ILogger log, Guid patientId, Exception failure);

    private sealed record Row(Patient Patient, DataKey? Key, int Recordings);
}

/// <summary>What a list shows of a patient.</summary>
/// <param name="Person">Opened; <see cref="Person.Nobody"/> where only the code is known.</param>
/// <param name="Damaged">True: there is a sealed person that does not open.</param>
public sealed record PatientLine(
    Guid Id, string Code, Person Person, bool Damaged, bool IsDemonstration, DateTimeOffset? ErasedAt, int Revision, int Recordings)
{
    /// <summary>The name, or the code where no name is known.</summary>
    public string Title => Damaged ? $"{Code} (name unreadable)" : Person.Name is { Length: > 0 } name ? name : Code;
}

internal sealed record PatientPage(IReadOnlyList<PatientLine> Items, int Page, int PageSize, int Total);

/// <param name="VisitId">The line of the day's list.</param>
internal sealed record TodayLine(Guid VisitId, DateTimeOffset At, VisitPurpose Purpose, DateTimeOffset? ArrivedAt, PatientLine Patient);
