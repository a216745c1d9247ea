using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Platform.Modules;

/// <summary>One module of the house. The host knows modules only by this face, and modules never know each other.</summary>
/// <remarks>Everything but the name has a default, so a module overrides what it has.</remarks>
public interface IModule
{
    /// <summary>A lower-case word. The module's table names begin with it and an underscore.</summary>
    string Name { get; }

    /// <summary>The assembly that holds the module's pages and entity configurations.</summary>
    Assembly Assembly => GetType().Assembly;

    /// <summary>Links for the navigation of a signed-in person, in order.</summary>
    IReadOnlyList<NavigationLink> Navigation => [];

    void AddServices(IServiceCollection services, IConfiguration configuration) { }

    /// <summary>Adds tables. As written, every IEntityTypeConfiguration of the assembly, internal ones too.</summary>
    void ConfigureModel(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(Assembly);

    /// <summary>What every request passes after it is known who is signed in, and before it is decided what that person may.</summary>
    void Use(IApplicationBuilder app) { }

    /// <summary>Maps endpoints under /api. Each names the permission it needs: <c>.RequireAuthorization(Permission.ReadCharts)</c>.</summary>
    void MapApi(RouteGroupBuilder api) { }

    /// <summary>Fills the demonstration clinic, once, at the first start on an empty data folder.</summary>
    /// <remarks>Runs inside that clinic (see CurrentClinic) with scoped services; must be quick, or the first start is slow.</remarks>
    Task SeedDemonstrationAsync(IServiceProvider services, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>One entry of the navigation.</summary>
/// <param name="Address">Path from the root, for example "/clinic/recordings".</param>
/// <param name="Text">What the person reads.</param>
/// <param name="Purpose">One sentence for the home page, which offers the same links.</param>
/// <param name="Permission">Who sees it: one of <see cref="Identity.Permission"/>.</param>
public sealed record NavigationLink(string Address, string Text, string Purpose, string Permission = Identity.Permission.ReadCharts);
