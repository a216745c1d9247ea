namespace Facialis.Claims.Tampering;

/// <summary>A way to damage a log.</summary>
/// <param name="Name">What is done.</param>
/// <param name="DoAsync">Does it; answers in which log, and which entry is the first that is not what it was.</param>
internal sealed record TamperingKind(string Name, Func<TamperedLogs, Random, Task<(Guid Log, long Entry)>> DoAsync)
{
    private const string Columns = "\"At\", \"ActorId\", \"Action\", \"What\", \"SubjectId\", \"PatientId\", \"Detail\"";

    public static IReadOnlyList<TamperingKind> All { get; } =
    [
        .. new[] { "At", "ActorId", "Action", "What", "SubjectId", "PatientId", "Detail", "Root", "Seal" }
            .Select(column => new TamperingKind($"edit {column}", (logs, chance) => EditAsync(logs, chance, column, rehash: false))),
        .. new[] { "At", "ActorId", "Action", "What", "Detail" }
            .Select(column => new TamperingKind($"edit {column}, all roots made anew", (logs, chance) => EditAsync(logs, chance, column, rehash: true))),
        new("delete", (logs, chance) => DeleteAsync(logs, chance, renumber: false, rehash: false)),
        new("delete and renumber", (logs, chance) => DeleteAsync(logs, chance, renumber: true, rehash: false)),
        new("delete, renumber, all roots made anew", (logs, chance) => DeleteAsync(logs, chance, renumber: true, rehash: true)),
        new("insert", (logs, chance) => InsertAsync(logs, chance, rehash: false)),
        new("insert, all roots made anew", (logs, chance) => InsertAsync(logs, chance, rehash: true)),
        new("add at the end", (logs, chance) => AddAsync(logs, chance, rehash: false)),
        new("add at the end, all roots made anew", (logs, chance) => AddAsync(logs, chance, rehash: true)),
        new("swap two", (logs, chance) => SwapAsync(logs, chance, withHashes: false, rehash: false)),
        new("swap two with their hashes", (logs, chance) => SwapAsync(logs, chance, withHashes: true, rehash: false)),
        new("swap two, all roots made anew", (logs, chance) => SwapAsync(logs, chance, withHashes: false, rehash: true)),
        new("cut off the end", (logs, chance) => TruncateAsync(logs, chance, rehash: false)),
        new("cut off the end, roots and size made anew", (logs, chance) => TruncateAsync(logs, chance, rehash: true)),
        new("delete all", DeleteAllAsync),
        new(MoveName, MoveAsync),
    ];

    private const string MoveName = "move into another clinic's log";

    /// <summary>Another log that this damages as well.</summary>
    public Guid? AlsoIn(TamperedLogs logs) => Name == MoveName ? logs.Clinics[1] : null;

    private static async Task<(Guid, long)> EditAsync(TamperedLogs logs, Random chance, string column, bool rehash)
    {
        var (log, n) = (Log(logs, chance), Entry(chance));
        var set = column switch
        {
            "At" => logs.IsPostgres ? "\"At\" + @value * interval '1 microsecond'" : "\"At\" + @value * 10",
            "Action" => "\"Action\" % 8 + 1",
            "What" => "\"What\" || '.'",
            "Detail" => "coalesce(\"Detail\", '') || '.'",
            _ => "@value",
        };
        var bytes = new byte[32];
        chance.NextBytes(bytes);
        object value = column switch { "At" => 1 + chance.Next(1_000_000), "Root" or "Seal" => bytes, _ => Guid.NewGuid() };
        (string, object)[] where = [("log", log), ("n", n)];
        await logs.ExecuteAsync(
            $"UPDATE platform_audit_entry SET \"{column}\" = {set} WHERE \"ClinicId\" = @log AND \"Sequence\" = @n",
            set.Contains("@value", StringComparison.Ordinal) ? [.. where, ("value", value)] : where);
        await RehashAsync(logs, log, rehash);
        return (log, n);
    }

    private static async Task<(Guid, long)> DeleteAsync(TamperedLogs logs, Random chance, bool renumber, bool rehash)
    {
        var (log, n) = (Log(logs, chance), Entry(chance));
        await DeleteOneAsync(logs, log, n);
        if (renumber)
        {
            await MoveAsync(logs, log, n + 1, -1);
        }

        await RehashAsync(logs, log, rehash);
        return (log, n);
    }

    private static async Task<(Guid, long)> InsertAsync(TamperedLogs logs, Random chance, bool rehash)
    {
        var (log, n) = (Log(logs, chance), Entry(chance));
        await MoveAsync(logs, log, n, 1);
        await ForgeAsync(logs, log, from: n + 1, to: n);
        await RehashAsync(logs, log, rehash);
        return (log, n);
    }

    private static async Task<(Guid, long)> AddAsync(TamperedLogs logs, Random chance, bool rehash)
    {
        var log = Log(logs, chance);
        await ForgeAsync(logs, log, from: chance.Next(TamperedLogs.Size), to: TamperedLogs.Size);
        await RehashAsync(logs, log, rehash);
        return (log, TamperedLogs.Size);
    }

    private static async Task<(Guid, long)> SwapAsync(TamperedLogs logs, Random chance, bool withHashes, bool rehash)
    {
        var (log, one) = (Log(logs, chance), Entry(chance));
        var two = (one + 1 + chance.Next(TamperedLogs.Size - 1)) % TamperedLogs.Size;
        var columns = withHashes ? Columns + ", \"Root\", \"Seal\"" : Columns;
        await logs.ExecuteAsync(
            $"""
            UPDATE platform_audit_entry AS a SET ({columns}) = (SELECT {columns} FROM platform_audit_entry AS b
              WHERE b."ClinicId" = a."ClinicId" AND b."Sequence" = @both - a."Sequence")
            WHERE a."ClinicId" = @log AND a."Sequence" IN (@one, @two)
            """,
            ("both", one + two), ("log", log), ("one", one), ("two", two));
        await RehashAsync(logs, log, rehash);
        return (log, Math.Min(one, two));
    }

    private static async Task<(Guid, long)> TruncateAsync(TamperedLogs logs, Random chance, bool rehash)
    {
        var (log, n) = (Log(logs, chance), Entry(chance));
        await logs.ExecuteAsync("DELETE FROM platform_audit_entry WHERE \"ClinicId\" = @log AND \"Sequence\" >= @n", ("log", log), ("n", n));
        await RehashAsync(logs, log, rehash);
        return (log, n);
    }

    private static async Task<(Guid, long)> DeleteAllAsync(TamperedLogs logs, Random chance)
    {
        var log = Log(logs, chance);
        await logs.ExecuteAsync("DELETE FROM platform_audit_entry WHERE \"ClinicId\" = @log", ("log", log));
        await logs.ExecuteAsync("DELETE FROM platform_audit_log WHERE \"ClinicId\" = @log", ("log", log));
        if (chance.Next(2) == 0)
        {
            await logs.ExecuteAsync("DELETE FROM platform_user WHERE \"ClinicId\" = @log", ("log", log));
            await logs.ExecuteAsync("DELETE FROM platform_clinic WHERE \"Id\" = @log", ("log", log)); // as if it had never been there
        }

        return (log, 0);
    }

    private static async Task<(Guid, long)> MoveAsync(TamperedLogs logs, Random chance)
    {
        var n = Entry(chance);
        await logs.ExecuteAsync(
            "UPDATE platform_audit_entry SET \"ClinicId\" = @to, \"Sequence\" = @end WHERE \"ClinicId\" = @log AND \"Sequence\" = @n",
            ("to", logs.Clinics[1]), ("end", (long)TamperedLogs.Size), ("log", logs.Clinics[0]), ("n", n));
        return (logs.Clinics[0], n);
    }

    private static Guid Log(TamperedLogs logs, Random chance) => logs.Clinics[chance.Next(logs.Clinics.Count)];

    private static long Entry(Random chance) => chance.Next(TamperedLogs.Size);

    private static Task RehashAsync(TamperedLogs logs, Guid log, bool rehash) => rehash ? logs.RehashAsync(log) : Task.CompletedTask;

    private static Task DeleteOneAsync(TamperedLogs logs, Guid log, long n) => logs.ExecuteAsync(
        "DELETE FROM platform_audit_entry WHERE \"ClinicId\" = @log AND \"Sequence\" = @n", ("log", log), ("n", n));

    /// <summary>Gives all entries from one on another number, past the key's uniqueness.</summary>
    private static async Task MoveAsync(TamperedLogs logs, Guid log, long from, int by)
    {
        await logs.ExecuteAsync(
            "UPDATE platform_audit_entry SET \"Sequence\" = -\"Sequence\" - 1 WHERE \"ClinicId\" = @log AND \"Sequence\" >= @from", ("log", log), ("from", from));
        await logs.ExecuteAsync(
            "UPDATE platform_audit_entry SET \"Sequence\" = -\"Sequence\" - 1 + @by WHERE \"ClinicId\" = @log AND \"Sequence\" < 0", ("log", log), ("by", by));
    }

    /// <summary>An entry that never was, with another's hashes.</summary>
    private static Task ForgeAsync(TamperedLogs logs, Guid log, long from, long to) => logs.ExecuteAsync(
        $"""
        INSERT INTO platform_audit_entry ("ClinicId", "Sequence", {Columns}, "Root", "Seal")
        SELECT "ClinicId", @to, "At", "ActorId", "Action", 'nothing to see', "SubjectId", "PatientId", "Detail", "Root", "Seal"
        FROM platform_audit_entry WHERE "ClinicId" = @log AND "Sequence" = @from
        """,
        ("to", to), ("log", log), ("from", from));
}
