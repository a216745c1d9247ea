using System.Threading.Channels;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Jobs;

/// <summary>Queues jobs for the clinic of the scope, within the transaction of what they follow from, and takes them back.</summary>
public sealed class QueuedJobs(FacialisDb db, CurrentClinic clinic, JobSignal signal, TimeProvider clock)
{
    /// <summary>Adds a job with the next save. The same kind and key again make that save fail as a lost race (<see cref="FacialisDb.LostRace"/>).</summary>
    /// <param name="kind">Name of its handler.</param>
    /// <param name="key">What it is about: ids only, never anything about a person.</param>
    /// <param name="dueAt">Not before then.</param>
    public void Add(string kind, string key, DateTimeOffset dueAt)
    {
        if (clinic.Id == Guid.Empty)
        {
            throw new InvalidOperationException("A job is queued for a clinic.");
        }

        db.Add(new Job { Id = Guid.CreateVersion7(clock.GetUtcNow()), ForClinic = clinic.Id, Kind = kind, Key = key, DueAt = dueAt });
    }

    /// <summary>Takes a job back that was not begun beyond recall. Saves by itself, so it belongs into a transaction with what it follows from.</summary>
    /// <returns>True where it was taken back: it will not be done.</returns>
    public async Task<bool> TakeBackAsync(string kind, string key, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await Own().Where(j => j.Kind == kind && j.Key == key && j.DoneAt == null && j.EndedAt == null && j.CommittedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.EndedAt, now), cancellation) > 0;
    }

    /// <summary>Jobs of this clinic by what they are about, oldest first.</summary>
    public async Task<IReadOnlyList<Job>> OfAsync(string key, CancellationToken cancellation) =>
        await Own().AsNoTracking().Where(j => j.Key == key).OrderBy(j => j.DueAt).ThenBy(j => j.Id).ToListAsync(cancellation);

    /// <summary>After the commit: looks for due jobs now instead of at the next tick.</summary>
    public void Wake() => signal.Wake();

    /// <summary>The table has jobs of all clinics and no filter of its own.</summary>
    private IQueryable<Job> Own()
    {
        var own = clinic.Id;
        return db.Set<Job>().Where(j => j.ForClinic == own);
    }
}

/// <summary>Wakes the pump of this process. Any number of calls while it works are one.</summary>
public sealed class JobSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _wakes.Writer.TryWrite(true);

    internal IAsyncEnumerable<bool> AllAsync(CancellationToken cancellation) => _wakes.Reader.ReadAllAsync(cancellation);
}
