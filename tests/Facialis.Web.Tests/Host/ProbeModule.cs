using Facialis.Platform.Clinics;
using Facialis.Platform.Identity;
using Facialis.Platform.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Host;

/// <summary>A module without tables, which hangs on the host what a test needs to see it react.</summary>
public sealed class ProbeModule : IModule
{
    public string Name => "probe";

    /// <summary>How often the host asked for a demonstration.</summary>
    public int Seeded { get; private set; }

    /// <summary>The clinic it was to be filled in.</summary>
    public Guid SeededIn { get; private set; }

    public void ConfigureModel(ModelBuilder model)
    {
    }

    public void MapApi(RouteGroupBuilder api)
    {
        api.MapGet("/probe/fault", Fault).RequireAuthorization(Permission.ReadCharts);
        api.MapPost("/probe/change", () => TypedResults.NoContent()).RequireAuthorization(Permission.WriteCharts);
        api.MapGet("/probe/thing/{id:guid}", () => TypedResults.NotFound()).RequireAuthorization(Permission.ReadCharts);
    }

    public Task SeedDemonstrationAsync(IServiceProvider services, CancellationToken cancellation)
    {
        Seeded++;
        SeededIn = services.GetRequiredService<CurrentClinic>().Id;
        return Task.CompletedTask;
    }

    private static IResult Fault() => throw new InvalidOperationException("secret inner detail");

}
