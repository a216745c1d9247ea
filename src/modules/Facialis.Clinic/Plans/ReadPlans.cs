using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Measurements;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Plans;

/// <summary>Answers every question about plans.</summary>
internal sealed class ReadPlans(FacialisDb db, ReviewPlan review, ReadTreatments treatments, Chart chart, AuditTrail trail)
{
    /// <summary>What is needed to plan a patient's next treatment; null where there is no such patient.</summary>
    public async Task<PlanningResource?> Planning(Guid patientId, CancellationToken cancellation)
    {
        var patient = await db.Set<Patient>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == patientId, cancellation);
        if (patient is null)
        {
            return null;
        }

        await trail.NoteReadAsync("plans", null, patientId, cancellation);
        var open = await Open(patientId, cancellation);
        var last = await LastClosed(patientId, cancellation);
        var source = open?.CopiedFromId == last?.Id ? last : await Source(open, cancellation);
        return new PlanningResource(
            patient.Id,
            patient.Code,
            await chart.ConditionOf(patientId, cancellation) is { } condition ? condition.Side : ConditionSide.Unknown,
            open is null ? null : await Resource(open, source, cancellation),
            last is null ? null : PlanResource.Of(last, []),
            last is null ? null : await Outcome(last, cancellation),
            PlanProduct.All);
    }

    public async Task<PlanResource?> Find(Guid id, CancellationToken cancellation)
    {
        if (await db.Set<PlanDraft>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellation) is not { } plan)
        {
            return null;
        }

        await trail.NoteReadAsync("plan", id, plan.PatientId, cancellation);
        return await Describe(plan, cancellation);
    }

    /// <summary>The plan with how it differs from the one that it repeats.</summary>
    public async Task<PlanResource> Describe(PlanDraft plan, CancellationToken cancellation) =>
        await Resource(plan, await Source(plan, cancellation), cancellation);

    public async Task<PlanDraft?> Open(Guid patientId, CancellationToken cancellation) => await db.Set<PlanDraft>().AsNoTracking()
        .SingleOrDefaultAsync(p => p.PatientId == patientId && p.State == PlanState.Open, cancellation);

    /// <summary>The last treatment as a plan: the mixture that was planned, and the points as they were given.</summary>
    public async Task<PlanDraft?> LastClosed(Guid patientId, CancellationToken cancellation)
    {
        var plan = await db.Set<PlanDraft>().AsNoTracking()
            .Where(p => p.PatientId == patientId && p.State == PlanState.Closed)
            .OrderByDescending(p => p.ClosedAt).FirstOrDefaultAsync(cancellation);
        if (plan is not null && await GivenFrom(plan.Id, cancellation) is { } given)
        {
            plan.Points = [.. given.Points.Select(p => p.AsPlanned)];
        }

        return plan;
    }

    private async Task<Treatment?> GivenFrom(Guid planId, CancellationToken cancellation) => await db.Set<Treatment>().AsNoTracking()
        .Where(t => t.PlanId == planId).OrderByDescending(t => t.Version).FirstOrDefaultAsync(cancellation);

    /// <summary>What the recordings before and after a treatment say of the treated side, or null where there are none.</summary>
    public async Task<string?> Outcome(PlanDraft given, CancellationToken cancellation)
    {
        if (given is not { ClosedAt: { } at, Side: { } side })
        {
            return null;
        }

        var (from, to) = (at.AddDays(-60), at.AddDays(84));
        var measured = (await db.Set<Recording>().AsNoTracking()
            .Where(r => r.PatientId == given.PatientId && r.State == RecordingState.Complete && r.Digest != null)
            .Where(r => r.StartedAt >= from && r.StartedAt <= to)
            .OrderBy(r => r.StartedAt)
            .Select(r => new { r.StartedAt, r.Digest }).ToListAsync(cancellation))
            .Where(r => r.Digest!.UsableSeconds > 0).ToList(); // asked for above
        var before = measured.LastOrDefault(r => r.StartedAt <= at);
        var after = measured.Where(r => r.StartedAt >= at.AddDays(7)).MinBy(r => Math.Abs((r.StartedAt!.Value - at).TotalDays - 21)); // in the range
        if (before is null && after is null)
        {
            return null;
        }

        var words = new List<string>();
        if (before is not null)
        {
            words.Add($"{Rate(before.Digest!)} before");
        }

        words.Add(after is null ? "not measured afterwards" : $"{Rate(after.Digest!)} {(after.StartedAt!.Value - at).TotalDays:0} days after");
        var unconfirmed = before is { Digest.SideConfirmed: false } || after is { Digest.SideConfirmed: false } ? " (side unconfirmed)" : "";
        return $"{side.Word()} side, events measured: {string.Join(", ", words)}{unconfirmed}.";

        string Rate(RecordingDigest digest)
        {
            var events = side == Side.PatientRight ? digest.RightEvents : digest.LeftEvents;
            var minutes = digest.UsableSeconds / 60;
            return string.Create(CultureInfo.InvariantCulture, $"{events / minutes:0.0} per minute ({events} in {minutes:0.0} min)");
        }
    }

    private async Task<PlanDraft?> Source(PlanDraft? plan, CancellationToken cancellation) => plan?.CopiedFromId is { } from
        ? await db.Set<PlanDraft>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == from, cancellation)
        : null;

    private async Task<PlanResource> Resource(PlanDraft plan, PlanDraft? source, CancellationToken cancellation)
    {
        if (source is null || plan.CopiedFromId is null)
        {
            return PlanResource.Of(plan, []);
        }

        var resource = PlanResource.Of(plan, CopyDifference.Between(source, plan, FaceAtlas.Current, ToxinCatalogue.Current));
        var then = await GivenFrom(source.Id, cancellation) is { } given ? (await treatments.Check(given, cancellation)).Record : null;
        return then is not null && await review.Of(resource, cancellation) is { } now && CopyDifference.OfAlerts(then.Findings, now.Findings) is { } graver
            ? resource with { Differences = [.. resource.Differences, graver] }
            : resource;
    }
}
