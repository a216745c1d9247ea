using Facialis.Clinic.FollowUps;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Injections;

/// <summary>A second person agrees to what passes a hard ceiling. Whoever agrees cannot be the one who then signs.</summary>
internal sealed class Countersign(FacialisDb db, BeforeSigning before, UrgentWatch urgent, DataKeys keys, AuditTrail audit, TimeProvider clock)
{
    /// <summary>What a person says by agreeing.</summary>
    public const string Meaning = "I looked at this plan and agree that it is given above the ceiling.";

    /// <param name="id">UUIDv7 made by the client; the same request again is the same agreement.</param>
    /// <param name="patientId">Whose plan.</param>
    /// <param name="planRevision">The revision that was read.</param>
    /// <param name="reason">Why.</param>
    /// <param name="signer">Who agrees.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What is wrong, or null when it is kept.</returns>
    public async Task<string?> Handle(Guid id, Guid patientId, int planRevision, string? reason, Signer signer, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > SigningRequest.MaxText)
        {
            return $"Give a reason of at most {SigningRequest.MaxText} signs.";
        }

        if (await before.Look(patientId, null, point => point.Units, cancellation) is not { } ready || ready.Plan.Revision != planRevision)
        {
            return "The plan was changed since this page was opened. Look at it again.";
        }

        var needed = ready.Findings.Where(f => f.Needs == FindingNeeds.SecondSigner).Select(f => f.Key).ToList();
        if (needed.Count == 0)
        {
            return "Nothing in this plan needs a second signer.";
        }

        var cipher = await keys.FindOrCreateAsync(patientId, cancellation);
        db.Add(new Countersignature
        {
            Id = id,
            PatientId = patientId,
            PlanId = ready.Plan.Id,
            PlanHash = BeforeSigning.HashOf(ready.Engine),
            Findings = string.Join(' ', needed),
            By = signer.Id,
            ByName = signer.Name,
            At = Consents.ConsentRecord.ToMillisecond(clock.GetUtcNow()),
            SealedReason = BeforeSigning.SealReason(cipher, id, reason.Trim()),
        });
        urgent.LookAt(patientId, null, id, reason);
        audit.Note(AuditAction.Sign, "countersignature", id, patientId, string.Join(' ', needed) is { Length: <= 400 } words ? words : $"{needed.Count} findings");
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear(); // the form was sent twice
        }

        return null;
    }
}
