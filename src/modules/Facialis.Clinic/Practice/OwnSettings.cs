using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Practice;

/// <summary>Reads and changes how the current clinic works.</summary>
internal sealed class OwnSettings(FacialisDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The clinic's own row, or the usual values where it never changed any. Not tracked.</summary>
    public async Task<PracticeSettings> Read(CancellationToken cancellation) =>
        await db.Set<PracticeSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new PracticeSettings();

    /// <summary>Changes and saves them; of two who do so at once, both changes are kept.</summary>
    /// <param name="change">Sets what is new.</param>
    /// <param name="what">What was changed, for the audit log.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task Change(Action<PracticeSettings> change, string what, CancellationToken cancellation)
    {
        while (true)
        {
            var settings = await db.Set<PracticeSettings>().SingleOrDefaultAsync(cancellation);
            if (settings is null)
            {
                settings = new PracticeSettings { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
                db.Add(settings);
            }

            change(settings);
            audit.Note(AuditAction.Write, "how the clinic works", null, null, what);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return;
            }
            catch (DbUpdateException failure) when (db.LostRace(failure))
            {
                db.ChangeTracker.Clear(); // somebody else made the row meanwhile
            }
        }
    }
}
