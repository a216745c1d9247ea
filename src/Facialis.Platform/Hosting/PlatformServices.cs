using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Platform.Jobs;
using Facialis.Platform.Layout;
using Facialis.Platform.Mail;
using Facialis.Platform.Modules;
using Facialis.Platform.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Facialis.Platform.Hosting;

/// <summary>What every module needs in order to run.</summary>
public static class PlatformServices
{
    public static void AddFacialisPlatform(
        this IServiceCollection services, IConfiguration configuration, IReadOnlyList<IModule> modules)
    {
        var settings = configuration.GetSection(FacialisSettings.Section).Get<FacialisSettings>() ?? new FacialisSettings();
        services.AddSingleton(settings);
        services.AddHostedService<StartUp>(); // the first, since data protection would make the folder readable to all
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentClinic>();
        services.AddSingleton<ClinicTime>();
        services.AddSingleton<IslandManifest>();
        services.AddSingleton(new AuditKey(settings));
        services.AddScoped<AuditNotes>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<ReadAudit>();
        services.AddSingleton<Checkpoints>();
        services.AddHostedService(provider => provider.GetRequiredService<Checkpoints>());
        AddDatabase(services, settings);
        services.AddSingleton(configuration.GetSection(JobSettings.Section).Get<JobSettings>() ?? new JobSettings());
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobRunner>();
        services.AddScoped<QueuedJobs>();
        services.AddHostedService<JobPump>();
        services.AddSingleton((configuration.GetSection(MailSettings.Section).Get<MailSettings>() ?? new MailSettings()).Checked());
        services.AddSingleton<Mailer>();
        AddDataProtection(services, settings);
        services.AddSingleton<MasterKeys>();
        services.AddSingleton<SearchIndexRoot>();
        services.AddScoped<SearchIndex>();
        services.AddScoped<DataKeys>();
        services.AddScoped<MasterKeyCheck>();
        services.AddFacialisIdentity(settings);
        services.AddScoped<FirstStart>();
        foreach (var module in modules)
        {
            services.AddSingleton(module);
            module.AddServices(services, configuration);
        }
    }

    private static void AddDatabase(IServiceCollection services, FacialisSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.Database))
        {
            services.AddSingleton<KeptConnections>();
            services.AddDbContext<FacialisDb, SqliteFacialisDb>(
                options => options
                    .ReplaceService<IModelCacheKeyFactory, ModelOfModules>()
                    .ReplaceService<IRelationalConnection, KeptConnection>()
                    .UseSqlite($"Data Source={Path.Combine(settings.DataFolderPath, "facialis.db")};Pooling=False") // KeptConnections does that
                    .AddInterceptors(new CompiledCommands(), new AuditAppend()),
                optionsLifetime: ServiceLifetime.Singleton); // they say the same to every request, so they are made once
        }
        else
        {
            services.AddDbContext<FacialisDb, PostgresFacialisDb>(
                options => options
                    .ReplaceService<IModelCacheKeyFactory, ModelOfModules>()
                    .ReplaceService<IMigrationsSqlGenerator, RowSecuritySql>()
                    .UseNpgsql(Pooled(settings.Database))
                    .AddInterceptors(new ClinicOnConnection(), new AuditAppend()),
                optionsLifetime: ServiceLifetime.Singleton);
            services.AddSingleton<PostgresRole>();
        }
    }

    /// <summary>A connection goes back to the pool with nothing of its last user on it, whatever the setting says.</summary>
    private static string Pooled(string connection)
    {
        var asked = new NpgsqlConnectionStringBuilder(connection);
        return asked.NoResetOnClose || asked.Multiplexing
            ? new NpgsqlConnectionStringBuilder(connection) { NoResetOnClose = false, Multiplexing = false }.ConnectionString
            : connection;
    }

    private static void AddDataProtection(IServiceCollection services, FacialisSettings settings) => services
        .AddDataProtection()
        .SetApplicationName("Facialis")
        .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataFolderPath, "keys")));
}
