using System.Globalization;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Patients;

/// <summary>Adds the patients of a CSV file: all of them in one transaction, or none. Whoever is there already is left as is.</summary>
internal sealed class ImportPatients(FacialisDb db, AddPatient add, SearchIndex index, AuditTrail audit, ClinicTime time, TimeProvider clock)
{
    /// <summary>What an import would do, row by row; nothing is changed.</summary>
    public async Task<ImportPreview> Preview(string text, CancellationToken cancellation)
    {
        var list = PatientCsv.Read(text, time.DayOf(clock.GetUtcNow()));
        var codes = list.Rows.Select(r => r.Code).ToList();
        var there = (await db.Set<Patient>().AsNoTracking().Where(p => codes.Contains(p.Code)).Select(p => p.Code).ToListAsync(cancellation)).ToHashSet();
        var identities = list.Rows.ToDictionary(r => r.Line, r => PatientWords.IdentityToken(r.Person, index));
        var asked = identities.Values.OfType<long>().Distinct().ToList();
        var known = (await db.Set<PatientWord>().Where(w => asked.Contains(w.Token))
                .Join(db.Set<Patient>(), w => w.PatientId, p => p.Id, (w, p) => new { w.Token, p.Code }).ToListAsync(cancellation))
            .ToLookup(k => k.Token, k => k.Code);
        return new ImportPreview(
            [.. list.Rows.Select(r => new ImportRow(r, OutcomeOf(r), identities[r.Line] is { } token ? known[token].FirstOrDefault(c => c != r.Code) : null))],
            list.Faults);

        ImportOutcome OutcomeOf(CsvRow row) =>
            row.Faults.Count > 0 ? ImportOutcome.Faulty : there.Contains(row.Code) ? ImportOutcome.ThereAlready : ImportOutcome.New;
    }

    /// <summary>Adds the new ones. With a single fault in the file nothing is added.</summary>
    public async Task<ImportPreview> Handle(string text, CancellationToken cancellation)
    {
        while (true)
        {
            var preview = await Preview(text, cancellation);
            if (!preview.CanImport)
            {
                return preview;
            }

            // Rows are saved in the order of their ids. Ids that rise with the code let two imports wait for each other in one order;
            // in two orders, PostgreSQL would end one of them as a deadlock.
            var now = clock.GetUtcNow();
            foreach (var (order, row) in preview.Rows.Where(r => r.Outcome == ImportOutcome.New).OrderBy(r => r.Row.Code, StringComparer.Ordinal).Index())
            {
                add.New(Guid.CreateVersion7(now.AddMilliseconds(order)), row.Row.Code, row.Row.Person, now, isDemonstration: false);
            }

            audit.Note(AuditAction.Write, "list of patients", null, null, string.Create(CultureInfo.InvariantCulture, $"{preview.New} added, {preview.ThereAlready} there already"));
            try
            {
                await db.SaveChangesAsync(cancellation); // one save is one transaction
                return preview with { Added = preview.Rows.Count(r => r.Outcome == ImportOutcome.New) };
            }
            catch (DbUpdateException failure) when (db.LostRace(failure))
            {
                db.ChangeTracker.Clear(); // someone added one of these codes meanwhile: look again
            }
        }
    }
}

/// <param name="Rows">Every row with what becomes of it.</param>
/// <param name="Faults">What is wrong with the file as a whole.</param>
internal sealed record ImportPreview(IReadOnlyList<ImportRow> Rows, IReadOnlyList<string> Faults)
{
    /// <summary>Patients that were added; null for a mere preview or where nothing could be imported.</summary>
    public int? Added { get; init; }

    public int New => Rows.Count(r => r.Outcome == ImportOutcome.New);

    public int ThereAlready => Rows.Count(r => r.Outcome == ImportOutcome.ThereAlready);

    public int Faulty => Rows.Count(r => r.Outcome == ImportOutcome.Faulty);

    public bool CanImport => Faults.Count == 0 && Faulty == 0 && Rows.Count > 0;
}

/// <param name="SameAs">Chart code of another patient with the same name and birth date; null where there is none.</param>
internal sealed record ImportRow(CsvRow Row, ImportOutcome Outcome, string? SameAs);

internal enum ImportOutcome
{
    New,

    /// <summary>A patient with this chart code is there; what the file says of it is not taken over.</summary>
    ThereAlready,
    Faulty,
}
