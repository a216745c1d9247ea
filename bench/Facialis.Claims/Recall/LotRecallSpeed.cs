using System.Diagnostics;
using System.Globalization;
using Facialis.Claims.Signing;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Recalls;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Claims.Recall;

/// <summary>Times a recall beside the bare SQL, in turns, with few and with many rows of other lots.</summary>
internal static class LotRecallSpeed
{
    private const double MostRatio = 3;
    private const double MostGrowth = 1.5;
    private const int WarmUps = 8;
    private const int Rounds = 31;

    public static Claim Claim { get; } = new(
        "lot-recall",
        "A lot gives all that came out of it in at most 3 times the time of the bare indexed SQL, whatever other lots left behind.",
        arguments => HoldsAsync(arguments).GetAwaiter().GetResult());

    private static async Task<bool> HoldsAsync(string[] arguments)
    {
        var wanted = arguments is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
        var many = Math.Max(4, wanted / ManyLots.PerLot);
        var few = Math.Max(2, many / 10);
        var server = Environment.GetEnvironmentVariable("FACIALIS_TEST_POSTGRES")
            ?? throw new InvalidOperationException("FACIALIS_TEST_POSTGRES names no PostgreSQL server; claims/lot-recall starts one.");
        var holds = true;
        List<string> figures = [];
        foreach (var (name, address) in new[] { ("SQLite", null), ("PostgreSQL", server) })
        {
            await using var installation = await Installation.MakeAsync(address);
            await using var lots = new ManyLots(installation);
            await lots.MakeLotAsync();
            List<Timed> at = [];
            foreach (var count in new[] { few, many })
            {
                var clock = Stopwatch.StartNew();
                await lots.GrowToAsync(count);
                var (administrations, seconds) = (await lots.AdministrationsAsync(), clock.Elapsed.TotalSeconds);
                var timed = await TimeAsync(installation);
                at.Add(timed);
                Say($"{name}: {administrations:N0} administrations in {count * ManyLots.Vials:N0} vials of {count} lots (made in {seconds:0} s)");
                Say($"  rows of the lot: {string.Join(", ", Named(timed.Rows))}; the same by both: {(timed.SameRows ? "yes" : "NO")}");
                Say($"  bare SQL {timed.Bare:0.0} ms, recall {timed.Whole:0.0} ms (of that opening {timed.Patients} names {timed.Names:0.0} ms): {timed.Ratio:0.00} times; without the names {(timed.Whole - timed.Names) / timed.Bare:0.00} times");
                holds &= timed.SameRows && timed.Ratio <= MostRatio;
            }

            var growth = at[1].Whole / at[0].Whole;
            holds &= growth <= MostGrowth;
            figures.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {at[1].Ratio:0.00} times the bare SQL (bar {MostRatio:0}), {growth:0.00} times as long with 10 times the rows of other lots (bar {MostGrowth:0.0})"));
        }

        Console.WriteLine($"lot-recall: {string.Join("; ", figures)}");
        return holds;
    }

    private static async Task<Timed> TimeAsync(Installation installation)
    {
        using var bare = new BareRecall(installation);
        List<double> ofBare = [], ofWhole = [], ofNames = [];
        var (rows, recalled) = ((IReadOnlyList<int>)[], (LotRecall?)null);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var clock = Stopwatch.GetTimestamp();
            rows = bare.Read();
            var first = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
            clock = Stopwatch.GetTimestamp();
            recalled = await installation.DoAsync(services => services.GetRequiredService<RecallLot>().Handle(ManyLots.Product, ManyLots.Lot, CancellationToken.None));
            var second = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
            var third = await installation.DoAsync(NamesAsync);
            if (round >= 0)
            {
                ofBare.Add(first);
                ofWhole.Add(second);
                ofNames.Add(third);
            }
        }

        int[] same = recalled is null ? [] :
        [
            recalled.Vials.Count, recalled.Treatments.Sum(t => t.Points.Count), recalled.Treatments.Count, 2 * recalled.Treatments.Count(t => t.Outcome.WoreOffOn is not null),
            recalled.Treatments.Sum(t => t.SideEffects.Count), recalled.Patients.Count(p => p.Line.Person.Phone.Length > 0),
        ];
        return new Timed(Median.Of(ofBare), Median.Of(ofWhole), Median.Of(ofNames), rows, same.SequenceEqual(rows), recalled?.Patients.Count ?? 0);
    }

    /// <summary>Milliseconds that it takes to open the names alone, their rows at hand.</summary>
    private static async Task<double> NamesAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var rows = await (
            from patient in db.Set<Patient>().AsNoTracking()
            where patient.Code.Length == 6
            join key in db.Set<DataKey>() on patient.Id equals key.Id
            select new { patient, key }).ToListAsync();
        var find = services.GetRequiredService<FindPatients>();
        var clock = Stopwatch.GetTimestamp();
        foreach (var row in rows)
        {
            find.Line(row.patient, row.key, 0);
        }

        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
    }

    private static IEnumerable<string> Named(IReadOnlyList<int> rows) =>
        rows.Zip(["vials", "draws", "treatments", "follow-ups", "side effects", "patients"]).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.First} {r.Second}"));

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed record Timed(double Bare, double Whole, double Names, IReadOnlyList<int> Rows, bool SameRows, int Patients)
    {
        public double Ratio => Whole / Bare;
    }
}
