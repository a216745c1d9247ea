using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Products;

/// <summary>What an owner does with the rules: confirms them by name, sets the region, sets and withdraws limits.</summary>
internal sealed class ChangePolicy(FacialisDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Confirms rules as they stand in the catalogue now. Those already confirmed, verified or unknown are left alone.</summary>
    /// <returns>How many were confirmed.</returns>
    public async Task<int> Confirm(IEnumerable<ReadRule> rules, Owner owner, CancellationToken cancellation)
    {
        var wanted = rules.Where(r => ToxinCatalogue.Current.FindRule(r.RuleId) is { NeedsConfirmation: true } rule && rule.Revision == r.Revision)
            .Distinct().ToList();
        return await ChangeAsync(async () =>
        {
            var known = await db.Set<ConfirmedRule>().AsNoTracking().Select(c => new ReadRule(c.RuleId, c.RuleRevision)).ToListAsync(cancellation);
            var fresh = wanted.Except(known).ToList();
            foreach (var rule in fresh)
            {
                var row = new ConfirmedRule
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    RuleId = rule.RuleId,
                    RuleRevision = rule.Revision,
                    ByName = owner.Name,
                    ById = owner.Id,
                    At = clock.GetUtcNow(),
                };
                db.Add(row);
                audit.Note(AuditAction.Write, "rule confirmed", row.Id, detail: $"{rule.RuleId} revision {rule.Revision}");
            }

            return (fresh.Count, fresh.Count > 0);
        }, cancellation);
    }

    public Task<bool> SetRegion(LabelRegions region, Owner owner, CancellationToken cancellation) => ChangeAsync(async () =>
    {
        var policy = await db.Set<RulePolicy>().SingleAsync(cancellation);
        (policy.Region, policy.RegionSetBy, policy.RegionSetAt) = (region, owner.Name, clock.GetUtcNow());
        audit.Note(AuditAction.Write, "label region", policy.Id, detail: region.ToString());
        return (true, true);
    }, cancellation);

    /// <returns>Null when the limit holds now, else the sentence that refuses it.</returns>
    public async Task<string?> SetLimit(string? ruleId, decimal limit, string? source, Owner owner, CancellationToken cancellation)
    {
        var rule = ToxinCatalogue.Current.FindRule(ruleId);
        var wanted = new ClinicLimit(ruleId ?? "", rule?.Revision ?? 0, limit, source?.Trim() ?? "", owner.Name);
        if (RuleBook.WhyRefused(rule, wanted) is { } why)
        {
            return why;
        }

        if (wanted.Source.Length > OwnLimit.MaxSourceLength)
        {
            return $"The source has at most {OwnLimit.MaxSourceLength} signs.";
        }

        return await ChangeAsync(async () =>
        {
            await WithdrawHeld(wanted.RuleId, owner, cancellation);
            var row = new OwnLimit
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                RuleId = wanted.RuleId,
                RuleRevision = wanted.Revision,
                Limit = limit,
                Source = wanted.Source,
                ByName = owner.Name,
                ById = owner.Id,
                At = clock.GetUtcNow(),
            };
            db.Add(row);
            audit.Note(AuditAction.Write, "clinic's own limit", row.Id, detail: wanted.RuleId);
            return ((string?)null, true);
        }, cancellation);
    }

    public Task<bool> WithdrawLimit(string? ruleId, Owner owner, CancellationToken cancellation) => ChangeAsync(async () =>
    {
        var withdrawn = ruleId is not null && await WithdrawHeld(ruleId, owner, cancellation);
        return (withdrawn, withdrawn);
    }, cancellation);

    private async Task<bool> WithdrawHeld(string ruleId, Owner owner, CancellationToken cancellation)
    {
        if (await db.Set<OwnLimit>().SingleOrDefaultAsync(l => l.RuleId == ruleId && l.WithdrawnAt == null, cancellation) is not { } held)
        {
            return false;
        }

        (held.WithdrawnAt, held.WithdrawnByName) = (clock.GetUtcNow(), owner.Name);
        audit.Note(AuditAction.Write, "clinic's own limit withdrawn", held.Id, detail: ruleId);
        return true;
    }

    /// <summary>Does a change and raises the policy's revision with it, so that no rule book made before is used after.</summary>
    private async Task<T> ChangeAsync<T>(Func<Task<(T Answer, bool Changed)>> change, CancellationToken cancellation)
    {
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            try
            {
                await HoldPolicyAsync(cancellation);
                var (answer, changed) = await change();
                if (changed)
                {
                    // A limit is withdrawn before its successor is added: one holds at a time, and the database says so too.
                    await db.SaveChangesAsync(cancellation);
                    await transaction.CommitAsync(cancellation);
                }

                return answer; // what changed nothing does not raise the revision either
            }
            catch (DbUpdateException failure) when (db.LostRace(failure))
            {
                db.ChangeTracker.Clear(); // another owner was quicker: look again
            }
        }
    }

    /// <summary>
    /// Raises the revision before anything else is done. Owners who change rules at once wait for each other at this one row; rows of
    /// many rules, saved in no common order, would let each wait for the other.
    /// </summary>
    private async Task HoldPolicyAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear(); // what was read before the row was held may be old
        if (await db.Set<RulePolicy>().ExecuteUpdateAsync(set => set.SetProperty(p => p.Revision, p => p.Revision + 1), cancellation) == 0)
        {
            db.Add(new RulePolicy { Id = Guid.CreateVersion7(clock.GetUtcNow()), Revision = 1 });
            await db.SaveChangesAsync(cancellation);
        }
    }
}

/// <summary>A rule in the revision that was read.</summary>
internal sealed record ReadRule(string RuleId, int Revision);

/// <summary>The owner who confirms, by name.</summary>
internal sealed record Owner(Guid Id, string Name);
