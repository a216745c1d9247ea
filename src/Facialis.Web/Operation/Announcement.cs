using System.Net;
using Facialis.Platform.Hosting;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Facialis.Web.Operation;

/// <summary>Says on the console where to go once the host listens, and how to get in as long as the owner never came.</summary>
/// <remarks>It writes to the console itself, never to the log: a sign-in link must not end in a log store.</remarks>
internal sealed class Announcement(IServer server, IServiceProvider services, FacialisSettings settings) : IHostedLifecycleService
{
    /// <summary>Called when every service has started, so the server already knows its address.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
        {
            return; // a test host that listens nowhere
        }

        address = ForBrowsers(address);
        Console.WriteLine($"Facialis is ready at {address}    (data: {settings.DataFolderPath})");
        await using var scope = services.CreateAsyncScope();
        var links = scope.ServiceProvider.GetRequiredService<SignInLinks>();
        if (await links.FindAsync(null, cancellationToken) is { LastSignedInAt: null } owner)
        {
            PrintLink(owner, address, await links.IssueAsync(owner.Id, cancellationToken));
        }

        Console.WriteLine("Press Ctrl+C to stop.");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public static void PrintLink(FacialisUser person, string address, string token)
    {
        Console.WriteLine($"To sign in as {person.Email}, open this link. It works once, within 24 hours:");
        Console.WriteLine($"Open {ForBrowsers(address).TrimEnd('/')}/start/{token}");
    }

    /// <summary>Browsers allow passkeys on localhost, and nowhere at an address made of numbers.</summary>
    private static string ForBrowsers(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && IPAddress.TryParse(uri.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)
            ? $"{uri.Scheme}://localhost:{uri.Port}"
            : address;
}
