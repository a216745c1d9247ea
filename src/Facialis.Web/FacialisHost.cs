using Facialis.Academy;
using Facialis.Clinic;
using Facialis.Platform.Audit;
using Facialis.Platform.Hosting;
using Facialis.Platform.Identity;
using Facialis.Platform.Identity.Lock;
using Facialis.Platform.Modules;
using Facialis.Web.Api;
using Facialis.Web.Components;
using Facialis.Web.Operation;
using Facialis.Web.Security;
using Microsoft.AspNetCore.Authorization;

namespace Facialis.Web;

/// <summary>Puts the one host together. Read it from top to bottom to know what a request meets.</summary>
internal static class FacialisHost
{
    public const string DefaultAddress = "http://localhost:5080";

    /// <summary>The modules of the house. A new one is added here, and to the arrows in docs/architecture.md.</summary>
    public static readonly IReadOnlyList<IModule> Modules = [new ClinicModule(), new AcademyModule()];

    public static async Task<int> RunAsync(string[] args)
    {
        if (ConsoleCommand.Of(args) is { } command)
        {
            return await command.RunAsync(Build(command.Settings));
        }

        await using var app = Build(args);
        await app.RunToItsEndAsync();
        return 0;
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddFacialisPlatform(builder.Configuration, Modules);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "facialis-form");
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton<StyleSheet>();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddFacialisProblems();
        builder.Services.AddOpenApi();
        builder.Services.AddHealthChecks().AddCheck<DatabaseReady>("database", tags: ["ready"]);
        builder.Services.AddHostedService<Announcement>();

        var app = builder.Build();
        app.UseForwardedHeadersIfTrusted();
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseFacialisProblems();
        app.UseFacialisStaticFiles();
        app.UseRouting();
        app.UseAuthentication();
        foreach (var module in app.Services.GetServices<IModule>())
        {
            module.Use(app);
        }

        app.UseMiddleware<TriedIds>();
        app.UseAuthorization();
        app.UseMiddleware<ApiGuard>();
        app.UsePresenceGate();
        app.UseAntiforgery();

        app.MapFacialisHealth();
        app.MapOpenApi().AllowAnonymous();
        app.MapIdentityEndpoints();
        var api = app.MapGroup("/api").RequireAuthorization();
        app.MapAudit();
        foreach (var module in app.Services.GetServices<IModule>())
        {
            module.MapApi(api);
        }

        app.MapRazorComponents<App>()
            .AddAdditionalAssemblies([typeof(IModule).Assembly, .. Modules.Select(m => m.Assembly).Distinct()]);
        return app;
    }
}
