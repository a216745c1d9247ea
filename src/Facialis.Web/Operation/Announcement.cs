using Facialis.Platform.Hosting;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Facialis.Web.Operation;

/// <summary>Says on the console where to go once the host listens, and how to get in as long as the owner never came.</summary>
/// <remarks>It writes to the console itself, never to the log: a sign-in link must not end in a log store.</remarks>
internal sealed class Announcement(IServer server, IServiceProvider services, FacialisSettings settings) : IHostedLifecycleService
{
    public static async Task PrintFreshLinkAsync(WebApplication app)
    {
        await app.Services.GetServices<IHostedService>().OfType<StartUp>().Single().StartAsync(CancellationToken.None);

        var address = (app.Configuration["urls"] ?? FacialisHost.DefaultAddress).Split(';')[0];
        await using var scope = app.Services.CreateAsyncScope();
        await PrintLinkAsync(scope, address, CancellationToken.None);
    }

    /// <summary>Called when every service has started, so the server already knows its address.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
        {
            return; // a test host that listens nowhere
        }

        Console.WriteLine($"Facialis is ready at {address}    (data: {settings.DataFolderPath})");
        await using var scope = services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SignInLinks>().FirstOwnerNeverCameAsync(cancellationToken))
        {
            await PrintLinkAsync(scope, address, cancellationToken);
        }

        Console.WriteLine("Press Ctrl+C to stop.");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task PrintLinkAsync(AsyncServiceScope scope, string address, CancellationToken cancellation)
    {
        var token = await scope.ServiceProvider.GetRequiredService<SignInLinks>().IssueForFirstOwnerAsync(cancellation);
        Console.WriteLine("To sign in as the owner, open this link. It works once, within 24 hours:");
        Console.WriteLine($"Open {address.TrimEnd('/')}/start/{token}");
    }
}
