using System.Collections.Concurrent;
using Facialis.Anatomy.Sites;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Products;

/// <summary>Gives the rule book of the current clinic: what every review of a plan in this clinic is made with.</summary>
internal sealed class ClinicRules(FacialisDb db, CurrentClinic clinic, ClinicTime time, RuleBooks books)
{
    /// <summary>The clinic's rule book, made anew only when somebody confirmed or changed something. One small query.</summary>
    public async Task<RuleBook> BookAsync(CancellationToken cancellation) =>
        await BookAsync(await db.Set<RulePolicy>().AsNoTracking().SingleOrDefaultAsync(cancellation), cancellation);

    /// <summary>The same where the clinic's policy was just read; null where it has none.</summary>
    public async Task<RuleBook> BookAsync(RulePolicy? policy, CancellationToken cancellation)
    {
        var revision = policy?.Revision ?? 0;
        if (books.Find(clinic.Id, revision, time.Zone) is { } known)
        {
            return known;
        }

        var confirmed = await db.Set<ConfirmedRule>().AsNoTracking().ToListAsync(cancellation);
        var limits = await db.Set<OwnLimit>().AsNoTracking().Where(l => l.WithdrawnAt == null).ToListAsync(cancellation);
        var book = RuleBook.Prepare(
            ToxinCatalogue.Current, FaceAtlas.Current, policy?.Region ?? LabelRegions.None, TimeZoneInfo.FindSystemTimeZoneById(time.Zone),
            confirmed.Select(c => new RuleConfirmation(c.RuleId, c.RuleRevision, c.ByName)),
            limits.Select(l => new ClinicLimit(l.RuleId, l.RuleRevision, l.Limit, l.Source, l.ByName)));
        books.Keep(clinic.Id, revision, time.Zone, book);
        return book;
    }
}

/// <summary>The last rule book of each clinic. A book never changes; a new revision of the policy makes a new one.</summary>
internal sealed class RuleBooks
{
    private readonly ConcurrentDictionary<Guid, (int Revision, string Zone, RuleBook Book)> _books = new();

    public RuleBook? Find(Guid clinic, int revision, string zone) =>
        _books.TryGetValue(clinic, out var kept) && kept.Revision == revision && kept.Zone == zone ? kept.Book : null;

    public void Keep(Guid clinic, int revision, string zone, RuleBook book) => _books[clinic] = (revision, zone, book);
}
