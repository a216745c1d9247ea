using System.Globalization;
using Facialis.Claims.Signing;
using Facialis.Clinic.Vials;
using Facialis.Platform.Database;
using Facialis.Web.Tests.Clinic.Practice;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Claims.Practice;

/// <summary>Lets clinics live at random, and holds the figures of all their months against their vials and against a book kept beside.</summary>
internal static class FiguresTieOut
{
    private const int Steps = 500;

    public static Claim Claim { get; } = new(
        "figures-tie-out",
        "The practice's figures of all months are the vials, to the hundredth of a unit and to the cent; a fault planted in the books is seen.",
        arguments => HoldsAsync(arguments).GetAwaiter().GetResult());

    private static async Task<bool> HoldsAsync(string[] arguments)
    {
        var histories = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 12;
        var server = Environment.GetEnvironmentVariable("FACIALIS_TEST_POSTGRES")
            ?? throw new InvalidOperationException("FACIALIS_TEST_POSTGRES names no PostgreSQL server; claims/figures-tie-out starts one.");
        var (vials, cents, months, apart, planted, seen) = (0, 0L, 0, 0, 0, 0);
        foreach (var (name, address) in new[] { ("SQLite", null), ("PostgreSQL", server) })
        {
            for (var seed = 1; seed <= histories; seed++)
            {
                var clock = new MovedClock();
                await using var installation = await Installation.MakeAsync(address, clock);
                var practice = new RandomPractice(installation.DoAsync, clock.GoOn, seed);
                await practice.LiveAsync(Steps);
                var differences = await practice.DifferencesAsync();
                (vials, cents, months, apart) = (vials + practice.Vials, cents + practice.CostCents, months + practice.Ledger.Count, apart + differences.Count);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name}, history {seed}: {practice.Vials} vials, {practice.Treatments} treatments, {practice.Amended} amended, {practice.Ledger.Keys.Select(k => k.Month).Distinct().Count()} months, {practice.Ledger.Keys.Select(k => k.Product).Distinct().Count()} products: {differences.Count} differences"));
                foreach (var difference in differences.Take(5))
                {
                    Console.WriteLine($"  {difference}");
                }

                planted++;
                seen += await PlantedIsSeenAsync(installation, practice, seed) ? 1 : 0;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"figures-tie-out: {vials} vials, {months} months of a product and {cents} cents compared, {apart} differences; {seen} of {planted} planted faults seen"));
        return apart == 0 && seen == planted && vials > 0 && cents > 0;
    }

    /// <summary>A hundredth of a unit is taken from a vial's own sum, or added to a movement, past the program.</summary>
    private static async Task<bool> PlantedIsSeenAsync(Installation installation, RandomPractice practice, int seed)
    {
        await installation.DoAsync(async services =>
        {
            var db = services.GetRequiredService<FacialisDb>();
            if (seed % 2 == 0)
            {
                var vial = await db.Set<Vial>().Where(v => v.DrawnHundredths > 0).Select(v => v.Id).FirstAsync();
                return await db.Set<Vial>().Where(v => v.Id == vial).ExecuteUpdateAsync(set => set.SetProperty(v => v.DrawnHundredths, v => v.DrawnHundredths - 1));
            }

            var movement = await db.Set<VialMovement>().Where(m => m.Kind == VialMovementKind.Drawn).Select(m => m.Id).FirstAsync();
            return await db.Set<VialMovement>().Where(m => m.Id == movement).ExecuteUpdateAsync(set => set.SetProperty(m => m.Hundredths, m => m.Hundredths + 1));
        });
        return (await practice.DifferencesAsync()).Any(d => d.Contains("ties: True expected", StringComparison.Ordinal));
    }

    /// <summary>Two years ago, and from there as the history goes.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2024, 11, 4, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void GoOn(TimeSpan span) => _now += span;
    }
}
