using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Consents;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Vials;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Injections;

/// <summary>
/// Adds a version that says what was really done, with the reason. The version before stays as it is, readable and valid for what it said.
/// The rules speak again, but hold nothing up: what happened has to be written down.
/// </summary>
internal sealed class AmendTreatment(
    FacialisDb db, ReadTreatments read, FindPatients patients, ReviewPlan review, CorrectDraws correct, UrgentWatch urgent, DataKeys keys, AuditTrail audit, TimeProvider clock)
{
    public const string Meaning = "This is what I gave, in place of the version before, for the reason written here.";

    /// <param name="treatmentId">The treatment.</param>
    /// <param name="id">UUIDv7 of the new version, made by the client; the same request again is the same version.</param>
    /// <param name="request">What was really done.</param>
    /// <param name="signer">Who signs it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<SigningAnswer> Handle(Guid treatmentId, Guid id, AmendRequest request, Signer signer, CancellationToken cancellation)
    {
        var versions = await read.Versions(treatmentId, cancellation);
        if (versions is not [.., { Record: { } before, Row: var last }] || await patients.Find(last.PatientId, cancellation) is not { ErasedAt: null } patient)
        {
            return new SigningAnswer(SigningOutcome.NoSuchPlan);
        }

        if (versions.FirstOrDefault(v => v.Row.Id == id) is { Row.Version: > 1 } same)
        {
            return new SigningAnswer(SigningOutcome.Signed, same.Row);
        }

        if (last.Version != request.Version)
        {
            return new SigningAnswer(SigningOutcome.PlanChanged, Sentence: "Somebody amended this treatment meanwhile. Look at the newest version first.");
        }

        var now = ConsentRecord.ToMillisecond(clock.GetUtcNow());
        if (request.Fault(now, before) is { } fault)
        {
            return new SigningAnswer(SigningOutcome.Faulty, Sentence: fault);
        }

        var vial = await db.Set<Vial>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == request.VialId, cancellation);
        if (vial is not { Strength: { } strength } || vial.ProductId != last.ProductId)
        {
            return new SigningAnswer(SigningOutcome.VialRefused, Sentence: "Choose the vial that it was drawn from: a mixed vial of the same product.");
        }

        var points = request.Points.Where(p => p.Units > 0).Select(p => p.AsPlanned(before)).ToList();
        var engine = new PlanContent(null, vial.Product.Id, strength.Vial.Units.Number, strength.Diluent.Number, [.. points]).ToPlan(vial.Product);
        var reviewed = await review.Review(patient, engine, last.Side, null, cancellation, except: treatmentId);
        var planned = before.Points.Concat(before.NotGiven).ToDictionary(p => p.Id, p => p.PlannedUnits);
        var given = SignTreatment.Points(points.Select(p => (p, planned.GetValueOrDefault(p.Id))), reviewed.Book, vial.Product, strength).ToList();
        var record = before with
        {
            Version = last.Version + 1,
            Meaning = Meaning,
            GivenAt = ConsentRecord.ToMillisecond(request.GivenAt ?? before.GivenAt),
            SignedAt = now,
            Signer = new RecordSigner(signer.Id, signer.Name, signer.RoleName, signer.Proof.By, ConsentRecord.ToMillisecond(signer.Proof.At)),
            SecondSigner = null,
            TotalUnits = TreatmentRecord.Plain(given.Sum(p => p.Units)),
            Vial = SignTreatment.VialOf(vial, strength),
            Points = given,
            NotGiven = [.. before.Points.Concat(before.NotGiven).Where(p => p.PlannedUnits > 0 && given.TrueForAll(g => g.Id != p.Id)).Select(p => p with { Units = 0, VolumeMl = 0 })],
            Remarks = request.Remarks?.Trim() ?? "",
            Findings = [.. SignTreatment.FindingsOf(
                reviewed.Findings.Where(f => f.Revision > 0 && f.RuleId != "VIAL-NONE"), [.. points.Select(p => p.Id)], _ => "")],
            RulesVersion = reviewed.Review.CatalogueVersion,
            AtlasVersion = reviewed.Review.AtlasVersion,
            LabelRegion = reviewed.Review.Region.ToString(),
            PreviousHash = Convert.ToHexStringLower(last.Hash),
            AmendReason = request.Reason!.Trim(), // a fault where it is missing
        };
        return await SaveAsync(id, record, last, cancellation);
    }

    private async Task<SigningAnswer> SaveAsync(Guid id, TreatmentRecord record, Treatment last, CancellationToken cancellation)
    {
        var row = SignTreatment.Row(id, record, await keys.FindOrCreateAsync(last.PatientId, cancellation), last.IsDemonstration);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var (vial, changes) in Changes(last, row))
        {
            if (!await correct.Handle(vial, (last.TreatmentId, last.PatientId, row.SignedByName), changes, cancellation))
            {
                return new SigningAnswer(SigningOutcome.VialRefused, Sentence: "The vial never held that much. Choose the vial that it came from.");
            }
        }

        db.Add(row);
        urgent.LookAt(last.PatientId, last.TreatmentId, id, record.Remarks, record.AmendReason);
        audit.Note(AuditAction.Sign, "treatment", last.TreatmentId, last.PatientId, string.Create(
            CultureInfo.InvariantCulture, $"version {row.Version}, SHA-256 {Convert.ToHexStringLower(row.Hash)}"));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            await transaction.RollbackAsync(cancellation);
            return await db.Set<Treatment>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.TreatmentId == last.TreatmentId, cancellation) is { } same
                ? new SigningAnswer(SigningOutcome.Signed, same)
                : new SigningAnswer(SigningOutcome.PlanChanged, Sentence: "Somebody amended this treatment meanwhile. Look at the newest version first.");
        }

        await db.Set<Patient>().Where(p => p.Id == row.PatientId).ExecuteUpdateAsync(set => set.SetProperty(p => p.ChangedAt, row.SignedAt), cancellation);
        await transaction.CommitAsync(cancellation);
        return new SigningAnswer(SigningOutcome.Signed, row);
    }

    /// <summary>By how much each vial's draws change, vials in one order, so that two amendments cannot wait for each other.</summary>
    private static IEnumerable<(Guid Vial, Dictionary<Guid, long> Changes)> Changes(Treatment before, Treatment after) =>
        Of(before, -1).Concat(Of(after, 1)).GroupBy(c => c.Vial).OrderBy(g => g.Key)
            .Select(g => (g.Key, g.GroupBy(c => c.Point).ToDictionary(p => p.Key, p => p.Sum(c => c.Hundredths))))
            .Where(c => c.Item2.Values.Any(by => by != 0));

    private static IEnumerable<(Guid Vial, Guid Point, long Hundredths)> Of(Treatment treatment, int sign) => treatment.VialId is { } vial
        ? treatment.Points.Select(p => (vial, p.Id, sign * Vial.Hundredths(new Units(p.Units))))
        : [];
}

/// <summary>What was really done.</summary>
/// <param name="Version">The version that is put right.</param>
/// <param name="Reason">Why.</param>
/// <param name="VialId">The vial that it was drawn from.</param>
/// <param name="Points">Every point as it was given; 0 U for one that was not.</param>
/// <param name="GivenAt">When it was injected; null for as it was.</param>
/// <param name="Remarks">Remarks in place of those before.</param>
internal sealed record AmendRequest(
    int Version, string? Reason, Guid VialId, IReadOnlyList<AmendedPoint> Points, DateTimeOffset? GivenAt = null, string? Remarks = null)
{
    private const int MostPoints = 80;

    public string? Fault(DateTimeOffset now, TreatmentRecord before) =>
        string.IsNullOrWhiteSpace(Reason) || Reason.Length > SigningRequest.MaxText ? $"Give the reason of the amendment, at most {SigningRequest.MaxText} signs."
        : Remarks?.Length > SigningRequest.MaxText ? $"Remarks have at most {SigningRequest.MaxText} signs."
        : GivenAt is { } at && (at > now.AddMinutes(1) || Math.Abs((at - before.GivenAt).TotalDays) > 31) ? "The time of the injection lies in the past, at most a month from the time that was signed."
        : Points.Count > MostPoints || Points.DistinctBy(p => p.Id).Count() != Points.Count ? $"At most {MostPoints} points, each of them once."
        : Points.Any(p => FaceAtlas.Current.FindSite(p.SiteId) is null || !Enum.IsDefined(p.Side)) ? "Each point needs a site of the face map and the patient's right or left."
        : Points.Any(p => p.Units < 0 || p.Units > 1000 || p.Units % PlanPoint.Step != 0) ? "Given units are 0 or more, in steps of 0.25 U."
        : Points.All(p => p.Units == 0) ? "A treatment has at least one point that was given."
        : null;
}

/// <param name="Id">The point; a new UUIDv7 for one that was forgotten.</param>
/// <param name="SiteId">Site.</param>
/// <param name="Side">The patient's own side.</param>
/// <param name="Units">What went in, U of the treatment's product.</param>
internal sealed record AmendedPoint(Guid Id, string SiteId, Side Side, decimal Units)
{
    /// <summary>At the same spot as before where site and side are the same, else at the site's usual point.</summary>
    public PlanPoint AsPlanned(TreatmentRecord before)
    {
        if (before.Points.Concat(before.NotGiven).FirstOrDefault(p => p.Id == Id) is { } known && known.Site == SiteId)
        {
            return new PlanPoint(Id, SiteId, Side, known.LateralIpd, known.DownIpd, known.Depth, Units);
        }

        var site = FaceAtlas.Current.Site(SiteId);
        return new PlanPoint(Id, SiteId, Side, site.UsualPoint.LateralIpd, site.UsualPoint.DownIpd, site.Depth, Units);
    }
}
