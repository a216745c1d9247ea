using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Vials;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Practice;

/// <summary>Works out the practice's figures from vials, movements, treatments, fees and visits. A dozen queries for any number of rows.</summary>
internal sealed class PracticeFigures(FacialisDb db, DueDates due, OwnSettings settings, ClinicTime time, TimeProvider clock)
{
    public async Task<Figures> Handle(MonthRange range, CancellationToken cancellation)
    {
        var treatments = await Newest(cancellation);
        var books = await Books(treatments, cancellation);
        var fees = await db.Set<TreatmentFee>().AsNoTracking().ToDictionaryAsync(f => f.TreatmentId, f => Cents(f.Amount), cancellation);
        var money = Treatments(treatments.Values, books, fees).Where(t => range.Has(Month(t.GivenAt))).OrderByDescending(t => t.GivenAt).ThenBy(t => t.TreatmentId).ToList();
        var visits = await Visits(range, cancellation);
        var owed = await due.OfClinic(cancellation);
        var currency = (await settings.Read(cancellation)).Currency;
        return new Figures(
            range, currency, [.. books.GroupBy(b => b.ProductId).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Product(g.Key, [.. g], range))],
            [.. range.Months.Select(month => InMonth(month, [.. money.Where(t => Month(t.GivenAt) == month)], [.. visits.Where(v => v.Month == month)]))],
            money, Of(visits), IntervalOf(treatments.Values, range), new Share(owed.Count(d => d.IsOverdue), owed.Count),
            owed.Count(d => d.IsOverdue && d.PlannedFor is not null));
    }

    /// <summary>The books of every vial of the clinic.</summary>
    public async Task<IReadOnlyList<VialBook>> Books(CancellationToken cancellation) => await Books(await Newest(cancellation), cancellation);

    /// <summary>The newest version of every treatment.</summary>
    private async Task<Dictionary<Guid, Given>> Newest(CancellationToken cancellation) =>
        (await db.Set<Treatment>().Select(t => new Given(t.TreatmentId, t.Version, t.PatientId, t.GivenAt, t.ProductId, t.VialId, t.TotalHundredths)).ToListAsync(cancellation))
            .GroupBy(t => t.TreatmentId).ToDictionary(g => g.Key, g => g.MaxBy(t => t.Version)!); // a group has a row

    private async Task<IReadOnlyList<VialBook>> Books(Dictionary<Guid, Given> treatments, CancellationToken cancellation)
    {
        var vials = await db.Set<Vial>().AsNoTracking().OrderBy(v => v.ReceivedAt).ThenBy(v => v.Id).Select(v => new
        {
            v.Id,
            v.ProductId,
            v.NominalHundredths,
            v.Cost,
            v.MixedAt,
            v.ClosedAt,
            v.DrawnHundredths,
            v.WastedHundredths,
            v.DiscardedHundredths,
        }).ToListAsync(cancellation);
        var moves = db.Set<VialMovement>();
        var drawn = (await moves.Where(m => m.Kind == VialMovementKind.Drawn || m.Kind == VialMovementKind.Returned)
            .GroupBy(m => new { m.VialId, m.TreatmentId })
            .Select(g => new { g.Key.VialId, g.Key.TreatmentId, At = g.Min(m => m.At), Sum = g.Sum(m => m.Kind == VialMovementKind.Drawn ? m.Hundredths : -m.Hundredths) })
            .ToListAsync(cancellation)).ToLookup(m => m.VialId);
        var wasted = (await moves.Where(m => m.Kind == VialMovementKind.Wasted).OrderBy(m => m.At).ThenBy(m => m.Id)
            .Select(m => new { m.VialId, m.At, m.Hundredths }).ToListAsync(cancellation)).ToLookup(m => m.VialId);
        var discarded = (await moves.Where(m => m.Kind == VialMovementKind.Discarded || m.Kind == VialMovementKind.LessDiscarded)
            .GroupBy(m => m.VialId)
            .Select(g => new { VialId = g.Key, At = g.Min(m => m.At), Sum = g.Sum(m => m.Kind == VialMovementKind.Discarded ? m.Hundredths : -m.Hundredths) })
            .ToListAsync(cancellation)).ToLookup(m => m.VialId);
        return
        [
            .. vials.Select(v => new VialBook(
                v.ProductId, v.Id, v.NominalHundredths, v.Cost is { } cost ? Cents(cost) : null, v.MixedAt is { } mixed ? Month(mixed) : null,
                new Parts(
                    v.DrawnHundredths, v.WastedHundredths, v.DiscardedHundredths,
                    v.NominalHundredths - v.DrawnHundredths - v.WastedHundredths - v.DiscardedHundredths),
                [
                    .. drawn[v.Id].OrderBy(m => m.At).ThenBy(m => m.TreatmentId).Select(m => new VialPart(
                        PartKind.Given, m.TreatmentId,
                        Month(m.TreatmentId is { } id && treatments.TryGetValue(id, out var given) ? given.GivenAt : m.At), m.Sum, null)),
                    .. wasted[v.Id].Select(m => new VialPart(PartKind.Wasted, null, Month(m.At), m.Hundredths, null)),
                    .. discarded[v.Id].Select(m => new VialPart(PartKind.Discarded, null, Month(v.ClosedAt ?? m.At), m.Sum, null)),
                ])),
        ];
    }

    private static ProductFigures Product(string productId, IReadOnlyList<VialBook> books, MonthRange range)
    {
        var parts = books.SelectMany(b => b.Parts.Where(p => p.Kind != PartKind.Left).Select(p => (Book: b, Part: p))).ToLookup(p => p.Part.Month);
        var opened = books.Where(b => b.MixedIn is not null).CountBy(b => b.MixedIn!.Value).ToDictionary(); // asked for
        return new ProductFigures(productId, [.. range.Months.Select(month => new ProductMonth(
            month, opened.GetValueOrDefault(month), Sum(month, PartKind.Given), Sum(month, PartKind.Wasted), Sum(month, PartKind.Discarded),
            parts[month].Where(p => p.Book.CostCents is null && p.Part.Hundredths != 0).DistinctBy(p => p.Book.Id).Count()))], Tie(books));

        Amount Sum(DateOnly month, PartKind kind) =>
            parts[month].Where(p => p.Part.Kind == kind).Aggregate(default(Amount), (sum, p) => sum + new Amount(p.Part.Hundredths, p.Part.Cents ?? 0));
    }

    /// <summary>Holds both books of some vials of one product against each other.</summary>
    public static TieOut Tie(IReadOnlyList<VialBook> books) => new(
        books.Count, books.Sum(b => b.Nominal), books.Aggregate(default(Parts), (sum, b) => sum + b.Own), books.Aggregate(default(Parts), (sum, b) => sum + b.Moved),
        books.Count(b => b.Own != b.Moved), books.Sum(b => b.CostCents ?? 0), books.Sum(b => b.Parts.Sum(p => p.Cents ?? 0)), books.Count(b => b.CostCents is null));

    private static IEnumerable<TreatmentMoney> Treatments(IEnumerable<Given> treatments, IReadOnlyList<VialBook> books, Dictionary<Guid, long> fees)
    {
        // What an amendment took back in full cost the treatment nothing, whatever the vial did.
        var costs = books.SelectMany(b => b.Parts).Where(p => p.Kind == PartKind.Given && p.TreatmentId is not null && p.Hundredths != 0)
            .GroupBy(p => p.TreatmentId!.Value).ToDictionary(g => g.Key, g => g.Any(p => p.Cents is null) ? null : g.Sum(p => p.Cents)); // asked for
        return treatments.Select(t => new TreatmentMoney(
            t.TreatmentId, t.PatientId, t.GivenAt, t.ProductId, t.TotalHundredths, costs.GetValueOrDefault(t.TreatmentId), fees.TryGetValue(t.TreatmentId, out var fee) ? fee : null));
    }

    private static PracticeMonth InMonth(DateOnly month, IReadOnlyList<TreatmentMoney> treatments, IReadOnlyList<PastVisit> visits) => new(
        month, treatments.Count, Sum(treatments.Select(t => t.FeeCents)), Sum(treatments.Select(t => t.CostCents)), Sum(treatments.Select(t => t.MarginCents)), Of(visits));

    private static Money Sum(IEnumerable<long?> cents)
    {
        var known = cents.OfType<long>().ToList();
        return new Money(known.Sum(), known.Count);
    }

    /// <summary>Visits of past days; one that was taken off the list before its time is no visit.</summary>
    private async Task<IReadOnlyList<PastVisit>> Visits(MonthRange range, CancellationToken cancellation)
    {
        var (from, end, today) = (time.At(range.From), time.At(range.To.AddMonths(1)), time.At(time.DayOf(clock.GetUtcNow())));
        var before = end < today ? end : today;
        return [.. (await db.Set<Visit>().Where(v => v.At >= from && v.At < before).Select(v => new { v.At, Came = v.ArrivedAt != null, v.CancelledAt }).ToListAsync(cancellation))
            .Where(v => v.Came || v.CancelledAt is null || v.CancelledAt >= v.At).Select(v => new PastVisit(Month(v.At), v.Came))];
    }

    private static Share Of(IReadOnlyCollection<PastVisit> visits) => new(visits.Count(v => !v.Came), visits.Count);

    /// <summary>Between two treatments of a patient, the later one in the months.</summary>
    private MeanInterval? IntervalOf(IEnumerable<Given> treatments, MonthRange range)
    {
        var days = treatments.GroupBy(t => t.PatientId).SelectMany(all =>
        {
            var given = all.Select(t => time.DayOf(t.GivenAt)).Order().ToList();
            return given.Zip(given.Skip(1)).Where(pair => range.Has(MonthRange.Of(pair.Second))).Select(pair => (all.Key, Days: pair.Second.DayNumber - pair.First.DayNumber));
        }).ToList();
        return days.Count == 0 ? null : new MeanInterval(days.Average(d => d.Days), days.Count, days.DistinctBy(d => d.Key).Count());
    }

    private DateOnly Month(DateTimeOffset at) => MonthRange.Of(time.DayOf(at));

    private static long Cents(decimal amount) => (long)(amount * 100);

    private sealed record Given(Guid TreatmentId, int Version, Guid PatientId, DateTimeOffset GivenAt, string ProductId, Guid? VialId, long TotalHundredths);

    private sealed record PastVisit(DateOnly Month, bool Came);
}
