using Facialis.Clinic.Products;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Vials;

/// <summary>Takes the doses of a treatment out of a vial, within the transaction of whoever signs it.</summary>
/// <remarks>
/// One statement asks and takes, so any number of clients at once never take more than there is. Nothing is drawn until the caller saves and
/// commits. The ids come from the client: the same draw again is no second draw.
/// </remarks>
internal sealed class DrawFromVial(FacialisDb db, ClinicRules rules, AuditTrail audit, TimeProvider clock)
{
    /// <param name="vialId">The vial.</param>
    /// <param name="draw">What is drawn, and for whom.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Drawn, or why not; then nothing was changed and the caller rolls back.</returns>
    /// <exception cref="InvalidOperationException">There is no transaction to be part of.</exception>
    public async Task<DrawOutcome> Handle(Guid vialId, VialDraw draw, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A draw is part of the transaction that signs the treatment.");
        }

        var vial = await db.Set<Vial>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == vialId, cancellation);
        if (vial is null)
        {
            return DrawOutcome.NoSuchVial;
        }

        if (draw.Points.Any(p => !p.Dose.Product.Equals(vial.Product)))
        {
            return DrawOutcome.AnotherProduct;
        }

        var points = draw.Points.Where(p => p.Dose.Units.Number > 0).ToList();
        var ids = points.Select(p => p.Id).ToList();
        var known = await db.Set<VialMovement>().CountAsync(m => ids.Contains(m.Id) && m.VialId == vialId && m.TreatmentId == draw.TreatmentId, cancellation);
        if (known == ids.Count)
        {
            return DrawOutcome.AlreadyDrawn;
        }

        return await Take(vial, draw with { Points = points }, await rules.BookAsync(cancellation), cancellation);
    }

    /// <summary>The same for a vial that was just read and a draw that is known to be new.</summary>
    /// <param name="vial">The vial as it was read; what is left in it is asked of the database again.</param>
    /// <param name="draw">Doses of the vial's product, each more than 0 U.</param>
    /// <param name="book">The clinic's rules as they were just read.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<DrawOutcome> Take(Vial vial, VialDraw draw, RuleBook book, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (WhyNot(vial, now, book) is { } reason)
        {
            return reason;
        }

        var total = Vial.Hundredths(vial.Product.Sum(draw.Points.Select(p => p.Dose)).Units);
        var taken = await db.Set<Vial>()
            .Where(v => v.Id == vial.Id && v.ClosedAt == null && v.MixedAt != null
                && v.NominalHundredths - v.DrawnHundredths - v.WastedHundredths - v.DiscardedHundredths >= total)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.DrawnHundredths, v => v.DrawnHundredths + total), cancellation);
        if (taken == 0)
        {
            return DrawOutcome.TooLittleLeft;
        }

        foreach (var point in draw.Points)
        {
            db.Add(new VialMovement
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
            });
        }

        audit.Note(AuditAction.Write, "vial draw", vial.Id, draw.PatientId, $"{draw.Points.Count} points");
        return DrawOutcome.Drawn;
    }

    private static DrawOutcome? WhyNot(Vial vial, DateTimeOffset now, RuleBook book) => vial switch
    {
        { ClosedAt: not null } => DrawOutcome.Closed,
        { MixedAt: null } => DrawOutcome.NotMixed,
        _ when book.DayOf(now) > vial.LotExpires => DrawOutcome.LotExpired,
        _ when now > vial.UsableUntil => DrawOutcome.BeyondUse,
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

internal enum DrawOutcome
{
    Drawn,

    /// <summary>The same draw was made before; nothing was drawn again.</summary>
    AlreadyDrawn,
    NoSuchVial,
    AnotherProduct,
    NotMixed,
    Closed,
    LotExpired,
    BeyondUse,
    TooLittleLeft,
}
