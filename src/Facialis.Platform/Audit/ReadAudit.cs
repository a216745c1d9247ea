using System.Globalization;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Audit;

/// <summary>Answers who did what, for the clinic of the signed-in person.</summary>
public sealed class ReadAudit(FacialisDb db, ClinicTime time, IEnumerable<IPatientCodes> patients)
{
    public const int PageSize = 50;

    /// <summary>The newest entries that fit, or those before a place in the log.</summary>
    public async Task<AuditPageOfLog> PageAsync(AuditQuestion question, CancellationToken cancellation)
    {
        var found = await Ask(question).Where(e => question.Before == null || e.Sequence < question.Before)
            .OrderByDescending(e => e.Sequence).Take(PageSize + 1).ToListAsync(cancellation);
        var lines = await NamedAsync([.. found.Take(PageSize)], cancellation);
        return new AuditPageOfLog(lines, found.Count > PageSize ? found[PageSize - 1].Sequence : null);
    }

    /// <summary>All entries that fit, in their order, read as they are needed.</summary>
    public async IAsyncEnumerable<AuditLine> AllAsync(
        AuditQuestion question, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var from = 0L; ;)
        {
            var some = await Ask(question).Where(e => e.Sequence >= from).OrderBy(e => e.Sequence).Take(1000).ToListAsync(cancellation);
            if (some.Count == 0)
            {
                yield break;
            }

            foreach (var line in await NamedAsync(some, cancellation))
            {
                yield return line;
            }

            from = some[^1].Sequence + 1;
        }
    }

    /// <summary>The people of this clinic, by name, for a choice.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> PeopleAsync(CancellationToken cancellation) =>
        [.. (await db.Users.Where(u => u.ClinicId == db.ClinicId).OrderBy(u => u.DisplayName).Select(u => new { u.Id, u.DisplayName })
            .ToListAsync(cancellation)).Select(u => (u.Id, u.DisplayName))];

    /// <summary>The patient of a chart code; null where the clinic has none.</summary>
    public async Task<Guid?> PatientAsync(string code, CancellationToken cancellation)
    {
        foreach (var known in patients)
        {
            if (await known.FindAsync(code, cancellation) is { } id)
            {
                return id;
            }
        }

        return null;
    }

    private IQueryable<AuditEntry> Ask(AuditQuestion question)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (question.Person is { } person)
        {
            entries = entries.Where(e => e.ActorId == person);
        }

        if (question.Patient is { } patient)
        {
            entries = entries.Where(e => e.PatientId == patient);
        }

        if (question.Action is { } action)
        {
            entries = entries.Where(e => e.Action == action);
        }

        if (question.Day is { } day)
        {
            var (begins, ends) = (time.At(day), time.At(day.AddDays(1)));
            entries = entries.Where(e => e.At >= begins && e.At < ends);
        }

        return entries;
    }

    private async Task<List<AuditLine>> NamedAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        var actors = entries.Select(e => e.ActorId).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(u => u.ClinicId == db.ClinicId && actors.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        var charts = entries.Select(e => e.PatientId).OfType<Guid>().Distinct().ToList();
        var codes = new Dictionary<Guid, string>();
        foreach (var known in patients)
        {
            foreach (var (id, code) in await known.OfAsync(charts, cancellation))
            {
                codes[id] = code;
            }
        }

        return [.. entries.Select(e => new AuditLine(
            e,
            e.ActorId is { } actor ? names.GetValueOrDefault(actor, "a person no longer here") : "the program",
            e.PatientId is { } patient ? codes.GetValueOrDefault(patient, "a patient no longer here") : null))];
    }
}

/// <summary>What is asked of the log; null leaves a thing open.</summary>
/// <param name="Person">Only what this person did.</param>
/// <param name="Patient">Only what concerns this patient.</param>
/// <param name="Day">Only this day, in the clinic's time.</param>
/// <param name="Action">Only this kind.</param>
/// <param name="Before">Only entries before this place.</param>
public sealed record AuditQuestion(Guid? Person, Guid? Patient, DateOnly? Day, AuditAction? Action, long? Before)
{
    /// <summary>The same question as the query of an address, with its question mark; empty when it leaves all open.</summary>
    public string Query
    {
        get
        {
            var parts = new[]
            {
                Person is { } person ? $"person={person}" : null,
                Patient is { } patient ? $"patient={patient}" : null,
                Day is { } day ? $"day={day.Iso()}" : null,
                Action is { } action ? $"action={((int)action).ToString(CultureInfo.InvariantCulture)}" : null,
                Before is { } before ? $"before={before.ToString(CultureInfo.InvariantCulture)}" : null,
            }.OfType<string>().ToList();
            return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
        }
    }

    /// <summary>The question of an address; a day or an action that is none is left out.</summary>
    public static AuditQuestion From(Guid? person, Guid? patient, string? day, int? action, long? before) => new(
        person,
        patient,
        DayText.ReadIso(day) is { Year: > 1970 and < 9000 } date ? date : null,
        action is { } number && Enum.IsDefined((AuditAction)number) ? (AuditAction)number : null,
        before);
}

/// <summary>An entry with the words that people know its ids by.</summary>
public sealed record AuditLine(AuditEntry Entry, string Person, string? PatientCode)
{
    /// <summary>The action as a person reads it.</summary>
    public static string Words(AuditAction action) => action switch
    {
        AuditAction.Read => "looked at",
        AuditAction.Write => "wrote",
        AuditAction.Export => "exported",
        AuditAction.Refused => "was refused",
        AuditAction.RoleChange => "changed a role",
        AuditAction.SignIn => "signing in",
        AuditAction.Sign => "signed",
        AuditAction.Erase => "erased",
        _ => ((int)action).ToString(CultureInfo.InvariantCulture),
    };
}

/// <param name="Lines">Newest first.</param>
/// <param name="Before">Where the next page begins; null on the last.</param>
public sealed record AuditPageOfLog(IReadOnlyList<AuditLine> Lines, long? Before);
