using Facialis.Anatomy.Sites;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Plans;

/// <summary>Begins a plan with the points and doses of the last treatment, each of them to be confirmed.</summary>
internal sealed class RepeatPlan(FacialisDb db, ReadPlans read, AuditTrail trail, TimeProvider clock)
{
    /// <param name="patientId">Whose last plan.</param>
    /// <param name="id">Id of the new plan, made by the client; the same request again is the same plan.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<SavedPlan> Handle(Guid patientId, Guid id, CancellationToken cancellation)
    {
        var last = await read.LastClosed(patientId, cancellation);
        if (last is null)
        {
            return new SavedPlan(SavePlanOutcome.NoSuchPlan, null);
        }

        var open = await db.Set<PlanDraft>().SingleOrDefaultAsync(p => p.PatientId == patientId && p.State == PlanState.Open, cancellation);
        if (open is { Points.Count: > 0 } || open?.CopiedFromId is not null)
        {
            return new SavedPlan(open.Id == id && open.CopiedFromId == last.Id ? SavePlanOutcome.Saved : SavePlanOutcome.AnotherIsOpen, open);
        }

        if (open is not null)
        {
            db.Remove(open); // an empty draft: nothing in it is lost
        }

        var now = clock.GetUtcNow();
        var copy = new PlanDraft
        {
            Id = id,
            PatientId = patientId,
            CreatedAt = now,
            ChangedAt = now,
            Revision = 1,
            LastChangeId = id,
            AtlasVersion = FaceAtlas.Current.Version,
            RulesVersion = ToxinCatalogue.Current.Version,
            Side = open?.Side ?? last.Side,
            ProductId = last.ProductId,
            VialUnits = last.VialUnits,
            DiluentMl = last.DiluentMl,
            CopiedFromId = last.Id,
            IsDemonstration = last.IsDemonstration,
            Points = [.. last.Points.Select(point => point with { Id = Guid.CreateVersion7(now), Unconfirmed = true, CopiedUnits = point.Units })],
        };
        db.Add(copy);
        trail.Note(AuditAction.Write, "plan", copy.Id, patientId, $"repeats {last.Id}, {copy.Points.Count} points");
        try
        {
            await db.SaveChangesAsync(cancellation);
            return new SavedPlan(SavePlanOutcome.Saved, copy);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            var now2 = await read.Open(patientId, cancellation);
            return now2 is null ? new SavedPlan(SavePlanOutcome.IdTaken, null)
                : new SavedPlan(now2.Id == id ? SavePlanOutcome.Saved : SavePlanOutcome.AnotherIsOpen, now2);
        }
    }
}
