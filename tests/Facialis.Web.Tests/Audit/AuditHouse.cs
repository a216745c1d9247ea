using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Audit;

/// <summary>Short ways to work in a clinic of a running host and to read its log.</summary>
internal static class AuditHouse
{
    public static Task<Guid> FirstClinicAsync(this FacialisApp app) => app.WithAsync((FacialisDb db) =>
        db.Set<ClinicAccount>().OrderBy(c => c.CreatedAt).Select(c => c.Id).FirstAsync(TestContext.Current.CancellationToken));

    /// <summary>Works for a clinic with the services of one scope, as the program itself does outside of a request.</summary>
    public static async Task WorkAsync(this FacialisApp app, Guid clinic, Func<FacialisDb, AuditTrail, Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(clinic);
        await work(scope.ServiceProvider.GetRequiredService<FacialisDb>(), scope.ServiceProvider.GetRequiredService<AuditTrail>());
    }

    public static async Task<List<AuditEntry>> LogAsync(this FacialisApp app, Guid clinic)
    {
        var entries = new List<AuditEntry>();
        await app.WorkAsync(clinic, async (db, _) => entries = await db.Set<AuditEntry>().AsNoTracking()
            .OrderBy(e => e.Sequence).ToListAsync(TestContext.Current.CancellationToken));
        return entries;
    }

    /// <summary>Checks that the log is what an independent, naive working-out of RFC 6962 makes of its entries.</summary>
    public static void IsWhole(IReadOnlyList<AuditEntry> log, AuditKey key)
    {
        Assert.Equal(Enumerable.Range(0, log.Count).Select(i => (long)i), log.Select(e => e.Sequence));
        var leaves = log.Select(e => NaiveTree.Leaf(AuditEncoding.Encode(e))).ToList();
        for (var i = 0; i < log.Count; i++)
        {
            var root = NaiveTree.Root(leaves[..(i + 1)]);
            Assert.Equal(Convert.ToHexString(root), Convert.ToHexString(log[i].Root));
            Assert.Equal(key.Seal(log[i].ClinicId, i + 1, root), log[i].Seal);
        }
    }

    public static AuditKey Key(this FacialisApp app) => app.Services.GetRequiredService<AuditKey>();

    public static FacialisSettings Settings(this FacialisApp app) => app.Services.GetRequiredService<FacialisSettings>();
}
