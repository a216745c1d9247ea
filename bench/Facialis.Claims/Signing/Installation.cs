using Facialis.Academy;
using Facialis.Clinic;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Facialis.Claims.Signing;

/// <summary>A data folder and database of their own, with a clinic whose owner has a password. Prepared in this process, served by another.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string Email = "owner@facialis.local";
    public const string Password = "a password of the claims only";
    public const string OwnerName = "Owner";

    private readonly ServiceProvider _services;
    private readonly string? _server;
    private readonly string? _database;

    private Installation(ServiceProvider services, string folder, string zone, string? server, string? database) =>
        (_services, Folder, Zone, _server, _database) = (services, folder, zone, server, database);

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    /// <summary>The clinic's time zone: one in which its day does not end while the claim runs.</summary>
    public string Zone { get; }

    public Guid ClinicId { get; private set; }

    public Guid OwnerId { get; private set; }

    public bool IsPostgres => _server is not null;

    public string Name => IsPostgres ? "PostgreSQL" : "SQLite";

    /// <summary>The connection string of the PostgreSQL database; empty for SQLite.</summary>
    public string Database => IsPostgres ? $"{_server};Database={_database}" : "";

    /// <summary>A connection string with every right, for plain SQL of the claims themselves.</summary>
    public string Connection => IsPostgres ? Database : $"Data Source={SqliteFile}";

    public string SqliteFile => Path.Combine(Folder, "facialis.db");

    public IServiceProvider Services => _services;

    /// <param name="server">Connection string of a PostgreSQL server without a database; null for SQLite.</param>
    /// <param name="clock">The time that it has; the real one unless told.</param>
    public static async Task<Installation> MakeAsync(string? server, TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("facialis-signing-").FullName;
        var database = server is null ? null : $"facialis_{Guid.NewGuid():N}";
        if (server is not null)
        {
            await RunAsync($"{server};Database=postgres;Pooling=false", $"CREATE DATABASE {database}");
        }

        var made = await OpenAsync(folder, ZoneWhereItIsMorning(), server, database, clock);
        await made.SetPasswordAsync();
        return made;
    }

    /// <summary>Starts on a data folder and a database that are there. Both are removed in the end.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="zone">The clinic's time zone.</param>
    /// <param name="server">As in <see cref="MakeAsync"/>.</param>
    /// <param name="database">Name of the database on it; null for SQLite.</param>
    /// <param name="clock">As there.</param>
    public static async Task<Installation> OpenAsync(string folder, string zone, string? server, string? database, TimeProvider? clock = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Facialis:DataFolder"] = folder,
            ["Facialis:Demonstration"] = "false",
            ["Facialis:TimeZone"] = zone,
            ["Facialis:Database"] = server is null ? "" : $"{server};Database={database}",
        };
        var services = new ServiceCollection().AddLogging();
        services.AddFacialisPlatform(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), [new ClinicModule(), new AcademyModule()]);
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        var opened = new Installation(services.BuildServiceProvider(), folder, zone, server, database);
        await opened.BeginAsync();
        return opened;
    }

    /// <summary>Works inside the clinic, in a scope of its own as a request would.</summary>
    public async Task<T> DoAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(ClinicId);
        return await work(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync($"{_server};Database=postgres;Pooling=false", $"DROP DATABASE {_database} WITH (FORCE)");
            await RunAsync($"{_server};Database=postgres;Pooling=false", $"DROP ROLE IF EXISTS {_database}_app");
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task BeginAsync()
    {
        await _services.GetServices<IHostedService>().OfType<StartUp>().Single().StartAsync(CancellationToken.None);
        await using var scope = _services.CreateAsyncScope();
        var owner = await scope.ServiceProvider.GetRequiredService<FacialisDb>().Users.SingleAsync(u => u.IsFirstOwner);
        (ClinicId, OwnerId) = (owner.ClinicId, owner.Id);
    }

    private Task<bool> SetPasswordAsync() => DoAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<FacialisUser>>();
        var owner = await users.FindByIdAsync(OwnerId.ToString()) ?? throw new InvalidOperationException("There is no owner.");
        var set = await users.AddPasswordAsync(owner, Password);
        return set.Succeeded ? true : throw new InvalidOperationException(string.Join(" ", set.Errors.Select(e => e.Description)));
    });

    /// <summary>Health answers count on the day they were given; so the day must not end before the last signature.</summary>
    private static string ZoneWhereItIsMorning()
    {
        var ahead = ((8 - DateTimeOffset.UtcNow.Hour + 36) % 24) - 12; // hours from UTC to eight or so in the morning, -12 to 11
        return ahead == 0 ? "Etc/GMT" : $"Etc/GMT{(ahead > 0 ? "-" : "+")}{Math.Abs(ahead)}"; // these names count westward
    }

    /// <summary>Runs a statement on a PostgreSQL server.</summary>
    public static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The name in it was made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
