using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Platform.Jobs;

/// <summary>A job that a node holds for a while.</summary>
public sealed class JobWork
{
    private readonly FacialisDb _db;
    private readonly TimeProvider _clock;
    private readonly string _node;

    internal JobWork(FacialisDb db, TimeProvider clock, string node, Job job) => (_db, _clock, _node, Id, Key, Attempts) = (db, clock, node, job.Id, job.Key, job.Attempts);

    /// <summary>Stable over every try: what it makes can be named by it.</summary>
    public Guid Id { get; }

    /// <summary>What it is about.</summary>
    public string Key { get; }

    /// <summary>Which try this is, from 1.</summary>
    public int Attempts { get; }

    /// <summary>Makes sure that the job is still held, and holds it on.</summary>
    /// <exception cref="JobLostException">It is not.</exception>
    public async Task HoldAsync(CancellationToken cancellation)
    {
        var until = _clock.GetUtcNow() + JobRunner.Lease;
        Held(await Mine().ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, until), cancellation));
    }

    /// <summary>
    /// Notes, just before what cannot be taken back, that it begins. Whatever happens from now on, no node begins it again by itself: when this
    /// one dies before it could tell the end, the job stays as one of which nobody knows whether it was done.
    /// </summary>
    /// <exception cref="JobLostException">It is not held any more; nothing may begin.</exception>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        Held(await Mine().Where(j => j.CommittedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.CommittedAt, now).SetProperty(j => j.LeasedUntil, now + JobRunner.Lease), cancellation));
    }

    /// <summary>Takes that note back where it is certain that nothing was done: the other side refused.</summary>
    public async Task NothingWasDoneAsync(CancellationToken cancellation) =>
        Held(await Mine().ExecuteUpdateAsync(set => set.SetProperty(j => j.CommittedAt, (DateTimeOffset?)null), cancellation));

    /// <summary>The row, as long as this node holds it. Who has it is decided by the row alone, so clocks that differ do no harm.</summary>
    internal IQueryable<Job> Mine() => _db.Set<Job>().Where(j => j.Id == Id && j.LeasedBy == _node && j.Attempts == Attempts && j.DoneAt == null && j.EndedAt == null);

    private static void Held(int rows)
    {
        if (rows == 0)
        {
            throw new JobLostException();
        }
    }
}
