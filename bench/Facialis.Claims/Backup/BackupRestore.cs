using System.Globalization;

namespace Facialis.Claims.Backup;

/// <summary>Backs an installation up while its server writes, restores it elsewhere, and holds both against each other; again and again.</summary>
internal static class BackupRestore
{
    private const int Cycles = 20;

    public static Claim Claim { get; } = new(
        "backup-restore",
        "A backup made while the server writes is restored exactly as it was at that moment, on both databases; what is torn or foreign is refused.",
        arguments => HoldsAsync(arguments).GetAwaiter().GetResult());

    private static async Task<bool> HoldsAsync(string[] arguments)
    {
        var cycles = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : Cycles;
        var server = Environment.GetEnvironmentVariable("FACIALIS_TEST_POSTGRES")
            ?? throw new InvalidOperationException("FACIALIS_TEST_POSTGRES names no PostgreSQL server; claims/backup-restore starts one.");
        List<BackupFigures> figures = [];
        foreach (var (database, share) in new[] { ((string?)null, (cycles + 1) / 2), (server, cycles / 2) })
        {
            var run = new BackupRun(database, share);
            figures.Add(await run.RunAsync());
            Console.WriteLine(figures[^1].Line());
            figures[^1].Faults.Take(20).ToList().ForEach(Console.WriteLine);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"backup-restore: {figures.Sum(f => f.Cycles)} cycles under load, {figures.Sum(f => f.Equal)} restored exports equal to the snapshot, "
            + $"{figures.Sum(f => f.Lost)} of {figures.Sum(f => f.Acknowledged)} acknowledged lost, {figures.Sum(f => f.HalfWritten)} half written, "
            + $"audit verifies in {figures.Sum(f => f.AuditWhole)}, {figures.Sum(f => f.Refused)} of {figures.Sum(f => f.Tried)} wrong keys, torn files and newer schemas refused"));
        return cycles > 0 && figures.Sum(f => f.Cycles) == cycles && figures.TrueForAll(f => f.Holds);
    }
}

/// <summary>What was counted on one database.</summary>
internal sealed class BackupFigures(string database)
{
    public int Cycles { get; set; }

    /// <summary>Cycles in which every table of the restored database has the rows and the hash of the snapshot.</summary>
    public int Equal { get; set; }

    /// <summary>Treatments that had been acknowledged before a backup began, over all cycles.</summary>
    public int Acknowledged { get; set; }

    public int Lost { get; set; }

    public int HalfWritten { get; set; }

    /// <summary>Cycles whose restored audit log verifies, seals and checkpoints included.</summary>
    public int AuditWhole { get; set; }

    /// <summary>Restores of something that must be refused.</summary>
    public int Tried { get; set; }

    /// <summary>Of those, refused with a sentence and nothing left behind.</summary>
    public int Refused { get; set; }

    /// <summary>Answers of the server while backups ran.</summary>
    public int WrittenMeanwhile { get; set; }

    /// <summary>The fewest of them in one cycle.</summary>
    public int LeastMeanwhile { get; set; } = int.MaxValue;

    public long Rows { get; set; }

    public List<double> BackupSeconds { get; } = [];

    public List<double> RestoreSeconds { get; } = [];

    public List<string> Faults { get; } = [];

    public bool Holds => Equal == Cycles && Lost == 0 && HalfWritten == 0 && AuditWhole == Cycles && Refused == Tried && (Cycles == 0 || LeastMeanwhile > 0) && Faults.Count == 0;

    public string Line() => string.Create(CultureInfo.InvariantCulture,
        $"{database}: {Cycles} cycles, {WrittenMeanwhile} writes answered while backups ran (at least {LeastMeanwhile} in each), {Rows} rows compared, {Equal} equal; backup {Median(BackupSeconds):0.0} s, "
        + $"restore {Median(RestoreSeconds):0.0} s (medians, with the start of the program); {Acknowledged} acknowledged before, {Lost} lost, {HalfWritten} half written, audit verifies in {AuditWhole}; {Refused} of {Tried} refused");

    private static double Median(List<double> all) => all.Count == 0 ? 0 : all.Order().ElementAt(all.Count / 2);
}
