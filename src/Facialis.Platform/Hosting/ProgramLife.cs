using Microsoft.Extensions.Hosting;

namespace Facialis.Platform.Hosting;

/// <summary>Runs a host so that what it does at its end is done whenever it is asked to end.</summary>
public static class ProgramLife
{
    /// <summary>Starts the host, waits until it is asked to end, and ends it.</summary>
    /// <remarks>
    /// <see cref="HostingAbstractionsHostExtensions.RunAsync"/> leaves out the ending when it is asked for while the host still starts,
    /// also when the server already answers: then the last checkpoint of the audit log would be missing.
    /// </remarks>
    public static async Task RunToItsEndAsync(this IHost host)
    {
        var life = (IHostApplicationLifetime)host.Services.GetService(typeof(IHostApplicationLifetime))!; // every host has one
        try
        {
            await host.StartAsync();
        }
        catch (OperationCanceledException) when (life.ApplicationStopping.IsCancellationRequested)
        {
            await host.StopAsync();
            return;
        }

        await host.WaitForShutdownAsync();
    }
}
