using System.Globalization;
using System.Security.Claims;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.VirtualPatient.Parameters;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Academy.Practice;

/// <summary>The signed-in person's own attempts. Another person's is not there.</summary>
internal sealed class Attempts(FacialisDb db, IHttpContextAccessor requests, AuditTrail audit, TimeProvider clock)
{
    public const string Elsewhere = "This case was changed in another window. Open it again.";

    private Guid Me => Guid.Parse(requests.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in."));

    /// <summary>All of them, the newest first.</summary>
    public async Task<IReadOnlyList<PracticeAttempt>> AllAsync(CancellationToken cancellation)
    {
        var me = Me;
        return await db.Set<PracticeAttempt>().AsNoTracking().Where(a => a.LearnerId == me)
            .OrderByDescending(a => a.StartedAt).ThenByDescending(a => a.Id).ToListAsync(cancellation);
    }

    public async Task<PracticeAttempt?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var me = Me;
        return await db.Set<PracticeAttempt>().SingleOrDefaultAsync(a => a.Id == id && a.LearnerId == me, cancellation);
    }

    /// <summary>An attempt with its virtual person; null where it is not there, or its case or model is not of this program any more.</summary>
    public async Task<PracticeSession?> SessionAsync(Guid id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) is { } attempt ? PracticeSession.Of(attempt) : null;

    /// <summary>Begins a case. The same request again is the same attempt; null where there is no such case.</summary>
    public async Task<PracticeAttempt?> StartAsync(Guid id, string? caseId, bool areRulesHidden, CancellationToken cancellation)
    {
        if (PracticeCases.Find(caseId) is not { } chosen)
        {
            return null;
        }

        if (await FindAsync(id, cancellation) is { } there)
        {
            return there;
        }

        var attempt = await AddAsync(id, chosen, areRulesHidden, cancellation);
        // The same form sent twice at once, or an id that somebody else has.
        return attempt ?? await FindAsync(id, cancellation) ?? await AddAsync(Guid.CreateVersion7(clock.GetUtcNow()), chosen, areRulesHidden, cancellation);
    }

    /// <summary>Keeps what was done. False where another window did something else first.</summary>
    public async Task<bool> KeepAsync(PracticeAttempt attempt, PracticeWork work, CancellationToken cancellation, PracticeEnding? ending = null, PracticeResult? result = null)
    {
        attempt.Work = work;
        attempt.Revision++;
        attempt.ChangedAt = clock.GetUtcNow();
        if (ending is { } how)
        {
            (attempt.Ending, attempt.EndedAt, attempt.Result) = (how, attempt.ChangedAt, result);
            audit.Note(AuditAction.Write, "practice attempt", attempt.Id, null, $"ended: {how}");
        }

        return await SaveAsync(cancellation);
    }

    private async Task<PracticeAttempt?> AddAsync(Guid id, PracticeCase chosen, bool areRulesHidden, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var attempt = new PracticeAttempt
        {
            Id = id,
            LearnerId = Me,
            CaseId = chosen.Id,
            SeedText = chosen.Seed.ToString(CultureInfo.InvariantCulture),
            ModelStamp = ModelParameters.Current.Stamp,
            AreRulesHidden = areRulesHidden,
            StartedAt = now,
            ChangedAt = now,
            Work = new PracticeWork(),
        };
        db.Add(attempt);
        audit.Note(AuditAction.Write, "practice attempt", id, null, $"started {chosen.Id}");
        return await SaveAsync(cancellation) ? attempt : null;
    }

    private async Task<bool> SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
