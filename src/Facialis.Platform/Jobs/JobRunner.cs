using System.Net.Sockets;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Facialis.Platform.Jobs;

/// <summary>Takes due jobs one by one and does them. Any number of nodes, and of runners in a node, may do so at once.</summary>
public sealed partial class JobRunner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> log)
{
    /// <summary>How long a node has a job before others may take it. A try that lasts longer is ended.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Tries until a job is given up: over about three days.</summary>
    public const int MostAttempts = 10;

    /// <summary>What stands with a job whose node died while it handed over what cannot be taken back.</summary>
    public const string Unclear = "The server stopped while it was handed over. It is not known whether it went out.";

    private const string TooOften = "The server stopped during each try.";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(12);

    /// <summary>Does what is due, until nothing is.</summary>
    /// <param name="node">Who asks: a name that no other node, and no other runner at the same time, has.</param>
    /// <param name="cancellation">Ends it after the job under way.</param>
    /// <returns>How many jobs were taken.</returns>
    public async Task<int> RunDueAsync(string node, CancellationToken cancellation)
    {
        var kinds = await LookAsync(cancellation);
        var taken = 0;
        while (kinds.Count > 0 && await TakeAsync(node, kinds, cancellation) is { } job)
        {
            taken++;
            await DoAsync(node, job, cancellation);
        }

        return taken;
    }

    /// <summary>Ends what nobody may begin again; then: the kinds that are known here, or none where nothing is due.</summary>
    private async Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
        var now = clock.GetUtcNow();
        if (!await db.Set<Job>().AnyAsync(j => j.DoneAt == null && j.EndedAt == null && j.DueAt <= now && (j.LeasedUntil == null || j.LeasedUntil <= now), cancellation))
        {
            return []; // on SQLite a look costs nobody a lock
        }

        var left = db.Set<Job>().Where(j => j.DoneAt == null && j.EndedAt == null && j.LeasedUntil <= now);
        await left.Where(j => j.CommittedAt != null).ExecuteUpdateAsync(set => set.SetProperty(j => j.EndedAt, now).SetProperty(j => j.Error, Unclear), cancellation);
        await left.Where(j => j.Attempts >= MostAttempts).ExecuteUpdateAsync(set => set.SetProperty(j => j.EndedAt, now).SetProperty(j => j.Error, TooOften), cancellation);
        return [.. scope.ServiceProvider.GetServices<IJobHandler>().Select(h => h.Kind)];
    }

    private async Task<Job?> TakeAsync(string node, IReadOnlyList<string> kinds, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
        return await db.TakeJobAsync(node, kinds, clock.GetUtcNow(), Lease, cancellation);
    }

    private async Task DoAsync(string node, Job job, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(job.ForClinic);
        var work = new JobWork(scope.ServiceProvider.GetRequiredService<FacialisDb>(), clock, node, job);
        using var time = new CancellationTokenSource(Lease, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            await scope.ServiceProvider.GetServices<IJobHandler>().Single(h => h.Kind == job.Kind).DoAsync(work, ending.Token); // only known kinds are taken
            await FinishAsync(scope.ServiceProvider, work, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw; // the program stops; the job is taken over when the lease runs out
        }
        catch (JobLostException)
        {
            Lost(log, job.Id, job.Kind);
        }
#pragma warning disable CA1031 // Whatever fails in a job must not end the pump; the job is tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await FailAsync(node, job, failure, cancellation);
        }
    }

    /// <summary>Saves what the handler left to save together with the end of the job: both or neither.</summary>
    private async Task FinishAsync(IServiceProvider services, JobWork work, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await work.Mine().ExecuteUpdateAsync(set => set.SetProperty(j => j.DoneAt, now).SetProperty(j => j.Error, (string?)null), cancellation) == 0)
        {
            services.GetRequiredService<AuditNotes>().Failed();
            throw new JobLostException();
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task FailAsync(string node, Job job, Exception failure, CancellationToken cancellation)
    {
        // In a scope of its own: what the handler left in its context must not be saved now.
        await using var scope = scopes.CreateAsyncScope();
        var work = new JobWork(scope.ServiceProvider.GetRequiredService<FacialisDb>(), clock, node, job);
        var (now, why) = (clock.GetUtcNow(), Reason(failure));
        // What was begun beyond recall is not begun again, whatever the reason.
        var whyUnclear = failure is JobFailedException ? why : $"{why} It is not known whether it went out.";
        await work.Mine().Where(j => j.CommittedAt != null).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.EndedAt, now).SetProperty(j => j.Error, whyUnclear), cancellation);
        var gaveUp = job.Attempts >= MostAttempts || failure is JobFailedException { IsFinal: true };
        DateTimeOffset? ended = gaveUp ? now : null;
        await work.Mine().ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Error, why).SetProperty(j => j.EndedAt, ended).SetProperty(j => j.DueAt, now + Pause(job.Attempts))
                .SetProperty(j => j.LeasedBy, (string?)null).SetProperty(j => j.LeasedUntil, (DateTimeOffset?)null),
            cancellation);
        Failed(log, job.Id, job.Kind, job.Attempts, why);
    }

    /// <summary>One minute, then three times as long after each further try, at most half a day.</summary>
    internal static TimeSpan Pause(int attempts) => FirstPause * Math.Min(Math.Pow(3, attempts - 1), LongestPause / FirstPause);

    /// <summary>Messages of others may hold an address; the kind of failure does not.</summary>
    private static string Reason(Exception failure)
    {
        var why = failure switch
        {
            JobFailedException own => own.Message,
            OperationCanceledException => "It took too long.",
            SocketException network => $"No connection: {network.SocketErrorCode}.",
            _ => failure.GetType().Name,
        };
        return why.Length > Job.MaxErrorLength ? why[..Job.MaxErrorLength] : why;
    }

    [LoggerMessage(LogLevel.Warning, "Job {Id} ({Kind}) failed at try {Attempt}: {Why}")]
    private static partial void Failed(ILogger log, Guid id, string kind, int attempt, string why);

    [LoggerMessage(LogLevel.Information, "Job {Id} ({Kind}) was taken over or taken back meanwhile")]
    private static partial void Lost(ILogger log, Guid id, string kind);
}
