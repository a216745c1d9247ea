using System.Globalization;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Jobs;

internal static class TakeJob
{
    /// <summary>Takes the job that has been due longest, in one statement: no two nodes can take the same, and none waits for another.</summary>
    /// <returns>The job as it is now held; null where nothing is due.</returns>
    public static async Task<Job?> TakeJobAsync(
        this FacialisDb db, string node, IReadOnlyList<string> kinds, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation)
    {
        var names = string.Join(", ", kinds.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{{{i + 3}}}")));
        // The condition stands outside too: a node that waited for a row reads it anew, and must not take what was taken meanwhile.
        const string isDue =
            """
            "DoneAt" IS NULL AND "EndedAt" IS NULL AND "CommittedAt" IS NULL AND "DueAt" <= {1} AND ("LeasedUntil" IS NULL OR "LeasedUntil" <= {1})
            """;
        var sql =
            $"""
            UPDATE {Job.Table} SET "LeasedBy" = {"{0}"}, "LeasedUntil" = {"{2}"}, "Attempts" = "Attempts" + 1
            WHERE "Id" = (SELECT "Id" FROM {Job.Table} WHERE {isDue} AND "Kind" IN ({names}) ORDER BY "DueAt", "Id" LIMIT 1{db.SkipLocked}) AND {isDue}
            RETURNING *
            """;
        return (await db.Set<Job>().FromSqlRaw(sql, [node, db.Moment(now), db.Moment(now + lease), .. kinds]).AsNoTracking().ToListAsync(cancellation)).SingleOrDefault();
    }
}
