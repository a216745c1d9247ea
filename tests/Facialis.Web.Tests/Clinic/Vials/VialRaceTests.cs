using System.Globalization;
using Facialis.Clinic.Vials;

namespace Facialis.Web.Tests.Clinic.Vials;

/// <summary>Any number of clients draw from one vial at once; it never gives more than it holds. claims/vial-race runs it at length.</summary>
public sealed class VialRaceTests(ITestOutputHelper output)
{
    /// <summary>Rounds, each with a fresh vial; claims/vial-race asks for more.</summary>
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("FACIALIS_VIAL_RACE_ROUNDS") ?? "2", CultureInfo.InvariantCulture);

    private const int Clients = 64;

    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Sixty_four_clients_never_draw_more_than_the_vial_holds(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        _ = await app.OwnerAsync();
        var stock = new Stock(app);
        var chance = new Random(64);
        var (drawn, refused, full) = (0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var vial = await stock.MixedAsync();
            // About one and a half times what the vial holds is asked for.
            var asked = Enumerable.Range(0, Clients).Select(_ => chance.Next(1, 19) * 0.25m).ToList();
            var answers = await Task.WhenAll(asked.Select(units => Task.Run(() => stock.DrawAsync(vial, units))));

            var row = await stock.FindAsync(vial);
            var moved = (await stock.MovementsAsync(vial)).Sum(m => m.Hundredths);
            var taken = answers.Zip(asked).Where(pair => pair.First is null).Sum(pair => pair.Second);
            Assert.All(answers, answer => Assert.True(answer is null or DrawRefusal.TooLittleLeft));
            Assert.Equal(taken * 100, row.DrawnHundredths);
            Assert.Equal(row.DrawnHundredths, moved);
            Assert.True(row.DrawnHundredths <= row.NominalHundredths, $"drawn {row.Drawn} from {row.Nominal}");
            // Nobody was refused who could have been served.
            Assert.All(answers.Zip(asked).Where(pair => pair.First == DrawRefusal.TooLittleLeft), pair => Assert.True(pair.Second > row.Left.Units.Number));
            drawn += answers.Count(a => a is null);
            refused += answers.Count(a => a == DrawRefusal.TooLittleLeft);
            full += row.Left.Units.Number < 4.75m ? 1 : 0;
        }

        output.WriteLine($"vial-race: {database}: {Rounds} vials, {Clients} clients each: {drawn} draws made, {refused} refused, 0 vials overdrawn; {full} were drawn down");
        Assert.True(refused > 0, "nobody was refused, so nothing was raced for");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_same_draw_sent_by_sixteen_clients_at_once_is_one_draw(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        _ = await app.OwnerAsync();
        var stock = new Stock(app);
        var vial = await stock.MixedAsync();
        var draw = Stock.Draw(10);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await stock.DrawAsync(vial, draw) is null;
            }
            catch (Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                return false; // its transaction was rolled back with what it took
            }
        })));

        Assert.Single(answers, drawn => drawn);
        Assert.Equal(10, (await stock.FindAsync(vial)).Drawn.Units.Number);
        Assert.Single(await stock.MovementsAsync(vial));
        await Assert.ThrowsAsync<Microsoft.EntityFrameworkCore.DbUpdateException>(() => stock.DrawAsync(vial, draw));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_same_waste_noted_by_sixteen_clients_at_once_is_one_waste(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        _ = await app.OwnerAsync();
        var stock = new Stock(app);
        var (vial, other, waste) = (await stock.MixedAsync(), await stock.MixedAsync(), Guid.CreateVersion7());
        Task<string?> NoteAsync(Guid of) => stock.DoAsync(s => Service<HandleVial>(s).Waste(of, waste, new(2.5m), "spilled", "Nurse", TestContext.Current.CancellationToken));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => NoteAsync(vial))));

        Assert.All(answers, Assert.Null);
        Assert.Equal(2.5m, (await stock.FindAsync(vial)).Wasted.Units.Number);
        Assert.Single(await stock.MovementsAsync(vial));
        Assert.Equal("This id is taken. Make a new one.", await NoteAsync(other));
        Assert.Equal(0, (await stock.FindAsync(other)).Wasted.Units.Number);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Draws_waste_and_closing_at_once_balance_to_what_the_vial_held(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        _ = await app.OwnerAsync();
        var stock = new Stock(app);
        var vial = await stock.MixedAsync();
        var work = Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
        {
            if (i == 12)
            {
                await stock.DoAsync(s => Service<HandleVial>(s).Close(vial, "Nurse", TestContext.Current.CancellationToken));
            }
            else if (i % 3 == 0)
            {
                await stock.DoAsync(s => Service<HandleVial>(s).Waste(vial, Guid.CreateVersion7(), new(2.5m), "spilled", "Nurse", TestContext.Current.CancellationToken));
            }
            else
            {
                await stock.DrawAsync(vial, 5);
            }
        }));
        await Task.WhenAll(work);

        var row = await stock.FindAsync(vial);
        var moved = await stock.MovementsAsync(vial);
        Assert.NotNull(row.ClosedAt);
        Assert.Equal(row.NominalHundredths, row.DrawnHundredths + row.WastedHundredths + row.DiscardedHundredths);
        Assert.Equal(row.NominalHundredths, moved.Sum(m => m.Hundredths));
        Assert.Equal(row.DrawnHundredths, moved.Where(m => m.Kind == VialMovementKind.Drawn).Sum(m => m.Hundredths));
        Assert.Equal(DrawRefusal.Closed, await stock.DrawAsync(vial, 1));
    }

    private static T Service<T>(IServiceProvider services) where T : notnull => (T)services.GetService(typeof(T))!; // every service asked for is registered
}
