using Facialis.Anatomy;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Products;
using Facialis.Clinic.Vials;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Injections;

/// <summary>Puts together what stands at the chair before a signature: plan, vial, findings, and who has to agree.</summary>
internal sealed class BeforeSigning(FacialisDb db, FindPatients patients, ReadPlans plans, ReviewPlan review, DataKeys keys)
{
    internal const string Reason = "reason";

    /// <param name="patientId">Who is treated.</param>
    /// <param name="vialId">The vial; null while none is chosen.</param>
    /// <param name="given">Units that went in where they are not those planned.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where there is no such patient, or no plan with a product and a point.</returns>
    public async Task<ReadyToSign?> Look(Guid patientId, Guid? vialId, Func<PlanPoint, decimal> given, CancellationToken cancellation)
    {
        var newest = (await AtChair.ListAsync(db, db.ClinicId, patientId, vialId, cancellation)).MaxBy(c => (c.Condition?.RecordedAt, c.Condition?.Id));
        if (newest is not { Patient.ErasedAt: null, Plan: { Points.Count: > 0 } plan } chair
            || ToxinCatalogue.Current.FindProduct(plan.ProductId) is not { } product)
        {
            return null;
        }

        var (patient, vial) = (patients.Line(chair.Patient, chair.Key, 0), chair.Vial); // nobody counts recordings here
        var done = plan.Points.Select(point => point with { Units = given(point) }).ToList();
        var engine = new PlanContent(
            plan.Side, product.Id, plan.VialUnits, plan.DiluentMl, [.. done.Where(p => p.Units > 0 || plan.Points.First(q => q.Id == p.Id).Units == 0)]).ToPlan(product);
        var reviewed = await review.Review(patient, engine, plan.Side, vial, cancellation, chair: chair);
        List<FindingResource> findings = [.. reviewed.Findings];
        if (plan.CopiedFromId is not null)
        {
            findings.InsertRange(0, await CopyFindings(plan, cancellation));
        }

        var countersigned = findings.Any(f => f.Needs == FindingNeeds.SecondSigner) ? await CountersignatureOf(plan, engine, findings, cancellation) : null;
        return new ReadyToSign(patient, plan, product, vial, done, engine, reviewed, findings, countersigned);
    }

    private static readonly string[] ClinicFilterOnly = [FacialisDb.ClinicFilter];

    /// <summary>All of which there is one row, with one question: a patient has one open plan at most, and a clinic one policy. One row for each condition.</summary>
    /// <remarks>
    /// The clinic is named once, for the patient, and everything else is joined by the patient's clinic: with the filter on each table the
    /// database is given a subquery for each, which costs SQLite twice the time.
    /// </remarks>
    private static readonly PreparedQuery<Guid, Guid, Guid?, AtTheChair> AtChair = new((db, clinicId, patientId, vialId) =>
        from patient in db.Set<Patient>().IgnoreQueryFilters(ClinicFilterOnly).AsNoTracking()
        join plan in db.Set<PlanDraft>() on new { patient.ClinicId, patient.Id } equals new { plan.ClinicId, Id = plan.PatientId }
        join key in db.Set<DataKey>() on new { patient.ClinicId, patient.Id } equals new { key.ClinicId, key.Id } into keysFound
        from key in keysFound.DefaultIfEmpty()
        join vial in db.Set<Vial>() on new { patient.ClinicId, Id = vialId } equals new { vial.ClinicId, Id = (Guid?)vial.Id } into vialsFound
        from vial in vialsFound.DefaultIfEmpty()
        join policy in db.Set<RulePolicy>() on patient.ClinicId equals policy.ClinicId into policiesFound
        from policy in policiesFound.DefaultIfEmpty()
        join condition in db.Set<Condition>() on new { patient.ClinicId, patient.Id } equals new { condition.ClinicId, Id = condition.PatientId } into conditionsFound
        from condition in conditionsFound.DefaultIfEmpty()
        where patient.ClinicId == clinicId && patient.Id == patientId && plan.State == PlanState.Open
        select new AtTheChair(
            patient, key, plan, vial,
            db.Set<VialMovement>().Any(m => m.ClinicId == patient.ClinicId && m.VialId == vialId && m.PatientId != null && m.PatientId != patientId),
            condition, policy));

    public static byte[] HashOf(InjectionPlan plan) => System.Security.Cryptography.SHA256.HashData(plan.ToCanonicalJson());

    /// <summary>What a copy still hides: points that nobody confirmed, and differences that nobody looked at.</summary>
    private async Task<IReadOnlyList<FindingResource>> CopyFindings(PlanDraft plan, CancellationToken cancellation)
    {
        List<FindingResource> findings = [];
        var unconfirmed = plan.Points.Where(p => p.Unconfirmed).Select(p => p.Id).ToList();
        if (unconfirmed.Count > 0)
        {
            findings.Add(Stop("COPY-UNCONFIRMED", $"{unconfirmed.Count} copied {(unconfirmed.Count == 1 ? "point waits" : "points wait")} to be confirmed.", "Confirm them on the plan.") with { PointIds = unconfirmed });
        }

        findings.AddRange((await plans.Describe(plan, cancellation)).Differences.Where(d => !plan.LookedAt.Contains(d.Key))
            .Select(difference => Stop($"COPY-DIFFERS {difference.Key}", difference.Words, "Look at it on the plan and say so there.")));
        return findings;

        static FindingResource Stop(string id, string message, string remedy) =>
            FindingResource.Of(new IntakeFinding(id, Severity.Stop, message, remedy, "House rule: a copy is never silent", SourceMark.ClinicPolicy));
    }

    private async Task<GivenCountersignature?> CountersignatureOf(
        PlanDraft plan, InjectionPlan engine, IReadOnlyList<FindingResource> findings, CancellationToken cancellation)
    {
        var hash = HashOf(engine);
        var needed = findings.Where(f => f.Needs == FindingNeeds.SecondSigner).Select(f => f.Key).ToList();
        var row = (await db.Set<Countersignature>().AsNoTracking().Where(c => c.PlanId == plan.Id).OrderByDescending(c => c.At).ToListAsync(cancellation))
            .FirstOrDefault(c => c.PlanHash.AsSpan().SequenceEqual(hash) && needed.TrueForAll(c.Findings.Split(' ').Contains));
        return row is null ? null : new GivenCountersignature(
            row, (await keys.FindAsync(plan.PatientId, cancellation))?.Open(Countersignature.Table, row.Id, Reason, row.SealedReason) ?? "");
    }

    /// <summary>Seals the reason of a countersignature.</summary>
    internal static byte[] SealReason(SubjectCipher cipher, Guid id, string reason) => cipher.Seal(Countersignature.Table, id, Reason, reason);
}

/// <param name="Row">As kept.</param>
/// <param name="Reason">Opened.</param>
internal sealed record GivenCountersignature(Countersignature Row, string Reason);

/// <summary>What stands at the chair before a signature.</summary>
/// <param name="Patient">Who is treated.</param>
/// <param name="Plan">The open plan.</param>
/// <param name="Product">Its product.</param>
/// <param name="Vial">The vial; null while none is chosen.</param>
/// <param name="Done">The points with what went in; 0 where nothing did.</param>
/// <param name="Engine">What went in, in the engine's own terms.</param>
/// <param name="Reviewed">The review of it.</param>
/// <param name="Findings">Everything that is said: stops first.</param>
/// <param name="SecondSigner">Who agreed to what is above a ceiling; null where nobody did or had to.</param>
internal sealed record ReadyToSign(
    PatientLine Patient, PlanDraft Plan, ToxinProduct Product, Vial? Vial, IReadOnlyList<PlanPoint> Done, InjectionPlan Engine, ReviewedPlan Reviewed,
    IReadOnlyList<FindingResource> Findings, GivenCountersignature? SecondSigner)
{
    /// <summary>Findings that only a change of chart, plan or vial lets pass.</summary>
    public IEnumerable<FindingResource> MustBeMended => Findings.Where(f => f.Needs == FindingNeeds.Mending);

    /// <summary>Findings that need a reason from who signs.</summary>
    public IEnumerable<FindingResource> NeedReasons => Findings.Where(f => f.Needs is FindingNeeds.Reason or FindingNeeds.SecondSigner);

    public bool AwaitsSecondSigner => SecondSigner is null && Findings.Any(f => f.Needs == FindingNeeds.SecondSigner);

    public bool IsAsPlanned => Done.All(p => p.Units == Plan.Points.First(q => q.Id == p.Id).Units);
}
