using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Practice;
using Facialis.Clinic.Products;
using Facialis.Clinic.Vials;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Practice;

/// <summary>
/// A clinic that receives, mixes, draws, wastes, closes, amends and charges at random, through the handlers that people use, with a book of its own
/// beside it. Used by the tests and by claims/figures-tie-out.
/// </summary>
/// <param name="work">Works inside the clinic, in a scope of its own.</param>
/// <param name="goOn">Lets time pass.</param>
/// <param name="seed">What is done follows from it; which vial it is done to does not quite, since ids are new each time.</param>
internal sealed class RandomPractice(Func<Func<IServiceProvider, Task<bool>>, Task<bool>> work, Action<TimeSpan> goOn, int seed)
{
    private const int Patients = 6;
    private static readonly ToxinProduct[] Products = [.. ToxinCatalogue.Current.Products.Where(p => ToxinCatalogue.Current.VialSizes(p).Count > 0)];

    private readonly Random _chance = new(seed);
    private readonly List<Guid> _patients = [];
    private readonly List<(Guid Id, ToxinProduct Product)> _vials = [];
    private readonly List<Given> _given = [];

    /// <summary>Hundredths given, wasted and thrown away by product and month, as this book has them.</summary>
    public Dictionary<(string Product, DateOnly Month), Parts> Ledger { get; } = [];

    /// <summary>Cents of all vials with a cost.</summary>
    public long CostCents { get; private set; }

    /// <summary>Cents of all fees.</summary>
    public long FeeCents => _given.Sum(g => g.FeeCents ?? 0);

    /// <summary>Hundredths of a unit received, by product.</summary>
    public Dictionary<string, long> Received { get; } = [];

    public int Vials => _vials.Count;

    public int Treatments => _given.Count;

    /// <summary>Amendments that went through.</summary>
    public int Amended { get; private set; }

    public async Task LiveAsync(int steps)
    {
        await work(async services =>
        {
            for (var n = 0; n < Patients; n++)
            {
                var id = Guid.CreateVersion7();
                await services.GetRequiredService<AddPatient>().Handle(id, $"T-{n}", Person.Nobody, CancellationToken.None);
                _patients.Add(id);
            }

            return true;
        });
        for (var step = 0; step < steps; step++)
        {
            goOn(TimeSpan.FromMinutes(_chance.Next(5, _chance.Next(20) == 0 ? 40_000 : 90)));
            await work(_chance.Next(12) switch
            {
                0 or 1 => ReceiveAsync,
                2 or 3 => MixAsync,
                4 or 5 or 6 or 7 => DrawAsync,
                8 => WasteAsync,
                9 => CloseAsync,
                10 => AmendAsync,
                _ => ChargeAsync,
            });
        }
    }

    /// <summary>Holds the figures of all months against the vials and against this book.</summary>
    /// <returns>What is not the same, in words; empty where everything ties.</returns>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        List<string> apart = [];
        await work(async services =>
        {
            var months = Ledger.Keys.Select(k => k.Month).DefaultIfEmpty(Month(services)).Append(Month(services)).ToList();
            var work = services.GetRequiredService<PracticeFigures>();
            var figures = await work.Handle(MonthRange.All(months.Min(), months.Max()), CancellationToken.None);
            var books = await work.Books(CancellationToken.None);
            foreach (var product in figures.Products)
            {
                foreach (var month in product.Months)
                {
                    var own = Ledger.GetValueOrDefault((product.ProductId, month.Month));
                    Same($"{product.ProductId} {month.Month:yyyy-MM}", (own.Given, own.Wasted, own.Discarded), (month.Given.Hundredths, month.Wasted.Hundredths, month.Discarded.Hundredths));
                }

                var used = product.Months.Aggregate(default(Amount), (sum, m) => sum + m.Given + m.Wasted + m.Discarded);
                var left = books.Where(b => b.ProductId == product.ProductId).SelectMany(b => b.Parts).Where(p => p.Kind == PartKind.Left).ToList();
                Same($"{product.ProductId} units of all months and left", Received[product.ProductId], used.Hundredths + left.Sum(p => p.Hundredths));
                Same($"{product.ProductId} cents of all months and left", product.TieOut.CostCents, used.Cents + left.Sum(p => p.Cents ?? 0));
                Same($"{product.ProductId} ties", true, product.TieOut.Holds);
            }

            Same("products", Received.Count, figures.Products.Count);
            Same("cost of all vials", CostCents, figures.Products.Sum(p => p.TieOut.CostCents));
            Same("fees", FeeCents, figures.Months.Sum(m => m.Income.Cents));
            Same("treatments", Treatments, figures.Treatments.Count);
            return true;
        });
        return apart;

        void Same<T>(string what, T expected, T found)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, found))
            {
                apart.Add($"{what}: {expected} expected, {found} found");
            }
        }
    }

    private async Task<bool> ReceiveAsync(IServiceProvider services)
    {
        var product = Products[_chance.Next(Products.Length)];
        var sizes = ToxinCatalogue.Current.VialSizes(product);
        var (size, id) = (sizes[_chance.Next(sizes.Count)], Id(services));
        decimal? cost = _chance.Next(5) == 0 ? null : _chance.Next(0, 60_000) / 100m;
        var vial = new NewVial(product.Id, size.Units, $"L{_chance.Next(9)}", new DateOnly(2040, 1, 1), Cost: cost);
        if (await services.GetRequiredService<ReceiveVial>().Handle(id, vial, "Nurse", CancellationToken.None) is null)
        {
            _vials.Add((id, product));
            CostCents += (long)((cost ?? 0) * 100);
            Received[product.Id] = Received.GetValueOrDefault(product.Id) + Vial.Hundredths(size.Units);
        }

        return true;
    }

    private async Task<bool> MixAsync(IServiceProvider services)
    {
        if (await AVialAsync(services, v => v.MixedAt == null && v.ClosedAt == null) is { } vial)
        {
            await services.GetRequiredService<HandleVial>().Mix(vial.Id, new Millilitres(_chance.Next(2) == 0 ? 2 : 2.5m), null, "Nurse", CancellationToken.None);
        }

        return true;
    }

    private async Task<bool> DrawAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (await AVialAsync(services, v => v.MixedAt != null && v.ClosedAt == null && (v.UsableUntil == null || v.UsableUntil >= now)) is not { } vial)
        {
            return false;
        }

        var given = new Given(Id(services), _patients[_chance.Next(Patients)], vial.Product, now)
        {
            Vial = vial.Id,
            Points = Enumerable.Range(0, _chance.Next(1, 7)).ToDictionary(_ => Id(services), _ => (long)_chance.Next(1, 600)),
        };
        var draw = new VialDraw(given.Treatment, given.Patient, "Dr. Random", [.. given.Points.Select(p => new PointDraw(Id(services), p.Key, vial.InProduct(p.Value)))]);
        var batch = new WriteBatch(db);
        if (services.GetRequiredService<DrawFromVial>().Add(batch, vial, draw, await services.GetRequiredService<ClinicRules>().BookAsync(CancellationToken.None)) is not null)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await batch.RunAsync(CancellationToken.None) is not null)
        {
            return false; // it held less
        }

        db.Add(Row(given, 1, now));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        _given.Add(given);
        Book(given.Product, MonthOf(services, now), new Parts(given.Sum, 0, 0, 0));
        return true;
    }

    private async Task<bool> WasteAsync(IServiceProvider services)
    {
        var hundredths = _chance.Next(1, 900);
        if (await AVialAsync(services, v => v.MixedAt != null && v.ClosedAt == null) is { } vial
            && await services.GetRequiredService<HandleVial>().Waste(vial.Id, Id(services), vial.InProduct(hundredths).Units, "spilled", "Nurse", CancellationToken.None) is null)
        {
            Book(vial.Product, Month(services), new Parts(0, hundredths, 0, 0));
        }

        return true;
    }

    private async Task<bool> CloseAsync(IServiceProvider services)
    {
        if (await AVialAsync(services, v => v.ClosedAt == null) is { } vial
            && await services.GetRequiredService<HandleVial>().Close(vial.Id, "Nurse", CancellationToken.None) is null)
        {
            Book(vial.Product, Month(services), new Parts(0, 0, Vial.Hundredths(vial.Left.Units), 0));
        }

        return true;
    }

    /// <summary>Other doses, from the same vial or from another of the product; as amending does it, vials in one order.</summary>
    private async Task<bool> AmendAsync(IServiceProvider services)
    {
        if (_given.Count == 0)
        {
            return false;
        }

        var db = services.GetRequiredService<FacialisDb>();
        var before = _given[_chance.Next(_given.Count)];
        var target = _chance.Next(3) > 0 ? before.Vial : (await AVialAsync(services, v => v.MixedAt != null && v.ProductId == before.Product.Id))?.Id ?? before.Vial;
        var points = before.Points.ToDictionary(p => p.Key, p => _chance.Next(2) == 0 ? p.Value : _chance.Next(0, 700));
        if (points.Values.Sum() == 0)
        {
            return false;
        }

        var changes = before.Points.Select(p => (Vial: before.Vial, Point: p.Key, By: -p.Value)).Concat(points.Select(p => (Vial: target, Point: p.Key, By: p.Value)))
            .GroupBy(c => c.Vial).OrderBy(g => g.Key).Select(g => (Vial: g.Key, By: g.GroupBy(c => c.Point).ToDictionary(p => p.Key, p => p.Sum(c => c.By)))).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var (vial, by) in changes.Where(c => c.By.Values.Any(b => b != 0)))
        {
            if (!await services.GetRequiredService<CorrectDraws>().Handle(vial, (before.Treatment, before.Patient, "Dr. Random"), by, CancellationToken.None))
            {
                return false; // the scope ends, and with it what was begun
            }
        }

        var after = before with { Vial = target, Points = points, Version = before.Version + 1 };
        db.Add(Row(after, after.Version, services.GetRequiredService<TimeProvider>().GetUtcNow()));
        await db.SaveChangesAsync();
        var closed = await db.Set<Vial>().AsNoTracking().Where(v => v.ClosedAt != null).ToDictionaryAsync(v => v.Id, v => v.ClosedAt!.Value);
        await transaction.CommitAsync();
        _given[_given.IndexOf(before)] = after;
        Amended++;
        Book(after.Product, MonthOf(services, before.At), new Parts(after.Sum - before.Sum, 0, 0, 0));
        foreach (var (vial, by) in changes.Where(c => closed.ContainsKey(c.Vial)))
        {
            Book(after.Product, MonthOf(services, closed[vial]), new Parts(0, 0, -by.Values.Sum(), 0));
        }

        return true;
    }

    private async Task<bool> ChargeAsync(IServiceProvider services)
    {
        if (_given.Count == 0)
        {
            return false;
        }

        var at = _chance.Next(_given.Count);
        long? cents = _chance.Next(8) == 0 ? null : _chance.Next(0, 90_000);
        if (await services.GetRequiredService<KeepBooks>().Note(new Dictionary<Guid, decimal?> { [_given[at].Treatment] = cents / 100m }, "Owner", CancellationToken.None) is null)
        {
            _given[at] = _given[at] with { FeeCents = cents };
        }

        return true;
    }

    private async Task<Vial?> AVialAsync(IServiceProvider services, System.Linq.Expressions.Expression<Func<Vial, bool>> where)
    {
        var found = await services.GetRequiredService<FacialisDb>().Set<Vial>().AsNoTracking().Where(where).OrderByDescending(v => v.MixedAt).ThenBy(v => v.Id).ToListAsync();
        return found.Count == 0 ? null : found[_chance.Next(Math.Min(found.Count, 12))];
    }

    private void Book(ToxinProduct product, DateOnly month, Parts parts) => Ledger[(product.Id, month)] = Ledger.GetValueOrDefault((product.Id, month)) + parts;

    private static DateOnly Month(IServiceProvider services) => MonthOf(services, services.GetRequiredService<TimeProvider>().GetUtcNow());

    private static DateOnly MonthOf(IServiceProvider services, DateTimeOffset at) => MonthRange.Of(services.GetRequiredService<ClinicTime>().DayOf(at));

    private static Guid Id(IServiceProvider services) => Guid.CreateVersion7(services.GetRequiredService<TimeProvider>().GetUtcNow());

    private static Treatment Row(Given given, int version, DateTimeOffset signedAt)
    {
        var site = FaceAtlas.Current.Sites[0];
        return new Treatment
        {
            Id = version == 1 ? given.Treatment : Guid.CreateVersion7(signedAt),
            TreatmentId = given.Treatment,
            Version = version,
            PatientId = given.Patient,
            GivenAt = given.At,
            SignedAt = signedAt,
            SignedBy = null,
            SignedByName = "Dr. Random",
            Side = Side.PatientLeft,
            ProductId = given.Product.Id,
            VialId = given.Vial,
            Lot = "L",
            TotalHundredths = given.Sum,
            Hash = new byte[32],
            SealedRecord = [],
            Points = [.. given.Points.Select(p => new GivenPoint(p.Key, site.Id, Side.PatientLeft, 0, 0, site.Depth, p.Value / 100m, p.Value / 100m))],
        };
    }

    private sealed record Given(Guid Treatment, Guid Patient, ToxinProduct Product, DateTimeOffset At)
    {
        public required Guid Vial { get; init; }

        public required Dictionary<Guid, long> Points { get; init; }

        public int Version { get; init; } = 1;

        public long? FeeCents { get; init; }

        public long Sum => Points.Values.Sum();
    }
}
