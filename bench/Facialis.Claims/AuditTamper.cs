using System.Diagnostics;
using System.Globalization;
using Facialis.Claims.Tampering;
using Facialis.Platform.Audit;

namespace Facialis.Claims;

/// <summary>Damages audit logs by plain SQL in every way known, and lets the verification look for it.</summary>
internal static class AuditTamper
{
    private const int Tamperings = 500;

    public static Claim Claim { get; } = new(
        "audit-tamper",
        "Whatever is done to the audit log by SQL is found, and the right entry is named; an untouched log passes.",
        arguments => HoldsAsync(arguments).GetAwaiter().GetResult());

    private static async Task<bool> HoldsAsync(string[] arguments)
    {
        var tamperings = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : Tamperings;
        var server = Environment.GetEnvironmentVariable("FACIALIS_TEST_POSTGRES")
            ?? throw new InvalidOperationException("FACIALIS_TEST_POSTGRES names no PostgreSQL server; claims/audit-tamper starts one.");
        var failures = new List<string>();
        var (found, named, alarms, checks) = (0, 0, 0, 0);
        Console.WriteLine($"{"database",-11} {"tampering",-48} {"done",5} {"found",6} {"named",6}");
        foreach (var database in new[] { "SQLite", "PostgreSQL" })
        {
            await using var logs = await TamperedLogs.MakeAsync(database == "SQLite" ? null : server);
            var clock = Stopwatch.StartNew();
            foreach (var (text, key) in new[] { ("with the key", logs.Key), ("without the key", null) })
            {
                checks++;
                var untouched = await new AuditVerification(logs.Source, logs.Checkpoints, key).AllAsync(CancellationToken.None);
                var wrong = untouched.Where(v => v.Fault is not null).Select(v => $"{database}, untouched, {text}: entry {v.Fault!.Entry}: {v.Fault.What}").ToList();
                alarms += wrong.Count;
                failures.AddRange(wrong);
            }

            var ms = clock.Elapsed.TotalMilliseconds / 2;
            var rows = new Dictionary<string, (int Done, int Found, int Named)>();
            for (var i = 0; i < tamperings / 2; i++)
            {
                var chance = new Random((i * 7919) + (database == "SQLite" ? 1 : 2));
                var kind = TamperingKind.All[i % TamperingKind.All.Count];
                await logs.BeginAsync();
                var (log, entry) = await kind.DoAsync(logs, chance);
                var verdicts = await new AuditVerification(logs.Source, logs.Checkpoints, logs.Key).AllAsync(CancellationToken.None);
                await logs.RollbackAsync();

                var fault = verdicts.Single(v => v.Log == log).Fault;
                var elsewhere = verdicts.Count(v => v.Log != log && v.Log != kind.AlsoIn(logs) && v.Fault is not null);
                found += fault is null ? 0 : 1;
                named += fault?.Entry == entry && elsewhere == 0 ? 1 : 0;
                var row = rows.GetValueOrDefault(kind.Name);
                rows[kind.Name] = (row.Done + 1, row.Found + (fault is null ? 0 : 1), row.Named + (fault?.Entry == entry && elsewhere == 0 ? 1 : 0));
                if (fault?.Entry != entry || elsewhere > 0)
                {
                    failures.Add($"{database}, {kind.Name}, number {i}: entry {entry} was tampered with, "
                        + $"{(fault is null ? "nothing was found" : $"entry {fault.Entry} was named: {fault.What}")}; {elsewhere} false alarms in other logs");
                }
            }

            foreach (var (name, row) in rows)
            {
                Console.WriteLine($"{database,-11} {name,-48} {row.Done,5} {row.Found,6} {row.Named,6}");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{database}: {logs.Entries} entries in {logs.Count} logs, {logs.Checkpoints.Count} checkpoints; verifying all takes {ms:0} ms"));
        }

        foreach (var failure in failures.Take(20))
        {
            Console.WriteLine(failure);
        }

        var done = tamperings / 2 * 2;
        Console.WriteLine($"{done} tamperings: {found} found, {named} with the right entry named; {checks} checks of untouched logs, {alarms} false alarms");
        return failures.Count == 0 && named == done && done > 0;
    }
}
