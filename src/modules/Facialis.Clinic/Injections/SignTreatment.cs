using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Vials;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Injections;

/// <summary>
/// Signs what was done: treatment, draws from the vial, the plan's end and the entry of the audit log in one transaction, or none of them.
/// The same request again is the same treatment.
/// </summary>
internal sealed class SignTreatment(
    FacialisDb db, BeforeSigning before, DrawFromVial draw, UrgentWatch urgent, DataKeys keys, CurrentClinic clinic, AuditTrail audit, TimeProvider clock)
{
    /// <summary>What a person says by signing.</summary>
    public const string Meaning = "I gave these injections to this patient as written here.";

    private const string TheAnswers = "the health answers";
    private const string Quicker = "Somebody else was quicker. Open the patient again.";

    public async Task<SigningAnswer> Handle(Guid id, SigningRequest request, Signer signer, CancellationToken cancellation)
    {
        // One connection from the first question to the commit; else each question would open one, and tell it anew who asks.
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            return await SignAsync(id, request, signer, cancellation);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<SigningAnswer> SignAsync(Guid id, SigningRequest request, Signer signer, CancellationToken cancellation)
    {
        var now = ConsentRecord.ToMillisecond(clock.GetUtcNow());
        if (request.Fault(now) is { } fault)
        {
            return await ExistingAsync(id, request, cancellation) ?? new SigningAnswer(SigningOutcome.Faulty, Sentence: fault);
        }

        // What is signed closes its plan in the same transaction: a treatment that is there already has no open plan.
        var ready = await before.Look(request.PatientId, request.VialId, point => request.UnitsOf(point.Id, point.Units), cancellation);
        if (ready is null || ready.Plan.Id != request.PlanId)
        {
            return await ExistingAsync(id, request, cancellation) ?? new SigningAnswer(SigningOutcome.NoSuchPlan);
        }

        if (Refusal(ready, request, signer) is { } refusal)
        {
            // What holds it up may be that the same plan was signed while it was looked at.
            return await ExistingAsync(id, request, cancellation)
                ?? (await IsOpenAsync(ready.Plan, cancellation) ? refusal : new SigningAnswer(SigningOutcome.PlanChanged, Sentence: Quicker));
        }

        var cipher = await keys.FindOrCreateAsync(ready.Patient.Id, cancellation);
        var record = Record(id, ready, request, signer, now);
        var row = Row(id, record, cipher, ready.Plan.IsDemonstration);
        return await SaveAsync(row, ready, request, signer, cancellation);
    }

    /// <summary>A treatment's row: the record sealed, its hash, and the figures that are counted.</summary>
    internal static Treatment Row(Guid id, TreatmentRecord record, SubjectCipher cipher, bool isDemonstration)
    {
        var canonical = record.Canonical();
        return new Treatment
        {
            Id = id,
            TreatmentId = record.Treatment,
            Version = record.Version,
            PatientId = record.Patient,
            PlanId = record.Plan,
            GivenAt = record.GivenAt,
            SignedAt = record.SignedAt,
            SignedBy = record.Signer.Id,
            SignedByName = record.Signer.Name,
            Side = record.Side,
            ProductId = record.Product,
            VialId = record.Vial.Id,
            Lot = record.Vial.Lot,
            TotalHundredths = (long)(record.TotalUnits * 100),
            Points = [.. record.Points.Select(p => p.AsGiven)],
            Hash = TreatmentRecord.HashOf(canonical),
            SealedRecord = cipher.Seal(Treatment.Table, id, ReadTreatments.Record, canonical),
            IsDemonstration = isDemonstration,
        };
    }

    /// <summary>The points as the record keeps them, numbered as on the map.</summary>
    internal static IEnumerable<RecordPoint> Points(IEnumerable<(PlanPoint Point, decimal Planned)> points, RuleBook book, ToxinProduct product, Concentration strength) =>
        points.Select((p, i) => new RecordPoint(
            i + 1, p.Point.Id, p.Point.SiteId, book.Atlas.FindSite(p.Point.SiteId)?.Name ?? p.Point.SiteId, p.Point.Side,
            TreatmentRecord.Plain(p.Point.LateralIpd), TreatmentRecord.Plain(p.Point.DownIpd), p.Point.Depth,
            TreatmentRecord.Plain(p.Planned), TreatmentRecord.Plain(p.Point.Units), TreatmentRecord.Plain(strength.VolumeOf(new Dose(product, p.Point.Units)).Number)));

    /// <summary>The vial as it stands on the label.</summary>
    internal static RecordVial VialOf(Vial vial, Concentration strength) => new(
        vial.Id, vial.Lot, vial.LotExpires, TreatmentRecord.Plain(vial.Nominal.Units.Number), TreatmentRecord.Plain(strength.Diluent.Number),
        vial.MixedAt?.ToUniversalTime(), vial.UsableUntil?.ToUniversalTime());

    internal static IEnumerable<RecordFinding> FindingsOf(
        IEnumerable<FindingResource> findings, List<Guid> points, Func<FindingResource, string> reason) => findings.Select(f => new RecordFinding(
            f.RuleId, f.Revision, f.Severity, f.Message, f.Source, f.Mark, f.ConfirmedBy, [.. f.PointIds.Select(id => points.IndexOf(id) + 1).Where(n => n > 0)], reason(f)));

    /// <summary>A treatment of that id that is there already: the same request again, or somebody else's id.</summary>
    private async Task<SigningAnswer?> ExistingAsync(Guid id, SigningRequest request, CancellationToken cancellation) =>
        await db.Set<Treatment>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellation) is not { } there ? null
        : there.Version == 1 && there.PatientId == request.PatientId && there.PlanId == request.PlanId ? new SigningAnswer(SigningOutcome.Signed, there)
        : new SigningAnswer(SigningOutcome.IdTaken);

    private Task<bool> IsOpenAsync(PlanDraft plan, CancellationToken cancellation) =>
        db.Set<PlanDraft>().AnyAsync(p => p.Id == plan.Id && p.State == PlanState.Open, cancellation);

    private static SigningAnswer? Refusal(ReadyToSign ready, SigningRequest request, Signer signer)
    {
        if (ready.Plan.Revision != request.PlanRevision)
        {
            return new SigningAnswer(SigningOutcome.PlanChanged, Sentence: "The plan was changed since this page was opened. Look at it again before you sign.");
        }

        if (request.Given?.Any(g => ready.Plan.Points.All(p => p.Id != g.PointId)) == true)
        {
            return new SigningAnswer(SigningOutcome.Faulty, Sentence: "A given dose names a point that is not in the plan.");
        }

        if (!ready.IsAsPlanned && string.IsNullOrWhiteSpace(request.Deviation))
        {
            return new SigningAnswer(SigningOutcome.Faulty, Sentence: "What was given is not what was planned: say why.");
        }

        if (ready.Vial is null)
        {
            return new SigningAnswer(SigningOutcome.VialRefused, Sentence: "There is no such vial.");
        }

        List<FindingResource> open = [.. ready.MustBeMended];
        open.AddRange(ready.NeedReasons.Where(f => request.ReasonOf(f.Key).Length == 0));
        if (ready.SecondSigner?.Row.By == signer.Id)
        {
            return new SigningAnswer(SigningOutcome.Held, Sentence: "Whoever agreed as second signer cannot sign the treatment too.", Open: [.. ready.Findings.Where(f => f.Needs == FindingNeeds.SecondSigner)]);
        }

        if (ready.AwaitsSecondSigner)
        {
            open.AddRange(ready.Findings.Where(f => f.Needs == FindingNeeds.SecondSigner && !open.Contains(f)));
        }

        return open.Count == 0 ? null : new SigningAnswer(SigningOutcome.Held, Sentence: Held(ready, open), Open: open);
    }

    private static string Held(ReadyToSign ready, List<FindingResource> open) =>
        open.Exists(f => f.Needs == FindingNeeds.Mending) ? "Something must be mended before anybody can sign."
        : ready.AwaitsSecondSigner ? "A second signer has to agree first."
        : "Give a reason for each finding that needs one.";

    private TreatmentRecord Record(Guid id, ReadyToSign ready, SigningRequest request, Signer signer, DateTimeOffset now)
    {
        var (plan, vial, condition) = (ready.Plan, ready.Vial!, ready.Reviewed.Known.Condition!); // both are held up when missing
        var strength = vial.Strength!; // a vial that is not mixed is held up
        var planned = plan.Points.ToDictionary(p => p.Id, p => p.Units);
        var given = ready.Done.Where(p => p.Units > 0).ToList();
        var points = Points(given.Select(p => (p, planned[p.Id])), ready.Reviewed.Book, ready.Product, strength).ToList();
        return new TreatmentRecord
        {
            Clinic = clinic.Id,
            Treatment = id,
            Version = 1,
            Patient = ready.Patient.Id,
            Chart = ready.Patient.Code,
            Meaning = Meaning,
            GivenAt = ConsentRecord.ToMillisecond(request.GivenAt ?? now),
            SignedAt = now,
            Signer = new RecordSigner(signer.Id, signer.Name, signer.RoleName, signer.Proof.By, ConsentRecord.ToMillisecond(signer.Proof.At)),
            SecondSigner = ready.SecondSigner is { Row: var second } agreed
                ? new RecordSecondSigner(second.By, second.ByName, second.At, agreed.Reason, second.Findings.Split(' '))
                : null,
            Condition = new RecordCondition(condition.Kind.Words(), condition.Side.Words(), $"{condition.CodeSystem} {condition.Code}"),
            Side = plan.Side,
            Product = ready.Product.Id,
            ProductName = ready.Product.Name,
            TotalUnits = TreatmentRecord.Plain(points.Sum(p => p.Units)),
            Vial = VialOf(vial, strength),
            Points = points,
            NotGiven = [.. Points(ready.Done.Where(p => p.Units == 0).Select(p => (p, planned[p.Id])), ready.Reviewed.Book, ready.Product, strength)],
            Deviation = request.Deviation?.Trim() ?? "",
            Remarks = request.Remarks?.Trim() ?? "",
            Findings = [.. FindingsOf(ready.Findings, [.. given.Select(p => p.Id)], f => request.ReasonOf(f.Key))],
            RulesVersion = ready.Reviewed.Review.CatalogueVersion,
            AtlasVersion = ready.Reviewed.Review.AtlasVersion,
            LabelRegion = ready.Reviewed.Review.Region.ToString(),
            Plan = plan.Id,
            PlanRevision = plan.Revision,
            Intake = ready.Reviewed.Known.Intake.IntakeId,
            Consent = ready.Reviewed.Known.Consent?.Row.Id,
            ConsentHash = ready.Reviewed.Known.Consent is { } consent ? Convert.ToHexStringLower(consent.Row.Hash) : null,
            AmendReason = "",
        };
    }

    private async Task<SigningAnswer> SaveAsync(Treatment row, ReadyToSign ready, SigningRequest request, Signer signer, CancellationToken cancellation)
    {
        // One command for all rows: EF's own cost for each statement would be most of a signature's (claims/signing-speed).
        var batch = new WriteBatch(db);
        batch.Change("the plan", $"""
            UPDATE clinic_plan SET "State" = {PlanState.Closed}, "ClosedAt" = {row.GivenAt}
            WHERE "ClinicId" = {clinic.Id} AND "Id" = {ready.Plan.Id} AND "Revision" = {ready.Plan.Revision} AND "State" = {PlanState.Open}
            """);
        batch.Change(TheAnswers, $"""
            UPDATE clinic_intake SET "TreatmentId" = {row.Id}
            WHERE "ClinicId" = {clinic.Id} AND "Id" = {ready.Reviewed.Known.Intake.IntakeId} AND "TreatmentId" IS NULL
            """);
        batch.Change("the patient", $"""UPDATE clinic_patient SET "ChangedAt" = {row.SignedAt} WHERE "ClinicId" = {clinic.Id} AND "Id" = {row.PatientId}""");
        var draws = row.Points.Select(p => new PointDraw(Guid.CreateVersion7(row.SignedAt), p.Id, new Dose(ready.Product, p.Units))).ToList();
        if (draw.Add(batch, ready.Vial!, new VialDraw(row.Id, row.PatientId, signer.Name, draws), ready.Reviewed.Book) is { } refused) // held up when missing
        {
            return new SigningAnswer(SigningOutcome.VialRefused, Sentence: Words(refused));
        }

        urgent.LookAt(row.PatientId, row.TreatmentId, row.Id, [request.Remarks, request.Deviation, .. ready.Findings.Select(f => request.ReasonOf(f.Key))]);
        batch.Insert([row]);
        audit.Note(AuditAction.Sign, "treatment", row.Id, row.PatientId, $"version 1, SHA-256 {Convert.ToHexStringLower(row.Hash)}");
        return await WriteAsync(batch, row, request, cancellation);
    }

    private async Task<SigningAnswer> WriteAsync(WriteBatch batch, Treatment row, SigningRequest request, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            if (await batch.RunAsync(cancellation) is { } missed)
            {
                await transaction.RollbackAsync(cancellation);
                return missed switch
                {
                    TheAnswers => new SigningAnswer(SigningOutcome.PlanChanged, Sentence: "The health answers were used for another treatment. Ask again."),
                    DrawFromVial.Taken => new SigningAnswer(SigningOutcome.VialRefused, Sentence: Words(DrawRefusal.TooLittleLeft)),
                    _ => await ExistingAsync(row.Id, request, cancellation) ?? new SigningAnswer(SigningOutcome.PlanChanged, Sentence: Quicker),
                };
            }

            await db.SaveChangesAsync(cancellation); // a key that was made just now, and the notes for the log
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            await transaction.RollbackAsync(cancellation);
            return await ExistingAsync(row.Id, request, cancellation) ?? new SigningAnswer(SigningOutcome.IdTaken);
        }

        await transaction.CommitAsync(cancellation);
        return new SigningAnswer(SigningOutcome.Signed, row);
    }

    internal static string Words(DrawRefusal outcome) => outcome switch
    {
        DrawRefusal.AnotherProduct => "The vial holds another product.",
        DrawRefusal.NotMixed => "The vial is not mixed.",
        DrawRefusal.Closed => "The vial is closed out.",
        DrawRefusal.LotExpired => "The lot of the vial has expired.",
        DrawRefusal.BeyondUse => "The vial is past its last moment of use.",
        _ => "The vial holds less than was given: somebody else drew from it meanwhile. Choose another vial.",
    };
}
