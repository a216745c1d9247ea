using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Facialis.Platform.Audit;

/// <summary>Signs a checkpoint of every log that grew: at intervals, when the program stops, and when asked.</summary>
public sealed partial class Checkpoints(
    IServiceProvider services, AuditKey key, FacialisSettings settings, TimeProvider clock, ILogger<Checkpoints> log) : BackgroundService
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1); // holds nothing to dispose of, and a stop may still come after the end
    private readonly CheckpointFile _file = new(settings.CheckpointFolderPath);

    /// <summary>Size of each log at its last checkpoint.</summary>
    private Dictionary<Guid, long>? _written;

    /// <summary>Signs what grew since the last time.</summary>
    /// <returns>How many checkpoints were written.</returns>
    /// <exception cref="InvalidDataException">A log is shorter than, or not sealed as, this program left it. Nothing of it is signed.</exception>
    public async Task<int> WriteAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            _written ??= _file.Read().GroupBy(c => c.Log).ToDictionary(of => of.Key, of => of.Max(c => c.Size));
            var fresh = new List<Checkpoint>();
            var wrong = new List<string>();
            foreach (var of in await LogsAsync(cancellation))
            {
                if (await EndAsync(of, cancellation) is not { } end)
                {
                    continue;
                }

                var before = _written.GetValueOrDefault(of);
                if (end.Size < before || !end.IsSealed)
                {
                    wrong.Add($"{of:D} at entry {Math.Min(end.Size, before)}");
                }
                else if (end.Size > before)
                {
                    fresh.Add(Checkpoint.Sign(key, of, end.Size, end.Root, clock.GetUtcNow()));
                }
            }

            if (fresh.Count > 0)
            {
                _file.Add(fresh, key.PublicKey);
                fresh.ForEach(c => _written[c.Log] = c.Size);
            }

            return wrong.Count == 0
                ? fresh.Count
                : throw new InvalidDataException($"The audit log is not as this program left it: {string.Join("; ", wrong)}. Run facialis audit verify.");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Signs what grew last.</summary>
    /// <remarks>It has a time of its own: what ended before it may have used up all that <paramref name="cancellationToken"/> allows.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (ExecuteTask is null)
        {
            return; // never started, so nothing was written, and there may be no table yet
        }

        await base.StopAsync(cancellationToken);
        using var patience = new CancellationTokenSource(LongestEnd, clock);
        try
        {
            await TryAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            Failed(log, late);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(Math.Clamp(settings.CheckpointMinutes, 1, 1440)), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(cancellation);
        }
#pragma warning disable CA1031 // A full disk or a database that is away must not end the program; the next checkpoint covers what this one missed.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(log, failure);
        }
    }

    /// <summary>Every clinic's log, and the installation's own.</summary>
    private async Task<List<Guid>> LogsAsync(CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        return [Guid.Empty, .. await scope.ServiceProvider.GetRequiredService<FacialisDb>().Set<ClinicAccount>()
            .OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancellation)];
    }

    /// <summary>The last entry of a log and whether it carries the key's seal; null for an empty log.</summary>
    private async Task<LogEnd?> EndAsync(Guid of, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        return await AuditAppend.LastAsync(db, transaction.GetDbTransaction(), of, cancellation) is { } last
            ? new LogEnd(last.Size, last.Root, key.Seal(of, last.Size, last.Root).AsSpan().SequenceEqual(last.Seal))
            : null;
    }

    private sealed record LogEnd(long Size, byte[] Root, bool IsSealed);

    [LoggerMessage(LogLevel.Critical, "No checkpoint of the audit log could be written")]
    private static partial void Failed(ILogger log, Exception failure);
}
