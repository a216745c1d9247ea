using Facialis.Clinic.Products;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Vials;

/// <summary>Mixes a vial, notes what was wasted, and closes it out so that it balances.</summary>
internal sealed class HandleVial(FacialisDb db, ClinicRules rules, AuditTrail audit, TimeProvider clock)
{
    /// <returns>Null when mixed, else the sentence that refuses it.</returns>
    public async Task<string?> Mix(Guid id, Millilitres diluent, string? diluentLot, string byName, CancellationToken cancellation)
    {
        var vial = await db.Set<Vial>().SingleOrDefaultAsync(v => v.Id == id, cancellation);
        if (vial is null)
        {
            return "There is no such vial.";
        }

        if (vial.MixedAt is not null)
        {
            return vial.DiluentMl == diluent.Number ? null : "It is mixed already, to another strength.";
        }

        var now = clock.GetUtcNow();
        var book = await rules.BookAsync(cancellation);
        if (vial.ClosedAt is not null || book.DayOf(now) > vial.LotExpires)
        {
            return vial.ClosedAt is not null ? "It is closed out." : "Its lot has expired; throw it away and close it out.";
        }

        if (book.WhyNotMixed(vial.Nominal, diluent) is { } why)
        {
            return why;
        }

        if (diluentLot?.Trim() is { Length: > Vial.MaxLotLength })
        {
            return $"The lot of the diluent has at most {Vial.MaxLotLength} signs.";
        }

        var until = now + book.BeyondUse(vial.Product);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var lot = string.IsNullOrWhiteSpace(diluentLot) ? null : diluentLot.Trim();
        var mixed = await db.Set<Vial>().Where(v => v.Id == id && v.MixedAt == null && v.ClosedAt == null).ExecuteUpdateAsync(set => set
            .SetProperty(v => v.DiluentMl, diluent.Number).SetProperty(v => v.DiluentLot, lot)
            .SetProperty(v => v.MixedAt, now).SetProperty(v => v.MixedByName, byName).SetProperty(v => v.UsableUntil, until), cancellation);
        if (mixed == 0)
        {
            return "Somebody else was quicker; look at the vial again.";
        }

        audit.Note(AuditAction.Write, "vial mixed", id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>Notes units that went into nobody. The id comes from the client: the same waste again is no second waste.</summary>
    /// <returns>Null when noted, else the sentence that refuses it.</returns>
    public async Task<string?> Waste(Guid id, Guid wasteId, Units units, string? reason, string byName, CancellationToken cancellation)
    {
        if (units.Number == 0 || string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > VialMovement.MaxReasonLength)
        {
            return units.Number == 0 ? "Nothing wasted needs no note." : $"Waste needs a reason of at most {VialMovement.MaxReasonLength} signs.";
        }

        var hundredths = Vial.Hundredths(units);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Set<VialMovement>().AnyAsync(m => m.Id == wasteId && m.VialId == id, cancellation))
        {
            return null;
        }

        var taken = await db.Set<Vial>()
            .Where(v => v.Id == id && v.ClosedAt == null && v.MixedAt != null
                && v.NominalHundredths - v.DrawnHundredths - v.WastedHundredths - v.DiscardedHundredths >= hundredths)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.WastedHundredths, v => v.WastedHundredths + hundredths), cancellation);
        if (taken == 0)
        {
            return "The vial is not open, or holds less than that.";
        }

        db.Add(new VialMovement
        {
            Id = wasteId,
            VialId = id,
            Kind = VialMovementKind.Wasted,
            Hundredths = hundredths,
            At = clock.GetUtcNow(),
            ByName = byName,
            Reason = reason.Trim(),
        });
        audit.Note(AuditAction.Write, "vial waste", id);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            // The same note came twice at once, or the id is one that this clinic does not see. What was taken above goes back.
            db.ChangeTracker.Clear();
            await transaction.RollbackAsync(cancellation);
            return await db.Set<VialMovement>().AnyAsync(m => m.Id == wasteId && m.VialId == id, cancellation) ? null : ReceiveVial.IdTaken;
        }

        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>Closes a vial: what is left is thrown away, so that drawn, wasted and thrown away come to what it held.</summary>
    /// <returns>Null when it is closed, else the sentence that refuses it.</returns>
    public async Task<string?> Close(Guid id, string byName, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var closed = await db.Set<Vial>().Where(v => v.Id == id && v.ClosedAt == null).ExecuteUpdateAsync(set => set
            .SetProperty(v => v.DiscardedHundredths, v => v.NominalHundredths - v.DrawnHundredths - v.WastedHundredths)
            .SetProperty(v => v.ClosedAt, now).SetProperty(v => v.ClosedByName, byName), cancellation);
        if (closed == 0)
        {
            return await db.Set<Vial>().AnyAsync(v => v.Id == id, cancellation) ? null : "There is no such vial.";
        }

        var rest = await db.Set<Vial>().AsNoTracking().Where(v => v.Id == id).Select(v => v.DiscardedHundredths).SingleAsync(cancellation);
        if (rest > 0)
        {
            db.Add(new VialMovement
            {
                Id = Guid.CreateVersion7(now),
                VialId = id,
                Kind = VialMovementKind.Discarded,
                Hundredths = rest,
                At = now,
                ByName = byName,
                Reason = "Closed out",
            });
        }

        audit.Note(AuditAction.Write, "vial closed", id);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }
}
