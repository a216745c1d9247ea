using Facialis.Clinic.Products;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Toxin;

namespace Facialis.Clinic.Vials;

/// <summary>Takes the doses of a treatment out of a vial, within the transaction of whoever signs it.</summary>
/// <remarks>One statement asks and takes, so any number of clients at once never take more than there is.</remarks>
internal sealed class DrawFromVial(FacialisDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Name of the change in the batch: where it finds no row, the vial holds less than is wanted.</summary>
    public const string Taken = "taken from the vial";

    /// <summary>Adds the draw to a batch. Nothing is drawn until the batch ran and its transaction was committed.</summary>
    /// <param name="batch">What signing writes; no insert is in it yet.</param>
    /// <param name="vial">The vial as it was just read; what is left in it is asked of the database again when the batch runs.</param>
    /// <param name="draw">Doses of the vial's product; those of 0 U draw nothing.</param>
    /// <param name="book">The clinic's rules as they were just read.</param>
    /// <returns>Null where it was added; otherwise why not.</returns>
    public DrawRefusal? Add(WriteBatch batch, Vial vial, VialDraw draw, RuleBook book)
    {
        var now = clock.GetUtcNow();
        if (draw.Points.Any(p => !p.Dose.Product.Equals(vial.Product)))
        {
            return DrawRefusal.AnotherProduct;
        }

        if (WhyNot(vial, now, book) is { } reason)
        {
            return reason;
        }

        var total = Vial.Hundredths(vial.Product.Sum(draw.Points.Select(p => p.Dose)).Units);
        batch.Change(Taken, $"""
            UPDATE clinic_vial SET "DrawnHundredths" = "DrawnHundredths" + {total}
            WHERE "ClinicId" = {db.ClinicId} AND "Id" = {vial.Id} AND "ClosedAt" IS NULL AND "MixedAt" IS NOT NULL
              AND "NominalHundredths" - "DrawnHundredths" - "WastedHundredths" - "DiscardedHundredths" >= {total}
            """);
        batch.Insert([
            .. draw.Points.Where(p => p.Dose.Units.Number > 0).Select(point => new VialMovement
            {
                Id = point.Id,
                VialId = vial.Id,
                Kind = VialMovementKind.Drawn,
                Hundredths = Vial.Hundredths(point.Dose.Units),
                At = now,
                ByName = draw.ByName,
                TreatmentId = draw.TreatmentId,
                PatientId = draw.PatientId,
                PointId = point.PointId,
            }),
        ]);
        audit.Note(AuditAction.Write, "vial draw", vial.Id, draw.PatientId, $"{draw.Points.Count} points");
        return null;
    }

    private static DrawRefusal? WhyNot(Vial vial, DateTimeOffset now, RuleBook book) => vial switch
    {
        { ClosedAt: not null } => DrawRefusal.Closed,
        { MixedAt: null } => DrawRefusal.NotMixed,
        _ when book.DayOf(now) > vial.LotExpires => DrawRefusal.LotExpired,
        _ when now > vial.UsableUntil => DrawRefusal.BeyondUse,
        _ => null,
    };
}

/// <summary>What is drawn from one vial for one treatment.</summary>
/// <param name="TreatmentId">The treatment.</param>
/// <param name="PatientId">The patient.</param>
/// <param name="ByName">Who drew it.</param>
/// <param name="Points">A draw for each point; those of 0 U draw nothing.</param>
internal sealed record VialDraw(Guid TreatmentId, Guid PatientId, string ByName, IReadOnlyList<PointDraw> Points);

/// <summary>What one point takes.</summary>
/// <param name="Id">UUIDv7 of this draw, made by the client.</param>
/// <param name="PointId">The point.</param>
/// <param name="Dose">Its dose.</param>
internal sealed record PointDraw(Guid Id, Guid PointId, Dose Dose);

/// <summary>Why nothing is drawn.</summary>
internal enum DrawRefusal
{
    AnotherProduct,
    NotMixed,
    Closed,
    LotExpired,
    BeyondUse,
    TooLittleLeft,
}
