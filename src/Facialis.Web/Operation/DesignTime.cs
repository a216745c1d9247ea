using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Microsoft.EntityFrameworkCore.Design;

namespace Facialis.Web.Operation;

/// <summary>Gives tools/add-migration the contexts as the host makes them, without starting it or opening a database.</summary>
internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteFacialisDb>
{
    public SqliteFacialisDb CreateDbContext(string[] args) => DesignTime.Context<SqliteFacialisDb>("");
}

/// <inheritdoc cref="DesignTimeSqlite"/>
internal sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresFacialisDb>
{
    public PostgresFacialisDb CreateDbContext(string[] args) => DesignTime.Context<PostgresFacialisDb>("Host=design-time");
}

internal static class DesignTime
{
    public static TContext Context<TContext>(string database) where TContext : FacialisDb
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{FacialisSettings.Section}:{nameof(FacialisSettings.Database)}", database)]).Build();
        var services = new ServiceCollection();
        services.AddFacialisPlatform(settings, FacialisHost.Modules);
        return services.BuildServiceProvider().CreateScope().ServiceProvider.GetRequiredService<TContext>();
    }
}
