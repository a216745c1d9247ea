using System.Diagnostics;
using System.Globalization;
using System.Net;
using Npgsql;

namespace Facialis.Claims.Signing;

/// <summary>Holds the CPU time of signing over HTTP against a bare program that writes the same rows: same machine, blocks in turn.</summary>
internal static class SigningSpeed
{
    private const int Writers = 8;
    private const int Points = 8;

    /// <summary>Treatments before anything is measured, and in how many batches.</summary>
    private const int WarmUp = 960;
    private const int WarmBatches = 12;

    /// <summary>A round goes from one program to the other so many times: what else the machine does meets both alike.</summary>
    private const int Turns = 8;

    private const double MostTimes = 5;
    private const double MostReviewPercent = 1;

    /// <summary>Between two batches.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public static Claim Claim { get; } = new(
        "signing-speed",
        "Signing over HTTP costs at most 5 times the CPU of a bare transaction that writes the same rows; the rules' review under 1 % of it.",
        arguments => HoldsAsync(arguments).GetAwaiter().GetResult());

    private static async Task<bool> HoldsAsync(string[] arguments)
    {
        var perBlock = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 400;
        var rounds = arguments is [_, var asked, ..] ? int.Parse(asked, CultureInfo.InvariantCulture) : 7;
        var server = Environment.GetEnvironmentVariable("FACIALIS_TEST_POSTGRES")
            ?? throw new InvalidOperationException("FACIALIS_TEST_POSTGRES names no PostgreSQL server; claims/signing-speed starts one.");
        List<(string Name, double Times, double ReviewPercent)> figures = [];
        foreach (var database in new[] { null, server })
        {
            await using var installation = await Installation.MakeAsync(database);
            figures.Add(await new SpeedRun(installation, database, perBlock, rounds).RunAsync());
        }

        Console.WriteLine("signing-speed: " + string.Join("; ", figures.Select(f => string.Create(
            CultureInfo.InvariantCulture, $"{f.Name} {f.Times:0.0} times the CPU of the bare transaction (wanted {MostTimes:0}), review {f.ReviewPercent:0.00} % of it (wanted under {MostReviewPercent:0})"))));
        return figures.TrueForAll(f => f.Times <= MostTimes && f.ReviewPercent < MostReviewPercent);
    }

    /// <summary>One database's share.</summary>
    private sealed class SpeedRun(Installation installation, string? postgres, int perBlock, int rounds)
    {
        private readonly WaitingRoom _room = new(installation, Points);
        private IReadOnlyList<string> _reasons = [];
        private List<Tablet> _tablets = [];
        private int _postmaster;

        public async Task<(string Name, double Times, double ReviewPercent)> RunAsync()
        {
            await _room.OpenAsync();
            var waiting = await _room.AddAsync(((rounds + 1) * perBlock) + WarmUp + 2);
            _postmaster = await PostmasterAsync();
            using var server = new ServerProcess(installation);
            await server.StartAsync();
            _tablets = await SignInAsync(server, 1);
            _reasons = await _tablets[0].AskedReasonsAsync(waiting[0]);
            await SignAsync([waiting[0]], 0);
            await server.StopAsync();
            await using var bare = await BareProcess.StartAsync(installation, postgres, waiting[0].Treatment, waiting[2..]);
            await server.StartAsync();
            _tablets = await SignInAsync(server, Writers);
            var next = 2;
            await WarmAsync(server.Id, waiting[next..(next += WarmUp)]);
            for (var batch = 0; batch < WarmBatches; batch++)
            {
                await bare.WriteAsync(WarmUp / WarmBatches);
                await Task.Delay(Rest);
            }

            List<(Block Product, Block Bare)> pairs = [];
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var tablet in _tablets)
                {
                    await tablet.ProveAsync();
                }

                List<(Block Product, Block Bare)> turns = [];
                foreach (var block in waiting[next..(next += perBlock)].Chunk(perBlock / Turns))
                {
                    var product = await MeasureAsync(server.Id, block.Length, () => SignBlockAsync([.. block]));
                    turns.Add((product, await MeasureAsync(bare.Id, block.Length, () => bare.WriteAsync(block.Length))));
                }

                pairs.Add((Block.Sum(turns.Select(t => t.Product)), Block.Sum(turns.Select(t => t.Bare))));
            }

            pairs.RemoveAt(0); // the runtime compiles the rest of what signing needs once a whole block has run
            Print(pairs);
            await PageTimes.PrintAsync(installation, server, _tablets[0], waiting[1], () => Cpu(server.Id));
            var review = await ReviewCost.MeasureAsync(installation);
            var signing = Median.Of(pairs.Select(p => p.Product.CpuMs));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{installation.Name}: the rules' review of 20 points takes {review.EngineMs * 1000:0} us of CPU; all that is looked at before a signature, with its queries, {review.LookMs:0.00} ms"));
            _tablets.ForEach(t => t.Dispose());
            await server.StopAsync();
            return (installation.Name, Median.Of(pairs.Select(p => p.Product.CpuMs / p.Bare.CpuMs)), 100 * review.EngineMs / signing);
        }

        /// <summary>
        /// The runtime compiles what runs often twice more, in the background and once nothing new has run for a moment; so work and rest alternate
        /// until that is done.
        /// </summary>
        private async Task WarmAsync(int process, List<Waiting> waiting)
        {
            List<string> each = [];
            foreach (var batch in waiting.Chunk(waiting.Count / WarmBatches))
            {
                each.Add((await MeasureAsync(process, batch.Length, () => SignBlockAsync([.. batch]))).CpuMs.ToString("0.0", CultureInfo.InvariantCulture));
                await Task.Delay(Rest);
            }

            Console.WriteLine($"{installation.Name}: getting warm, CPU ms per treatment: {string.Join(' ', each)}");
        }

        private async Task<Block> MeasureAsync(int process, int count, Func<Task> work)
        {
            var (before, clock) = (Cpu(process), Stopwatch.StartNew());
            await work();
            var seconds = clock.Elapsed.TotalSeconds;
            return new Block(count, Cpu(process) - before, seconds);
        }

        /// <summary>CPU time of a process with that of the database server, ms.</summary>
        private double Cpu(int process) => ProcessCpu.OfProcess(process) + (_postmaster == 0 ? 0 : ProcessCpu.OfFamily(_postmaster));

        private async Task<int> PostmasterAsync()
        {
            if (!installation.IsPostgres)
            {
                return 0;
            }

            await using var connection = new NpgsqlConnection(installation.Database + ";Pooling=false");
            await connection.OpenAsync();
            await using var durable = new NpgsqlCommand("SELECT current_setting('fsync') || current_setting('synchronous_commit')", connection);
            return await durable.ExecuteScalarAsync() is "onon"
                ? ProcessCpu.ParentOf(connection.ProcessID)
                : throw new InvalidOperationException("The PostgreSQL server is not durable: tools/private-postgres start FOLDER durable.");
        }

        private static async Task<List<Tablet>> SignInAsync(ServerProcess server, int count)
        {
            var tablets = Enumerable.Range(0, count).Select(_ => new Tablet(server.Address)).ToList();
            foreach (var tablet in tablets)
            {
                await tablet.SignInAsync();
            }

            return tablets;
        }

        private async Task SignBlockAsync(List<Waiting> block) =>
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() => SignAsync([.. block.Where((_, n) => n % Writers == i)], i))));

        private async Task SignAsync(IReadOnlyList<Waiting> block, int writer)
        {
            foreach (var one in block)
            {
                using var answer = await _tablets[writer].SignAsync(one, _reasons, CancellationToken.None);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    throw new InvalidOperationException($"Signing was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                }
            }
        }

        private void Print(List<(Block Product, Block Bare)> pairs)
        {
            Console.WriteLine($"{installation.Name + $", {rounds} times {perBlock} treatments of {Points} points each",-62} {"signing",10} {"bare",10} {"times",7}");
            foreach (var (product, bare) in pairs)
            {
                Row("CPU ms per treatment", product.CpuMs, bare.CpuMs);
            }

            Row("median: CPU ms per treatment", Median.Of(pairs.Select(p => p.Product.CpuMs)), Median.Of(pairs.Select(p => p.Bare.CpuMs)));
            Row("median: treatments per second", Median.Of(pairs.Select(p => p.Product.PerSecond)), Median.Of(pairs.Select(p => p.Bare.PerSecond)));

            static void Row(string name, double product, double bare) => Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {name,-60} {product,10:0.00} {bare,10:0.00} {product / bare,7:0.00}"));
        }
    }

    /// <param name="Count">Treatments.</param>
    /// <param name="Cpu">CPU time of all, ms.</param>
    /// <param name="Seconds">Time on the clock.</param>
    private sealed record Block(int Count, double Cpu, double Seconds)
    {
        /// <summary>CPU time for each treatment, ms.</summary>
        public double CpuMs => Cpu / Count;

        /// <summary>Treatments in a second.</summary>
        public double PerSecond => Count / Seconds;

        public static Block Sum(IEnumerable<Block> turns) => turns.Aggregate((a, b) => new Block(a.Count + b.Count, a.Cpu + b.Cpu, a.Seconds + b.Seconds));
    }
}
