using Facialis.Anatomy;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Vials;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Recalls;

/// <summary>From a lot to all that came out of it, with the same few queries for any number of vials, treatments and patients.</summary>
/// <remarks>Each query follows an index from the lot on, so what other lots left behind costs nothing: claims/lot-recall.</remarks>
internal sealed class RecallLot(FacialisDb db, FindPatients find, ClinicTime time)
{
    private const int MostLots = 1000;

    /// <summary>Lots of the clinic, those with open vials first, then the last received. One query.</summary>
    public async Task<IReadOnlyList<KnownLot>> Lots(CancellationToken cancellation)
    {
        var lots = await db.Set<Vial>().GroupBy(v => new { v.ProductId, v.Lot }).Select(g => new
        {
            g.Key.ProductId,
            g.Key.Lot,
            Expires = g.Max(v => v.LotExpires),
            Vials = g.Count(),
            Open = g.Count(v => v.ClosedAt == null),
            Drawn = g.Sum(v => v.DrawnHundredths),
        }).OrderByDescending(l => l.Open > 0).ThenByDescending(l => l.Expires).ThenBy(l => l.Lot).ThenBy(l => l.ProductId).Take(MostLots).ToListAsync(cancellation);
        return [.. lots.Select(l => new KnownLot(l.ProductId, l.Lot, l.Expires, l.Vials, l.Open, l.Drawn))];
    }

    /// <summary>Everything about a lot; null where neither a vial nor a treatment has it.</summary>
    public async Task<LotRecall?> Handle(string productId, string lot, CancellationToken cancellation)
    {
        var vials = await db.Set<Vial>().AsNoTracking().Where(v => v.Lot == lot && v.ProductId == productId)
            .OrderBy(v => v.ReceivedAt).ThenBy(v => v.Id).ToListAsync(cancellation);
        var draws = await (
            from vial in db.Set<Vial>()
            where vial.Lot == lot && vial.ProductId == productId
            join m in db.Set<VialMovement>() on vial.Id equals m.VialId
            where m.TreatmentId != null && (m.Kind == VialMovementKind.Drawn || m.Kind == VialMovementKind.Returned)
            select new Draw(m.VialId, m.Kind, m.Hundredths, m.TreatmentId!.Value, m.PointId)).ToListAsync(cancellation);
        // What was given before vials were kept has its lot written down, and no draw.
        var written = await db.Set<Treatment>().Where(t => t.VialId == null && t.Lot == lot && t.ProductId == productId)
            .Select(t => t.TreatmentId).Distinct().ToListAsync(cancellation);
        if (vials.Count == 0 && written.Count == 0)
        {
            return null;
        }

        Guid[] ids = [.. draws.Select(d => d.TreatmentId).Concat(written).Distinct()];
        var versions = (await db.Set<Treatment>().Where(t => EF.Parameter(ids).Contains(t.TreatmentId))
            .Select(t => new Version(t.TreatmentId, t.Version, t.PatientId, t.GivenAt, t.Side, t.SignedByName, t.ProductId, t.VialId, t.Lot, t.Points))
            .ToListAsync(cancellation)).ToLookup(t => t.TreatmentId);
        var told = (await Of(ids).Join(
            db.Set<FollowUp>().AsNoTracking(), t => new { t.PatientId, t.TreatmentId }, f => new { f.PatientId, f.TreatmentId }, (_, f) => f)
            .ToListAsync(cancellation)).ToLookup(f => f.TreatmentId);
        var effects = (await Of(ids).Join(
            db.Set<SideEffect>().AsNoTracking(), t => new { t.PatientId, t.TreatmentId }, s => new { s.PatientId, s.TreatmentId }, (_, s) => s)
            .ToListAsync(cancellation)).ToLookup(s => s.TreatmentId);

        var drawn = draws.ToLookup(d => d.TreatmentId);
        var vialOf = vials.ToDictionary(v => v.Id);
        List<RecalledTreatment> treatments = [];
        foreach (var all in versions)
        {
            var newest = all.MaxBy(t => t.Number)!; // a group has a row
            List<RecalledPoint> points = drawn.Contains(all.Key) ? Points(drawn[all.Key], all, vialOf) : Points(newest, productId, lot);
            treatments.Add(new RecalledTreatment(
                newest.TreatmentId, newest.Number, newest.PatientId, newest.GivenAt, time.DayOf(newest.GivenAt), newest.Side, newest.SignedByName, points,
                CycleOutcome.Of(time.DayOf(newest.GivenAt), told[newest.TreatmentId]), ReadFollowUps.Newest(effects[newest.TreatmentId])));
        }

        treatments.Sort((one, other) => (other.GivenAt, other.TreatmentId).CompareTo((one.GivenAt, one.TreatmentId)));
        return new LotRecall(productId, lot, vials, treatments, await Patients(treatments, cancellation));
    }

    /// <summary>A row for each treatment, whatever its versions.</summary>
    private IQueryable<Treatment> Of(Guid[] ids) => db.Set<Treatment>().Where(t => EF.Parameter(ids).Contains(t.TreatmentId) && t.Version == 1);

    private async Task<IReadOnlyList<RecalledPatient>> Patients(List<RecalledTreatment> treatments, CancellationToken cancellation)
    {
        var given = treatments.Where(t => t.Hundredths > 0).ToLookup(t => t.PatientId);
        Guid[] ids = [.. given.Select(g => g.Key)];
        var rows = await (
            from patient in db.Set<Patient>().AsNoTracking()
            where EF.Parameter(ids).Contains(patient.Id)
            join key in db.Set<DataKey>() on patient.Id equals key.Id into found
            from key in found.DefaultIfEmpty()
            select new { patient, key }).ToListAsync(cancellation);
        return [.. rows.Select(r => new RecalledPatient(find.Line(r.patient, r.key, 0), [.. given[r.patient.Id]])).OrderBy(p => p.Line.Code, StringComparer.Ordinal)];
    }

    /// <summary>What was drawn for a treatment, amendments taken into account; where each point is, as the newest version that has it says.</summary>
    private static List<RecalledPoint> Points(IEnumerable<Draw> draws, IEnumerable<Version> versions, Dictionary<Guid, Vial> vials)
    {
        Dictionary<Guid, GivenPoint> places = [];
        foreach (var point in versions.OrderBy(v => v.Number).SelectMany(v => v.Points))
        {
            places[point.Id] = point;
        }

        List<RecalledPoint> points = [];
        foreach (var of in draws.GroupBy(d => (d.VialId, d.PointId)))
        {
            var place = of.Key.PointId is { } id ? places.GetValueOrDefault(id) : null;
            points.Add(new RecalledPoint(
                of.Key.PointId ?? Guid.Empty, vials.GetValueOrDefault(of.Key.VialId), place?.SiteId, place?.Side,
                of.Sum(d => d.Kind == VialMovementKind.Drawn ? d.Hundredths : -d.Hundredths), of.Skip(1).Any()));
        }

        return points;
    }

    private static List<RecalledPoint> Points(Version written, string productId, string lot) => written.VialId is null && written.Lot == lot && written.ProductId == productId
        ? [.. written.Points.Select(p => new RecalledPoint(p.Id, null, p.SiteId, p.Side, (long)(p.Units * 100), WasAmended: false))]
        : []; // amended since: it was another lot

    private sealed record Draw(Guid VialId, VialMovementKind Kind, long Hundredths, Guid TreatmentId, Guid? PointId);

    private sealed record Version(
        Guid TreatmentId, int Number, Guid PatientId, DateTimeOffset GivenAt, Side? Side, string SignedByName, string ProductId, Guid? VialId, string Lot,
        IReadOnlyList<GivenPoint> Points);
}
