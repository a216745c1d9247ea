using Facialis.Academy.Practice;
using Facialis.Platform.Identity;
using Facialis.Platform.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Academy;

/// <summary>The work of the academy: learning, practising, being examined.</summary>
public sealed class AcademyModule : IModule
{
    public string Name => "academy";

    public IReadOnlyList<NavigationLink> Navigation =>
        [new("/academy/practice", "Virtual patients", "Meet a virtual patient: measure, plan, inject, and see the weeks go by.", Permission.Practise)];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PracticeScores>();
        services.AddScoped<Attempts>();
        services.AddScoped<PlanAttempt>();
    }

    public void MapApi(RouteGroupBuilder api) => PracticeEndpoints.Map(api);
}
