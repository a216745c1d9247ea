using Facialis.Anatomy.Sites;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Plans;

/// <summary>Saves a whole plan: on every change by the map, on a button by the form. The same change again is the same plan.</summary>
internal sealed class SavePlan(FacialisDb db, AuditTrail trail, TimeProvider clock)
{
    public async Task<SavedPlan> Handle(Guid id, PlanChange change, CancellationToken cancellation)
    {
        var (atlas, catalogue) = (FaceAtlas.Current, ToxinCatalogue.Current);
        if (change.Faults(atlas, catalogue) is { Count: > 0 } faults)
        {
            return new SavedPlan(SavePlanOutcome.NotAPlan, null, faults);
        }

        var plan = await db.Set<PlanDraft>().SingleOrDefaultAsync(p => p.Id == id, cancellation);
        if (plan is null)
        {
            return await BeginAsync(id, change, cancellation);
        }

        if (plan.LastChangeId == change.ChangeId)
        {
            return new SavedPlan(SavePlanOutcome.Saved, plan);
        }

        if (plan.PatientId != change.PatientId)
        {
            return new SavedPlan(SavePlanOutcome.OfAnotherPatient, null);
        }

        if (plan.State == PlanState.Closed)
        {
            return new SavedPlan(SavePlanOutcome.Closed, plan);
        }

        if (plan.Revision != change.Revision)
        {
            return new SavedPlan(SavePlanOutcome.ChangedMeanwhile, plan);
        }

        Put(plan, change);
        return await TryAsync(plan, cancellation);
    }

    private async Task<SavedPlan> BeginAsync(Guid id, PlanChange change, CancellationToken cancellation)
    {
        if (change.Revision != 0)
        {
            return new SavedPlan(SavePlanOutcome.NoSuchPlan, null);
        }

        var patient = await db.Set<Patient>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == change.PatientId && p.ErasedAt == null, cancellation);
        if (patient is null)
        {
            return new SavedPlan(SavePlanOutcome.NoSuchPatient, null);
        }

        var open = await db.Set<PlanDraft>().AsNoTracking()
            .SingleOrDefaultAsync(p => p.PatientId == change.PatientId && p.State == PlanState.Open, cancellation);
        if (open is not null)
        {
            // The same plan may have been begun since it was looked for, by the same request sent twice at once.
            return open.Id != id ? new SavedPlan(SavePlanOutcome.AnotherIsOpen, open)
                : open.LastChangeId == change.ChangeId ? new SavedPlan(SavePlanOutcome.Saved, open)
                : new SavedPlan(SavePlanOutcome.ChangedMeanwhile, open);
        }

        var now = clock.GetUtcNow();
        var plan = new PlanDraft
        {
            Id = id,
            PatientId = change.PatientId,
            CreatedAt = now,
            ChangedAt = now,
            AtlasVersion = FaceAtlas.Current.Version,
            RulesVersion = ToxinCatalogue.Current.Version,
            IsDemonstration = patient.IsDemonstration,
        };
        Put(plan, change);
        db.Add(plan);
        return await TryAsync(plan, cancellation);
    }

    private void Put(PlanDraft plan, PlanChange change)
    {
        plan.Revision++;
        plan.LastChangeId = change.ChangeId;
        plan.ChangedAt = clock.GetUtcNow();
        plan.AtlasVersion = FaceAtlas.Current.Version;
        plan.Side = change.Side;
        plan.ProductId = change.ProductId;
        plan.VialUnits = change.VialUnits;
        plan.DiluentMl = change.DiluentMl;
        plan.Points = [.. change.Points];
        plan.LookedAt = [.. change.LookedAt ?? []];
        trail.Note(AuditAction.Write, "plan", plan.Id, plan.PatientId, $"revision {plan.Revision}, {plan.Points.Count} points");
    }

    private async Task<SavedPlan> TryAsync(PlanDraft plan, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return new SavedPlan(SavePlanOutcome.Saved, plan);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            var now = await db.Set<PlanDraft>().AsNoTracking()
                .Where(p => p.Id == plan.Id || (p.PatientId == plan.PatientId && p.State == PlanState.Open))
                .OrderBy(p => p.Id == plan.Id ? 0 : 1).FirstOrDefaultAsync(cancellation);
            return now switch
            {
                null => new SavedPlan(SavePlanOutcome.IdTaken, null), // the row that was in the way is another clinic's
                _ when now.LastChangeId == plan.LastChangeId => new SavedPlan(SavePlanOutcome.Saved, now),
                _ when now.Id == plan.Id => new SavedPlan(SavePlanOutcome.ChangedMeanwhile, now),
                _ => new SavedPlan(SavePlanOutcome.AnotherIsOpen, now),
            };
        }
    }
}

/// <param name="Outcome">What happened.</param>
/// <param name="Plan">The plan as it is now, where there is one.</param>
/// <param name="Faults">What makes it no plan.</param>
internal sealed record SavedPlan(SavePlanOutcome Outcome, PlanDraft? Plan, IReadOnlyList<string>? Faults = null);

internal enum SavePlanOutcome
{
    Saved,

    /// <summary>What was sent is no plan; the faults say why.</summary>
    NotAPlan,

    NoSuchPatient,

    /// <summary>A change of a plan that is not there.</summary>
    NoSuchPlan,

    /// <summary>The plan is another patient's: a second tab, most likely.</summary>
    OfAnotherPatient,

    /// <summary>Somebody saved another change first; nothing was saved.</summary>
    ChangedMeanwhile,

    /// <summary>The patient has an open plan already; nothing was saved.</summary>
    AnotherIsOpen,

    /// <summary>The treatment was given; its plan stays as it was.</summary>
    Closed,

    IdTaken,
}
