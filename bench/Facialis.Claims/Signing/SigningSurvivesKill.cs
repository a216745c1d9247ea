using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Facialis.Claims.Signing;

/// <summary>Kills the server while 8 writers sign, starts it again, and looks at the end what became of everything that was acknowledged.</summary>
internal static class SigningSurvivesKill
{
    private const int Kills = 40;
    private const int Writers = 8;
    private const int MostSends = 5;

    /// <summary>Patients that must still wait when the server is started: more than one round signs.</summary>
    private const int LeastWaiting = 60;

    /// <summary>A round is killed after this long even where fewer answers came than chance wanted.</summary>
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(8);

    public static Claim Claim { get; } = new(
        "signing-survives-kill",
        "Killed at any moment while 8 writers sign, the server loses nothing acknowledged, and leaves nothing half written and nothing twice.",
        arguments => HoldsAsync(arguments).GetAwaiter().GetResult());

    private static async Task<bool> HoldsAsync(string[] arguments)
    {
        var kills = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : Kills;
        var server = Environment.GetEnvironmentVariable("FACIALIS_TEST_POSTGRES")
            ?? throw new InvalidOperationException("FACIALIS_TEST_POSTGRES names no PostgreSQL server; claims/signing-survives-kill starts one.");
        List<KillVerdict> verdicts = [];
        foreach (var database in new[] { null, server })
        {
            await using var installation = await Installation.MakeAsync(database);
            verdicts.Add(await new KillRun(installation, kills).RunAsync());
            Console.WriteLine(verdicts[^1].Line(installation.Name));
            verdicts[^1].Faults.Take(20).ToList().ForEach(Console.WriteLine);
        }

        var holds = verdicts.TrueForAll(v => v.Holds) && kills > 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"signing-survives-kill: {verdicts.Sum(v => v.Kills)} kills, {verdicts.Sum(v => v.Acknowledged)} acknowledged, {verdicts.Sum(v => v.Lost)} lost, "
            + $"{verdicts.Sum(v => v.HalfWritten)} half written, {verdicts.Sum(v => v.Doubled)} doubled, audit {(verdicts.TrueForAll(v => v.AuditFault is null) ? "verifies" : "DOES NOT VERIFY")}"));
        return holds;
    }

    /// <summary>One database's share.</summary>
    private sealed class KillRun(Installation installation, int kills)
    {
        private readonly ConcurrentQueue<Waiting> _waiting = new();
        private readonly ConcurrentDictionary<Guid, string> _acknowledged = new();
        private readonly ConcurrentBag<Waiting> _sent = [];
        private readonly ConcurrentBag<string> _refused = [];
        private readonly Pending?[] _pending = new Pending?[Writers];
        private readonly Random _chance = new(20261127);
        private readonly WaitingRoom _room = new(installation, points: 8);
        private IReadOnlyList<string> _reasons = [];
        private int _interrupted;
        private int _repeated;
        private int _givenUp;

        public async Task<KillVerdict> RunAsync()
        {
            await _room.OpenAsync();
            await RefillAsync();
            using var server = new ServerProcess(installation);
            var tablets = Enumerable.Range(0, Writers).Select(_ => new Tablet(server.Address)).ToList();
            await server.StartAsync();
            foreach (var tablet in tablets)
            {
                await tablet.SignInAsync();
            }

            _reasons = await tablets[0].AskedReasonsAsync((await _room.AddAsync(1))[0]);
            for (var kill = 1; kill <= kills; kill++)
            {
                foreach (var tablet in tablets)
                {
                    await tablet.ProveAsync(); // while nothing is killed: a try at a password that is cut off counts as a wrong one
                }

                await RoundAsync(server, tablets);
                await RefillAsync();
                await server.StartAsync();
            }

            await FinishAsync(tablets);
            await server.StopAsync();
            tablets.ForEach(t => t.Dispose());
            return await KillVerdict.OfAsync(
                installation, new KillFigures(kills, _acknowledged, [.. _sent], _interrupted, _repeated, _givenUp, [.. _refused]));
        }

        private async Task RefillAsync()
        {
            if (_waiting.Count < LeastWaiting)
            {
                (await _room.AddAsync(LeastWaiting)).ForEach(_waiting.Enqueue);
            }
        }

        /// <summary>Writers sign until the server dies: after so many answers as chance says, and some more milliseconds.</summary>
        private async Task RoundAsync(ServerProcess server, List<Tablet> tablets)
        {
            var (enough, more) = (_acknowledged.Count + _chance.Next(25), TimeSpan.FromMilliseconds(_chance.NextDouble() * 40));
            using var over = new CancellationTokenSource();
            var writers = tablets.Select((tablet, i) => Task.Run(() => WriteAsync(tablet, i, over.Token))).ToList();
            var clock = Stopwatch.StartNew();
            while (_acknowledged.Count < enough && clock.Elapsed < LongestRound)
            {
                await Task.Delay(1, CancellationToken.None);
            }

            await Task.Delay(more, CancellationToken.None);
            await server.KillAsync();
            await over.CancelAsync();
            await Task.WhenAll(writers);
            _interrupted += _pending.Count(p => p is not null);
        }

        private async Task WriteAsync(Tablet tablet, int writer, CancellationToken over)
        {
            while (!over.IsCancellationRequested && Next(writer) is { } pending)
            {
                if (!await SendAsync(tablet, pending))
                {
                    return; // no answer: the server is gone
                }

                _pending[writer] = null;
            }
        }

        /// <summary>The request that got no answer, or the next patient.</summary>
        private Pending? Next(int writer)
        {
            if (_pending[writer] is { Sends: >= MostSends })
            {
                (_pending[writer], _) = (null, Interlocked.Increment(ref _givenUp));
            }

            if (_pending[writer] is null && _waiting.TryDequeue(out var next))
            {
                _sent.Add(next);
                _pending[writer] = new Pending(next);
            }

            return _pending[writer];
        }

        /// <returns>False where no answer came.</returns>
        private async Task<bool> SendAsync(Tablet tablet, Pending pending)
        {
            if (++pending.Sends > 1)
            {
                Interlocked.Increment(ref _repeated);
            }

            try
            {
                using var answer = await tablet.SignAsync(pending.What, _reasons, CancellationToken.None);
                var body = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    _acknowledged[pending.What.Treatment] = body;
                }
                else
                {
                    _refused.Add($"{(int)answer.StatusCode} {body}");
                }

                return true;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException)
            {
                return false;
            }
        }

        /// <summary>What is still without an answer is sent to the server that lives.</summary>
        private async Task FinishAsync(List<Tablet> tablets)
        {
            for (var writer = 0; writer < Writers; writer++)
            {
                await tablets[writer].ProveAsync();
                if (_pending[writer] is { Sends: < MostSends } pending)
                {
                    await SendAsync(tablets[writer], pending);
                }
                else if (_pending[writer] is not null)
                {
                    _givenUp++;
                }
            }
        }
    }

    /// <summary>A request on its way.</summary>
    private sealed class Pending(Waiting what)
    {
        public Waiting What => what;

        public int Sends { get; set; }
    }
}
