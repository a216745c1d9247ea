using Facialis.Platform.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Facialis.Web.Tests.Host;

public sealed class ProgramLifeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_done_at_the_end_is_done_also_when_the_end_is_asked_for_during_the_start(bool duringTheStart)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        var witness = new Witness();
        builder.Services.AddSingleton<IHostedService>(witness);
        builder.Services.AddHostedService(provider => new Impatient(provider.GetRequiredService<IHostApplicationLifetime>(), duringTheStart));
        using var host = builder.Build();

        await host.RunToItsEndAsync();

        Assert.True(witness.HasEnded);
    }

    [Fact]
    public async Task A_start_that_fails_is_told()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService<Broken>();
        using var host = builder.Build();

        await Assert.ThrowsAsync<InvalidDataException>(host.RunToItsEndAsync);
    }

    private sealed class Witness : IHostedService
    {
        public bool HasEnded { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            HasEnded = true;
            return Task.CompletedTask;
        }
    }

    /// <summary>Asks for the end once every service has started, or while the last one still starts.</summary>
    private sealed class Impatient(IHostApplicationLifetime life, bool duringTheStart) : IHostedLifecycleService
    {
        public async Task StartedAsync(CancellationToken cancellationToken)
        {
            if (duringTheStart)
            {
                life.StopApplication();
                await Task.Delay(Timeout.Infinite, cancellationToken); // as a query that is broken off
            }
            else
            {
                life.ApplicationStarted.Register(life.StopApplication);
            }
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Broken : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidDataException();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
