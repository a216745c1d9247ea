using System.Collections.Concurrent;
using System.Threading.Channels;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Platform.Audit;
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
    private readonly Channel<WaitingRecording> _waiting = Channel.CreateUnbounded<WaitingRecording>();
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _done = new();
    private readonly ConcurrentDictionary<Guid, double> _progress = new();

    public IAsyncEnumerable<WaitingRecording> ReadAllAsync(CancellationToken cancellation) => _waiting.Reader.ReadAllAsync(cancellation);

    /// <summary>Puts a recording in the queue.</summary>
    /// <returns>A task that ends when it has been measured or refused.</returns>
    public Task Add(WaitingRecording recording)
    {
        var id = recording.Id;
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = _done.GetOrAdd(id, fresh);
        if (done == fresh)
        {
            _waiting.Writer.TryWrite(recording); // an unbounded channel takes everything
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

/// <param name="Id">The recording.</param>
/// <param name="ClinicId">Its clinic, which who measures it works for.</param>
internal sealed record WaitingRecording(Guid Id, Guid ClinicId);

/// <summary>Measures recordings in the background, one after the other. What a stop interrupted is taken up at the next start.</summary>
internal sealed partial class Measuring(MeasuringQueue queue, IServiceProvider services, ILogger<Measuring> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var left in await LeftAsync(stoppingToken))
        {
            _ = queue.Add(left);
        }

        await foreach (var waiting in queue.ReadAllAsync(stoppingToken))
        {
            try
            {
                await MeasureAsync(waiting, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The queue must outlive any one recording; this one is measured again at the next start.
                Failed(log, failure, waiting.Id);
            }
            finally
            {
                queue.Finish(waiting.Id);
            }
        }
    }

    /// <summary>What a stop interrupted, clinic by clinic: nobody, not even the program itself, sees the rows of all at once.</summary>
    private async Task<List<WaitingRecording>> LeftAsync(CancellationToken cancellation)
    {
        var left = new List<WaitingRecording>();
        await using var all = services.CreateAsyncScope();
        foreach (var clinic in await all.ServiceProvider.GetRequiredService<FacialisDb>().Set<ClinicAccount>()
            .OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancellation))
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(clinic);
            left.AddRange(await scope.ServiceProvider.GetRequiredService<FacialisDb>().Set<Recording>()
                .Where(r => r.State == RecordingState.Measuring).OrderBy(r => r.CreatedAt)
                .Select(r => new WaitingRecording(r.Id, r.ClinicId)).ToListAsync(cancellation));
        }

        return left;
    }

    private async Task MeasureAsync(WaitingRecording waiting, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(waiting.ClinicId);
        var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
        var recording = await db.Set<Recording>().SingleOrDefaultAsync(r => r.Id == waiting.Id, cancellation);
        if (recording?.State == RecordingState.Measuring)
        {
            // Arithmetic for seconds: not on a thread that serves requests.
            await Task.Run(() => scope.ServiceProvider.GetRequiredService<MeasureRecording>().Fill(recording, cancellation), cancellation);
            scope.ServiceProvider.GetRequiredService<AuditTrail>().Note(AuditAction.Write, "recording measured", recording.Id, recording.PatientId);
            await db.SaveChangesAsync(cancellation);
            Measured(log, waiting.Id, recording.State);
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
