using System.Collections.Concurrent;
using System.Threading.Channels;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Spasm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Facialis.Clinic.Measurements;

/// <summary>Recordings that wait for their report, and who waits for it.</summary>
internal sealed class MeasuringQueue
{
    private readonly Channel<Guid> _waiting = Channel.CreateUnbounded<Guid>();
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _done = new();
    private readonly ConcurrentDictionary<Guid, double> _progress = new();

    public IAsyncEnumerable<Guid> ReadAllAsync(CancellationToken cancellation) => _waiting.Reader.ReadAllAsync(cancellation);

    /// <summary>Puts a recording in the queue.</summary>
    /// <returns>A task that ends when it has been measured or refused.</returns>
    public Task Add(Guid id)
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = _done.GetOrAdd(id, fresh);
        if (done == fresh)
        {
            _waiting.Writer.TryWrite(id); // an unbounded channel takes everything
        }

        return done.Task;
    }

    public void Progress(Guid id, double seconds) => _progress[id] = seconds;

    /// <summary>Seconds of the recording measured so far; null while it waits.</summary>
    public double? MeasuredSeconds(Guid id) => _progress.TryGetValue(id, out var seconds) ? seconds : null;

    public void Finish(Guid id)
    {
        _progress.TryRemove(id, out _);
        if (_done.TryRemove(id, out var done))
        {
            done.TrySetResult();
        }
    }
}

/// <summary>Measures recordings in the background, one after the other. What a stop interrupted is taken up at the next start.</summary>
internal sealed partial class Measuring(MeasuringQueue queue, IServiceProvider services, ILogger<Measuring> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using (var scope = services.CreateAsyncScope())
        {
            var left = await scope.ServiceProvider.GetRequiredService<FacialisDb>().Set<Recording>()
                .IgnoreQueryFilters([FacialisDb.ClinicFilter])
                .Where(r => r.State == RecordingState.Measuring).OrderBy(r => r.CreatedAt).Select(r => r.Id).ToListAsync(stoppingToken);
            foreach (var id in left)
            {
                _ = queue.Add(id);
            }
        }

        await foreach (var id in queue.ReadAllAsync(stoppingToken))
        {
            try
            {
                await MeasureAsync(id, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The queue must outlive any one recording; this one is measured again at the next start.
                Failed(log, failure, id);
            }
            finally
            {
                queue.Finish(id);
            }
        }
    }

    private async Task MeasureAsync(Guid id, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
        var clinicId = await db.Set<Recording>().IgnoreQueryFilters([FacialisDb.ClinicFilter])
            .Where(r => r.Id == id).Select(r => (Guid?)r.ClinicId).SingleOrDefaultAsync(cancellation);
        if (clinicId is not { } clinic)
        {
            return;
        }

        scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(clinic);
        var recording = await db.Set<Recording>().SingleAsync(r => r.Id == id, cancellation);
        if (recording.State == RecordingState.Measuring)
        {
            // Arithmetic for seconds: not on a thread that serves requests.
            await Task.Run(() => scope.ServiceProvider.GetRequiredService<MeasureRecording>().Fill(recording, cancellation), cancellation);
            await db.SaveChangesAsync(cancellation);
            Measured(log, id, recording.State);
        }
    }

    [LoggerMessage(LogLevel.Information, "Recording {Id} is measured: {State}")]
    private static partial void Measured(ILogger log, Guid id, RecordingState state);

    [LoggerMessage(LogLevel.Error, "Recording {Id} could not be measured")]
    private static partial void Failed(ILogger log, Exception failure, Guid id);
}

/// <summary>Reads a recording's file and fills in what it shows.</summary>
internal sealed class MeasureRecording(RecordingContent content, MeasuringQueue queue)
{
    /// <summary>Sets state, report and digest; a file that is no recording makes the state <see cref="RecordingState.Failed"/>.</summary>
    public void Fill(Recording recording, CancellationToken cancellation)
    {
        try
        {
            using var file = content.Open(recording.Id);
            using var reader = new FacerecReader(file);
            var result = SpasmAnalysis.Run(reader, keepSignals: true, new Told(seconds => queue.Progress(recording.Id, seconds)), cancellation);
            content.WriteSignals(recording.Id, target => SignalFile.Write(target, result.Signals!)); // asked for above
            recording.StartedAt ??= reader.Header.StartedAt;
            recording.IsDemonstration |= reader.Header.IsDemonstration;
            recording.ReportJson = ReportJson.Write(result.Report);
            recording.AlgorithmVersion = result.Report.AlgorithmVersion;
            recording.Digest = RecordingDigest.Of(result.Report);
            recording.Problem = null;
            recording.State = RecordingState.Complete;
        }
        catch (RecordingFormatException damage)
        {
            recording.Problem = damage.Message.Length > 1000 ? damage.Message[..1000] : damage.Message;
            recording.State = RecordingState.Failed;
        }
        catch (FileNotFoundException)
        {
            recording.Problem = "The recording's file is missing from the data folder. Restore it from a backup, or remove the recording.";
            recording.State = RecordingState.Failed;
        }
    }

    /// <summary>Unlike Progress{T} it answers on the measuring thread, so that no later report overtakes the end.</summary>
    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
