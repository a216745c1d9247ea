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
/// <remarks>
/// Each query begins at the lot's vials and goes on by left joins, each along an index, so that what other lots left behind costs nothing
/// (claims/lot-recall). Inner joins would let SQLite, which keeps no statistics here, begin at the other end and read the whole clinic.
/// </remarks>
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
        await db.Database.OpenConnectionAsync(cancellation); // once for all queries: each opening tells PostgreSQL anew which clinic asks
        try
        {
            return await Of(productId, lot, cancellation);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<LotRecall?> Of(string productId, string lot, CancellationToken cancellation)
    {
        var ofLot = db.Set<Vial>().Where(v => v.Lot == lot && v.ProductId == productId);
        var drawnFrom = ofLot.LeftJoin(db.Set<Treatment>(), v => v.Id, t => t.VialId, (_, t) => t!);
        // What was given before vials were kept has its lot written down, and no draw.
        var withoutVial = db.Set<Treatment>().Where(t => t.VialId == null && t.Lot == lot && t.ProductId == productId);

        var vials = await ofLot.AsNoTracking().OrderBy(v => v.ReceivedAt).ThenBy(v => v.Id).ToListAsync(cancellation);
        var draws = await ofLot.LeftJoin(db.Set<VialMovement>(), v => v.Id, m => m.VialId, (v, m) =>
            new Draw(v.Id, (VialMovementKind?)m!.Kind, (long?)m.Hundredths, m.TreatmentId, m.PointId)).ToListAsync(cancellation);
        var read = await VersionsOf(drawnFrom, cancellation);
        var written = await VersionsOf(withoutVial, cancellation);
        if (vials.Count == 0 && written.Count == 0)
        {
            return null;
        }

        var followed = await FollowUpsOf(drawnFrom, cancellation);
        var suffered = await SideEffectsOf(drawnFrom, cancellation);
        var lines = await PatientsOf(drawnFrom, cancellation);
        if (written.Count > 0)
        {
            read.AddRange(written);
            followed.AddRange(await FollowUpsOf(withoutVial, cancellation));
            suffered.AddRange(await SideEffectsOf(withoutVial, cancellation));
            lines.AddRange(await PatientsOf(withoutVial, cancellation));
        }

        // A treatment of two versions comes twice, as does whatever belongs to it.
        var versions = read.DistinctBy(t => (t.TreatmentId, t.Number)).ToLookup(t => t.TreatmentId);
        var told = followed.DistinctBy(f => f.Id).ToLookup(f => f.TreatmentId);
        var effects = suffered.DistinctBy(s => s.Id).ToLookup(s => s.TreatmentId);
        var drawn = draws.Where(d => d.TreatmentId is not null && d.Kind is VialMovementKind.Drawn or VialMovementKind.Returned).ToLookup(d => d.TreatmentId!.Value); // asked for
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
        var given = treatments.Where(t => t.Hundredths > 0).ToLookup(t => t.PatientId);
        return new LotRecall(productId, lot, vials, treatments, [
            .. lines.DistinctBy(l => l.Patient.Id).Where(l => given.Contains(l.Patient.Id))
                .Select(l => new RecalledPatient(find.Line(l.Patient, l.Key, 0), [.. given[l.Patient.Id]])).OrderBy(p => p.Line.Code, StringComparer.Ordinal),
        ]);
    }

    /// <summary>All versions of some treatments, without what was signed.</summary>
    private async Task<List<Version>> VersionsOf(IQueryable<Treatment> treatments, CancellationToken cancellation) => await Found(
        treatments.LeftJoin(db.Set<Treatment>(), one => one.TreatmentId, t => t.TreatmentId, (_, t) => t == null
            ? null
            : new Version(t.TreatmentId, t.Version, t.PatientId, t.GivenAt, t.Side, t.SignedByName, t.ProductId, t.VialId, t.Lot, t.Points)), cancellation);

    private async Task<List<FollowUp>> FollowUpsOf(IQueryable<Treatment> treatments, CancellationToken cancellation) => await Found(
        treatments.LeftJoin(
            db.Set<FollowUp>().AsNoTracking(), t => new { t.PatientId, t.TreatmentId }, f => new { f.PatientId, f.TreatmentId }, (_, f) => f), cancellation);

    private async Task<List<SideEffect>> SideEffectsOf(IQueryable<Treatment> treatments, CancellationToken cancellation) => await Found(
        treatments.LeftJoin(
            db.Set<SideEffect>().AsNoTracking(), t => new { t.PatientId, t.TreatmentId }, s => new { s.PatientId, s.TreatmentId }, (_, s) => s), cancellation);

    private async Task<List<(Patient Patient, DataKey? Key)>> PatientsOf(IQueryable<Treatment> treatments, CancellationToken cancellation) =>
    [
        .. (await treatments.LeftJoin(db.Set<Patient>(), t => t.PatientId, p => p.Id, (_, p) => p)
            .LeftJoin(db.Set<DataKey>(), p => p!.Id, k => k.Id, (p, k) => new { p, k }).AsNoTracking().ToListAsync(cancellation))
            .Where(r => r.p is not null).Select(r => (r.p!, r.k)), // asked for
    ];

    private static async Task<List<TRow>> Found<TRow>(IQueryable<TRow?> rows, CancellationToken cancellation) where TRow : class =>
        [.. (await rows.ToListAsync(cancellation)).OfType<TRow>()];

    /// <summary>What was drawn for a treatment, amendments taken into account; where each point is, as the newest version that has it says.</summary>
    private static List<RecalledPoint> Points(IEnumerable<Draw> draws, IEnumerable<Version> versions, Dictionary<Guid, Vial> vials)
    {
        Dictionary<Guid, GivenPoint> places = [];
        foreach (var point in versions.OrderBy(v => v.Number).SelectMany(v => v.Points))
        {
            places[point.Id] = point;
        }

        List<RecalledPoint> points = [];
        Dictionary<(Guid, Guid?), int> known = [];
        foreach (var draw in draws)
        {
            var by = draw.Kind == VialMovementKind.Drawn ? draw.Hundredths!.Value : -draw.Hundredths!.Value; // a draw has both
            if (known.TryGetValue((draw.VialId, draw.PointId), out var at))
            {
                points[at] = points[at] with { Hundredths = points[at].Hundredths + by, WasAmended = true };
                continue;
            }

            var place = draw.PointId is { } id ? places.GetValueOrDefault(id) : null;
            known[(draw.VialId, draw.PointId)] = points.Count;
            points.Add(new RecalledPoint(draw.PointId ?? Guid.Empty, vials.GetValueOrDefault(draw.VialId), place?.SiteId, place?.Side, by, WasAmended: false));
        }

        return points;
    }

    private static List<RecalledPoint> Points(Version written, string productId, string lot) => written.VialId is null && written.Lot == lot && written.ProductId == productId
        ? [.. written.Points.Select(p => new RecalledPoint(p.Id, null, p.SiteId, p.Side, (long)(p.Units * 100), WasAmended: false))]
        : []; // amended since: it was another lot

    /// <summary>A movement; without values where the vial has none.</summary>
    private sealed record Draw(Guid VialId, VialMovementKind? Kind, long? Hundredths, Guid? TreatmentId, Guid? PointId);

    private sealed record Version(
        Guid TreatmentId, int Number, Guid PatientId, DateTimeOffset GivenAt, Side? Side, string SignedByName, string ProductId, Guid? VialId, string Lot,
        IReadOnlyList<GivenPoint> Points);
}
