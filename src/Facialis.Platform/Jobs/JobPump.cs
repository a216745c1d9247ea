using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Facialis.Platform.Jobs;

/// <summary>The settings under "Facialis:Jobs".</summary>
public sealed class JobSettings
{
    public const string Section = "Facialis:Jobs";

    /// <summary>Whether this node does jobs. Where several serve, one that does is enough.</summary>
    public bool Run { get; set; } = true;

    /// <summary>Seconds between two looks for due jobs, 1 to 3600. What is queued in this process is done at once.</summary>
    public int Seconds { get; set; } = 20;
}

/// <summary>Does due jobs in the background: at every tick, and when something was queued here.</summary>
internal sealed partial class JobPump(JobRunner runner, JobSignal signal, JobSettings settings, TimeProvider clock, ILogger<JobPump> log) : BackgroundService
{
    /// <summary>Tells this process from every other, also from the one that it was before a restart.</summary>
    private readonly string _node = $"{(Environment.MachineName is { Length: > 20 } name ? name[..20] : Environment.MachineName)}-{Guid.NewGuid():N}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Run)
        {
            return;
        }

        var pause = TimeSpan.FromSeconds(Math.Clamp(settings.Seconds, 1, 3600));
        await using var ticks = clock.CreateTimer(_ => signal.Wake(), null, pause, pause);
        signal.Wake(); // what a stop left
        await foreach (var _ in signal.AllAsync(stoppingToken))
        {
            try
            {
                await runner.RunDueAsync(_node, stoppingToken);
            }
#pragma warning disable CA1031 // A database that is away must not end the program; the next tick looks again.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Failed(log, failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Due jobs could not be looked for")]
    private static partial void Failed(ILogger log, Exception failure);
}
