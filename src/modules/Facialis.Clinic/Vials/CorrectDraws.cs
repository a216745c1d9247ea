using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Vials;

/// <summary>Puts the books of a vial right when a signed treatment is amended. The old movements stay; new ones say by how much they were wrong.</summary>
internal sealed class CorrectDraws(FacialisDb db, AuditTrail audit, TimeProvider clock)
{
    /// <param name="vialId">The vial.</param>
    /// <param name="draw">Treatment, patient and name as they stand beside every movement.</param>
    /// <param name="changes">By how many hundredths of a unit the draw of each point changes; less than 0 where less was drawn.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>False where the vial does not hold that much; then the caller rolls back.</returns>
    /// <exception cref="InvalidOperationException">There is no transaction to be part of.</exception>
    public async Task<bool> Handle(
        Guid vialId, (Guid TreatmentId, Guid PatientId, string ByName) draw, IReadOnlyDictionary<Guid, long> changes, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A correction is part of the transaction that amends the treatment.");
        }

        var net = changes.Values.Sum();
        var isClosed = await db.Set<Vial>().AnyAsync(v => v.Id == vialId && v.ClosedAt != null, cancellation);
        var vial = db.Set<Vial>().Where(v => v.Id == vialId);
        var changed = isClosed
            ? await vial.Where(v => v.ClosedAt != null && v.DiscardedHundredths >= net).ExecuteUpdateAsync(set => set
                .SetProperty(v => v.DrawnHundredths, v => v.DrawnHundredths + net)
                .SetProperty(v => v.DiscardedHundredths, v => v.DiscardedHundredths - net), cancellation)
            : await vial.Where(v => v.ClosedAt == null && v.MixedAt != null
                    && v.NominalHundredths - v.DrawnHundredths - v.WastedHundredths - v.DiscardedHundredths >= net)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.DrawnHundredths, v => v.DrawnHundredths + net), cancellation);
        if (changed == 0)
        {
            return false;
        }

        foreach (var (point, by) in changes.Where(c => c.Value != 0))
        {
            Add(by > 0 ? VialMovementKind.Drawn : VialMovementKind.Returned, Math.Abs(by), point);
        }

        if (isClosed && net != 0)
        {
            Add(net > 0 ? VialMovementKind.LessDiscarded : VialMovementKind.Discarded, Math.Abs(net), null);
        }

        audit.Note(AuditAction.Write, "vial draw corrected", vialId, draw.PatientId, $"{changes.Count(c => c.Value != 0)} points");
        return true;

        void Add(VialMovementKind kind, long hundredths, Guid? point) => db.Add(new VialMovement
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            VialId = vialId,
            Kind = kind,
            Hundredths = hundredths,
            At = clock.GetUtcNow(),
            ByName = draw.ByName,
            TreatmentId = draw.TreatmentId,
            PatientId = draw.PatientId,
            PointId = point,
            Reason = "Treatment amended",
        });
    }
}
