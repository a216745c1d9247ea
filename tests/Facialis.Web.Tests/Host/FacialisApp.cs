using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Hosting;
using Facialis.Platform.Identity;
using Facialis.Platform.Modules;
using Facialis.Web.Tests.Isolation;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Facialis.Web.Tests.Host;

/// <summary>The whole host, in memory, with a data folder and a database of its own.</summary>
public sealed class FacialisApp : WebApplicationFactory<Program>
{
    private readonly Database _database;
    private readonly Dictionary<string, string> _settings = [];
    private readonly List<IModule> _probes = [];
    private string? _postgres;
    private bool _withoutClinicFilter;

    private FacialisApp(Database database) => _database = database;

    /// <summary>Time as the host sees it; it stands still unless a test moves it.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Hours or days pass. What is done every minute is not made up for, minute by minute, as it is when the clock advances.</summary>
    public void GoOn(TimeSpan span) => Clock.AdjustTime(Clock.GetUtcNow() + span);

    public LogLines Log { get; } = new();

    /// <summary>Not there before the host makes it.</summary>
    public string DataFolder { get; } = Path.Combine(Directory.CreateTempSubdirectory("facialis-test-").FullName, "data");

    /// <remarks>Without settings and probes it goes on from a copy of a first start, which takes half the time of another first start.</remarks>
    public static Task<FacialisApp> StartAsync(
        Database database, IReadOnlyDictionary<string, string>? settings = null, params IReadOnlyList<IModule> probes) =>
        StartAsync(new FacialisApp(database), settings, probes);

    /// <summary>A first start, on an empty data folder and an empty database.</summary>
    public static Task<FacialisApp> StartForTheFirstTimeAsync(Database database) => StartAsync(database, new Dictionary<string, string>());

    private static async Task<FacialisApp> StartAsync(FacialisApp app, IReadOnlyDictionary<string, string>? settings, IReadOnlyList<IModule> probes)
    {
        var first = settings is null && probes.Count == 0 ? await FirstStarts.OfAsync(app._database) : null;
        first?.CopyFolderTo(app.DataFolder);
        app._probes.AddRange(probes);
        app._settings["Facialis:DataFolder"] = app.DataFolder;
        app._settings["Facialis:Charts:Demonstration"] = "false";
        app._settings["Facialis:Recordings:Demonstration"] = "false"; // they take seconds to make; tests that show them ask for them
        app._settings["Facialis:Jobs:Run"] = "false"; // tests of jobs say themselves when they are done, and by whom
        app._settings["Facialis:Diary:RequestsAMinute"] = "1000000"; // the walk of all routes comes from one address
        if (app._database == Database.Postgres)
        {
            app._postgres = await PostgresServer.CreateDatabaseAsync(first?.PostgresDatabase, TestContext.Current.CancellationToken);
            app._settings["Facialis:Database"] = app._postgres;
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            app._settings[key] = value;
        }

        _ = app.Server; // starts it
        return app;
    }

    /// <summary>Where the database is, for who comes past the program: a file or a connection string.</summary>
    public string DatabaseAddress => _postgres ?? Path.Combine(DataFolder, "facialis.db");

    /// <summary>A host whose queries forget whose rows they may see.</summary>
    internal static Task<FacialisApp> StartWithoutClinicFilterAsync(Database database) => StartAsync(new FacialisApp(database) { _withoutClinicFilter = true }, null, []);

    /// <summary>A browser that nobody has signed in with. It follows no redirect, so that a test sees each.</summary>
    public HttpClient Visitor() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>A browser signed in as the first owner, by a one-time link as a person would.</summary>
    public async Task<SignedIn> OwnerAsync() =>
        await EnterAsync(FirstOwnersLinkAsync);

    /// <summary>Adds a clinic with one person and signs that person in: to show that nothing of one clinic is seen by another.</summary>
    public async Task<SignedIn> OtherClinicAsync()
    {
        var person = Guid.CreateVersion7();
        await using (var scope = Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
            var clinic = new ClinicAccount
            {
                Id = Guid.CreateVersion7(),
                Name = "Another clinic",
                IsDemonstration = false,
                CreatedAt = Clock.GetUtcNow(),
            };
            db.Add(clinic);
            await AddAsync(scope, person, clinic.Id, Role.Owner);
        }

        return await EnterAsync(links => links.IssueAsync(person, TestContext.Current.CancellationToken));
    }

    /// <summary>A browser signed in as a further person of the first owner's clinic, with one of the roles.</summary>
    public async Task<SignedIn> PersonAsync(string role)
    {
        var person = Guid.CreateVersion7();
        await using (var scope = Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
            var clinic = await db.Users.Where(u => u.IsFirstOwner).Select(u => u.ClinicId).FirstAsync(TestContext.Current.CancellationToken);
            await AddAsync(scope, person, clinic, role);
        }

        return await EnterAsync(links => links.IssueAsync(person, TestContext.Current.CancellationToken));
    }

    /// <summary>Goes once more through what the host does before it serves, as after a restart.</summary>
    public Task StartAgainAsync() =>
        Services.GetServices<IHostedService>().OfType<StartUp>().Single().StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Works with the services of the host, within a scope of their own.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Does to the database what the program's own role may not.</summary>
    public Task AsDatabaseOwnerAsync(string sql) => ReadAsDatabaseOwnerAsync(sql);

    /// <summary>Reads rows past every wall between clinics, each as one text of all its columns.</summary>
    public async Task<List<string>> ReadAsDatabaseOwnerAsync(string sql)
    {
        await using System.Data.Common.DbConnection connection = _postgres is not null
            ? new Npgsql.NpgsqlConnection(_postgres + ";Pooling=false")
            : new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(DataFolder, "facialis.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        while (await row.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.GetValue(i) switch
            {
                byte[] bytes => Convert.ToHexString(bytes),
                var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
            })));
        }

        return rows;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_postgres is not null)
        {
            await PostgresServer.DropDatabaseAsync(_postgres);
        }

        RemoveFolder();
    }

    /// <summary>Ends the host and leaves its data folder and database as they are; returns where its PostgreSQL database is.</summary>
    internal async Task<string?> EndAsync()
    {
        await base.DisposeAsync();
        return _postgres;
    }

    /// <remarks>A file that the host's background still wrote as it ended may come between; the folder is then removed once more.</remarks>
    private void RemoveFolder()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(Path.GetDirectoryName(DataFolder)!, recursive: true); // it was combined from two names
                return;
            }
            catch (IOException) when (attempt < 5)
            {
            }
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<ILoggerProvider>(Log);
            if (_withoutClinicFilter)
            {
                services.ConfigureDbContext<SqliteFacialisDb>(options => options.AddInterceptors(WithoutClinicFilter.Only));
                services.ConfigureDbContext<PostgresFacialisDb>(options => options.AddInterceptors(WithoutClinicFilter.Only));
            }

            foreach (var probe in _probes)
            {
                services.AddSingleton(probe);
                probe.AddServices(services, new ConfigurationBuilder().Build());
            }
        });
    }

    /// <summary>Token of a fresh one-time link of the first owner.</summary>
    public static async Task<string> FirstOwnersLinkAsync(SignInLinks links)
    {
        var owner = await links.FindAsync(null, TestContext.Current.CancellationToken);
        return await links.IssueAsync(owner!.Id, TestContext.Current.CancellationToken); // every installation has one
    }

    private static async Task AddAsync(AsyncServiceScope scope, Guid person, Guid clinic, string role)
    {
        await scope.ServiceProvider.GetRequiredService<FacialisDb>().SaveChangesAsync(TestContext.Current.CancellationToken); // the clinic, if it is new
        var email = $"{person:N}@clinic.example";
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<FacialisUser>>().CreateAsync(new FacialisUser
        {
            Id = person,
            ClinicId = clinic,
            UserName = email,
            Email = email,
            DisplayName = $"Some {role}",
            Role = role,
        });
        Assert.True(made.Succeeded);
    }

    private async Task<SignedIn> EnterAsync(Func<SignInLinks, Task<string>> issue)
    {
        var browser = Visitor();
        var page = $"/start/{await WithAsync(issue)}";
        var entered = await browser.SendFormAsync(page, "start", []);
        Assert.Equal(System.Net.HttpStatusCode.Found, entered.StatusCode);
        return new SignedIn(browser);
    }
}
