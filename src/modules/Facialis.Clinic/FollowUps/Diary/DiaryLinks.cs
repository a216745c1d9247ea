using Facialis.Clinic.Charts;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.FollowUps.Diary;

/// <summary>Makes diary links for patients and takes them back.</summary>
internal sealed class DiaryLinks(FacialisDb db, AuditTrail audit, IHttpContextAccessor requests, TimeProvider clock)
{
    /// <summary>Longest life of a link, days: two usual cycles.</summary>
    public const int MostDays = 200;

    public const int UsualDays = 120;

    /// <summary>The token of a new link, which is kept nowhere; null where there is no such patient, or the form was sent before.</summary>
    public async Task<string?> Make(Guid id, Guid patientId, string language, int days, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        if (!await db.Set<Patient>().AnyAsync(p => p.Id == patientId && p.ErasedAt == null, cancellation))
        {
            return null;
        }

        var (token, now) = (SignInLink.NewToken(), clock.GetUtcNow());
        db.Add(new DiaryLink
        {
            Id = id,
            PatientId = patientId,
            TokenHash = SignInLink.Hash(token),
            Language = DiaryTexts.Languages.Any(l => l.Tag == language) ? language : DiaryTexts.Languages[0].Tag,
            CreatedAt = now,
            CreatedByName = requests.HttpContext is { } request ? PersonProof.NameOf(request.User) : "",
            ExpiresAt = now.AddDays(days),
        });
        audit.Note(AuditAction.Write, "diary link", id, patientId, "made");
        try
        {
            await db.SaveChangesAsync(cancellation);
            return token;
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    public async Task<IReadOnlyList<DiaryLink>> Of(Guid patientId, CancellationToken cancellation) =>
        await db.Set<DiaryLink>().AsNoTracking().Where(l => l.PatientId == patientId).OrderByDescending(l => l.CreatedAt).ToListAsync(cancellation);

    public async Task Revoke(Guid id, Guid patientId, CancellationToken cancellation)
    {
        if (await db.Set<DiaryLink>().SingleOrDefaultAsync(l => l.Id == id && l.PatientId == patientId && l.RevokedAt == null, cancellation) is { } link)
        {
            link.RevokedAt = clock.GetUtcNow();
            audit.Note(AuditAction.Write, "diary link", id, patientId, "taken back");
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>Notes that something was sent through it.</summary>
    public Task Used(Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return db.Set<DiaryLink>().Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellation);
    }

    /// <summary>The link of a token in whatever clinic, for the door alone; null where it is unknown, taken back or run out.</summary>
    /// <remarks>Only without a signed-in person: PostgreSQL shows links of all clinics to nobody else.</remarks>
    internal Task<DiaryLink?> FindInAnyClinic(string token, CancellationToken cancellation) =>
        Good(db.Set<DiaryLink>().IgnoreQueryFilters([FacialisDb.ClinicFilter]), token).SingleOrDefaultAsync(cancellation);

    /// <summary>The link of a token, of one patient of the clinic; null where it is not theirs, taken back or run out.</summary>
    public Task<DiaryLink?> Find(Guid patientId, string token, CancellationToken cancellation) =>
        Good(db.Set<DiaryLink>().Where(l => l.PatientId == patientId), token).SingleOrDefaultAsync(cancellation);

    /// <summary>The one of a token, if it still opens.</summary>
    private IQueryable<DiaryLink> Good(IQueryable<DiaryLink> links, string token)
    {
        var (hash, now) = (SignInLink.Hash(token), clock.GetUtcNow());
        return links.AsNoTracking().Where(l => l.TokenHash == hash && l.RevokedAt == null && l.ExpiresAt > now);
    }
}
