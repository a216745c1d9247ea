using Facialis.Platform.Hosting;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Facialis.Web.Operation;

/// <summary>Says on the console where to go once the host listens, and how to get in as long as the owner never came.</summary>
/// <remarks>It writes to the console itself, never to the log: a sign-in link must not end in a log store.</remarks>
internal sealed class Announcement(
    IServer server, IServiceProvider services, IHostApplicationLifetime life, FacialisSettings settings) : BackgroundService
{
    public static async Task PrintFreshLinkAsync(WebApplication app)
    {
        await app.Services.GetServices<IHostedService>().OfType<StartUp>().Single().StartAsync(CancellationToken.None);

        var address = (app.Configuration["urls"] ?? FacialisHost.DefaultAddress).Split(';')[0];
        await using var scope = app.Services.CreateAsyncScope();
        await PrintLinkAsync(scope, address, CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = life.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
        {
            return; // a test host that listens nowhere
        }

        Console.WriteLine($"Facialis is ready at {address}    (data: {settings.DataFolderPath})");
        await using var scope = services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SignInLinks>().FirstOwnerNeverCameAsync(stoppingToken))
        {
            await PrintLinkAsync(scope, address, stoppingToken);
        }
    }

    private static async Task PrintLinkAsync(AsyncServiceScope scope, string address, CancellationToken cancellation)
    {
        var token = await scope.ServiceProvider.GetRequiredService<SignInLinks>().IssueForFirstOwnerAsync(cancellation);
        Console.WriteLine("To sign in as the owner, open this link. It works once, within 24 hours:");
        Console.WriteLine($"Open {address.TrimEnd('/')}/start/{token}");
    }
}
