using System.Collections.Concurrent;
using System.Reflection;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Jobs;
using Facialis.Platform.Modules;
using Facialis.Web.Tests.Clinic.Charts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Jobs;

/// <summary>Jobs are done once at most, by whichever node gets to them, on both databases.</summary>
public sealed class JobTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Many_runners_do_each_of_many_jobs_once(Database database)
    {
        const int jobs = 200;
        const int runners = 8;
        await using var house = await House.OpenAsync(database);
        await house.QueueAsync([.. Enumerable.Range(0, jobs).Select(n => $"job-{n}")]);

        var taken = await Task.WhenAll(Enumerable.Range(0, runners).Select(n => Task.Run(() => house.Runner.RunDueAsync($"node-{n}", Token))));

        Assert.Equal(jobs, taken.Sum());
        Assert.Equal(jobs, house.Work.Begun.Count);
        Assert.Equal(jobs, house.Work.Begun.Distinct().Count());
        Assert.All(await house.JobsAsync(), job => Assert.True(job is { DoneAt: not null, Attempts: 1, EndedAt: null }));
        Assert.All(house.Work.Clinics, clinic => Assert.Equal(house.Clinic, clinic)); // each ran inside its clinic
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_job_whose_node_dies_is_taken_over_when_its_time_is_over_and_not_before(Database database)
    {
        await using var house = await House.OpenAsync(database);
        await house.QueueAsync("a");
        var dying = await house.DieAsync(beyondRecall: false);

        Assert.Equal(0, await house.Runner.RunDueAsync("node-2", Token));
        house.App.GoOn(JobRunner.Lease);
        Assert.Equal(1, await house.Runner.RunDueAsync("node-2", Token));
        Assert.True(await house.JobAsync() is { DoneAt: not null, Attempts: 2 });

        // The first one was only slow: whatever it does now comes to nothing.
        await dying.WakeAsync();
        Assert.IsType<JobLostException>(house.Work.Lost.Single());
        Assert.Equal(["a", "a"], house.Work.Begun);
        Assert.Equal(["a"], house.Work.Sent);
        Assert.Equal(0, await house.Runner.RunDueAsync("node-2", Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_a_dying_node_had_begun_to_send_is_never_sent_again_and_shows_as_unclear(Database database)
    {
        await using var house = await House.OpenAsync(database);
        await house.QueueAsync("a");
        await house.DieAsync(beyondRecall: true);

        house.App.GoOn(JobRunner.Lease + TimeSpan.FromDays(1));
        Assert.Equal(0, await house.Runner.RunDueAsync("node-2", Token));

        Assert.Equal(["a"], house.Work.Sent);
        Assert.True(await house.JobAsync() is { DoneAt: null, EndedAt: not null, CommittedAt: not null, Error: JobRunner.Unclear });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_failing_job_pauses_longer_each_time_and_is_given_up_at_last_without_its_words(Database database)
    {
        await using var house = await House.OpenAsync(database);
        house.Work.Do = (_, _) => throw new InvalidOperationException("Ruth Baker could not be reached");
        await house.QueueAsync("a");
        var pauses = new List<TimeSpan>();
        while ((await house.JobAsync()).EndedAt is null)
        {
            Assert.Equal(1, await house.Runner.RunDueAsync("node-1", Token));
            Assert.Equal(0, await house.Runner.RunDueAsync("node-1", Token)); // not before the pause is over
            var pause = (await house.JobAsync()).DueAt - house.App.Clock.GetUtcNow();
            pauses.Add(pause);
            house.App.GoOn(pause);
        }

        Assert.Equal(JobRunner.MostAttempts, pauses.Count);
        Assert.Equal(pauses.Order(), pauses);
        var job = await house.JobAsync();
        Assert.Equal((nameof(InvalidOperationException), JobRunner.MostAttempts), (job.Error, job.Attempts));
        Assert.DoesNotContain(house.App.Log.Lines, line => line.Contains("Baker", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_a_job_saves_is_saved_with_its_end_or_not_at_all(Database database)
    {
        await using var house = await House.OpenAsync(database);
        house.Work.Save = services => services.GetRequiredService<QueuedJobs>().Add("probe", "follows", house.App.Clock.GetUtcNow().AddDays(1));
        await house.QueueAsync("a");
        var dying = await house.DieAsync(beyondRecall: false, holds: false);
        house.App.GoOn(JobRunner.Lease);
        Assert.Equal(1, await house.Runner.RunDueAsync("node-2", Token));
        await dying.WakeAsync(); // comes to its end, but the job is another's

        Assert.Equal(["a", "follows"], (await house.JobsAsync()).Select(j => j.Key).Order());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_job_waits_for_its_time_and_can_be_taken_back_until_it_is_begun(Database database)
    {
        await using var house = await House.OpenAsync(database);
        await house.QueueAsync("a");
        await Assert.ThrowsAsync<DbUpdateException>(() => house.QueueAsync("a")); // the same key is the same job
        Assert.True(await house.TakeBackAsync("a"));
        Assert.False(await house.TakeBackAsync("a"));
        Assert.Equal(0, await house.Runner.RunDueAsync("node-1", Token));

        await house.QueueAsync("b");
        var slow = await house.DieAsync(beyondRecall: false);
        Assert.True(await house.TakeBackAsync("b")); // it runs, but has sent nothing yet
        await slow.WakeAsync();
        Assert.Empty(house.Work.Sent);
        Assert.Equal(2, (await house.JobsAsync()).Count(j => j is { EndedAt: not null, DoneAt: null, CommittedAt: null }));
    }

    [Fact]
    public async Task The_pump_does_at_once_what_is_queued_here_and_rests_while_nothing_is()
    {
        await using var house = await House.OpenAsync(Database.Sqlite, new() { ["Facialis:Jobs:Run"] = "true" });
        await house.QueueAsync("a");
        house.App.Services.GetRequiredService<JobSignal>().Wake();
        await house.Work.FirstSent.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.Equal(["a"], house.Work.Sent);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed class House(FacialisApp app, ProbeWork work) : IAsyncDisposable
    {
        public FacialisApp App => app;

        public ProbeWork Work => work;

        public Guid Clinic { get; private set; }

        public JobRunner Runner => app.Services.GetRequiredService<JobRunner>();

        public static async Task<House> OpenAsync(Database database, Dictionary<string, string>? settings = null)
        {
            var work = new ProbeWork();
            var house = new House(await FacialisApp.StartAsync(database, settings ?? [], new ProbeModule(work)), work);
            house.Clinic = await house.App.InClinicAsync((CurrentClinic clinic) => Task.FromResult(clinic.Id));
            return house;
        }

        public Task<int> QueueAsync(params string[] keys) => app.InClinicAsync(async (IServiceProvider services) =>
        {
            foreach (var key in keys)
            {
                services.GetRequiredService<QueuedJobs>().Add("probe", key, app.Clock.GetUtcNow());
            }

            return await services.GetRequiredService<FacialisDb>().SaveChangesAsync(Token);
        });

        public Task<bool> TakeBackAsync(string key) => app.InClinicAsync((QueuedJobs jobs) => jobs.TakeBackAsync("probe", key, Token));

        public Task<List<Job>> JobsAsync() => app.WithAsync((FacialisDb db) => db.Set<Job>().AsNoTracking().ToListAsync(Token));

        public async Task<Job> JobAsync() => Assert.Single(await JobsAsync());

        /// <summary>A node takes the job and is not heard of again, before or after what cannot be taken back.</summary>
        public async Task<Sleeper> DieAsync(bool beyondRecall, bool holds = true)
        {
            var sleeper = new Sleeper();
            work.Do = async (job, cancellation) =>
            {
                work.Do = work.SendAsync; // whoever comes next
                if (beyondRecall)
                {
                    await work.SendAsync(job, cancellation);
                }

                sleeper.Asleep.SetResult();
                await sleeper.Awake.Task;
                if (!beyondRecall && holds)
                {
                    await work.SendAsync(job, cancellation);
                }
            };
            sleeper.Run = Task.Run(() => Runner.RunDueAsync("node-1", Token), Token);
            await sleeper.Asleep.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
            return sleeper;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }

    private sealed class Sleeper
    {
        public TaskCompletionSource Asleep { get; } = new();

        public TaskCompletionSource Awake { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Run { get; set; } = Task.CompletedTask;

        public Task WakeAsync()
        {
            Awake.SetResult();
            return Run;
        }
    }

    private sealed class ProbeWork
    {
        public ProbeWork() => Do = SendAsync;

        public ConcurrentQueue<string> Begun { get; } = [];

        public ConcurrentQueue<string> Sent { get; } = [];

        public ConcurrentQueue<Guid> Clinics { get; } = [];

        public ConcurrentQueue<Exception> Lost { get; } = [];

        public TaskCompletionSource FirstSent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<JobWork, CancellationToken, Task> Do { get; set; }

        public Action<IServiceProvider> Save { get; set; } = _ => { };

        public async Task SendAsync(JobWork job, CancellationToken cancellation)
        {
            try
            {
                await job.CommitAsync(cancellation);
            }
            catch (JobLostException lost)
            {
                Lost.Enqueue(lost);
                throw;
            }

            Sent.Enqueue(job.Key);
            FirstSent.TrySetResult();
        }
    }

    private sealed class ProbeHandler(ProbeWork work, CurrentClinic clinic, IServiceProvider services) : IJobHandler
    {
        public string Kind => "probe";

        public Task DoAsync(JobWork job, CancellationToken cancellation)
        {
            work.Begun.Enqueue(job.Key);
            work.Clinics.Enqueue(clinic.Id);
            work.Save(services);
            return work.Do(job, cancellation);
        }
    }

    private sealed class ProbeModule(ProbeWork work) : IModule
    {
        public string Name => "probe";

        public Assembly Assembly => typeof(ProbeModule).Assembly;

        public void ConfigureModel(ModelBuilder model)
        {
        }

        public void AddServices(IServiceCollection services, IConfiguration configuration)
        {
            services.AddSingleton(work);
            services.AddScoped<IJobHandler, ProbeHandler>();
        }
    }
}
