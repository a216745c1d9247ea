using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Facialis.Web.Tests.Host.PostgresServer))]

namespace Facialis.Web.Tests.Host;

/// <summary>One PostgreSQL server for the whole run: the one that ./test names, or else a private one of its own.</summary>
/// <remarks>Where PostgreSQL is missing it fails with a sentence; a test of storage is never skipped.</remarks>
public sealed class PostgresServer : IAsyncLifetime
{
    /// <summary>Connection string without a database, set by ./test.</summary>
    private const string Variable = "FACIALIS_TEST_POSTGRES";

    private static string? _server;
    private string? _folder;

    /// <summary>Makes a new database and returns its connection string.</summary>
    /// <param name="copyOf">Name of a database that nobody is in, to be copied; null for an empty one.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<string> CreateDatabaseAsync(string? copyOf, CancellationToken cancellation)
    {
        var name = "facialis_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(copyOf is null ? $"CREATE DATABASE {name}" : $"CREATE DATABASE {name} TEMPLATE {copyOf}", cancellation);
        return $"{_server};Database={name};Maximum Pool Size=20";
    }

    public static async Task DropDatabaseAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await DropAsync(new NpgsqlConnectionStringBuilder(connectionString).Database!); // as CreateDatabaseAsync named it
    }

    /// <summary>Drops a database that nobody is connected to any more, with its role.</summary>
    internal static async Task DropAsync(string name)
    {
        await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)", CancellationToken.None);
        await ExecuteAsync($"DROP ROLE IF EXISTS {name}_app", CancellationToken.None); // made by the program; roles belong to the server
    }

    public static Task DropRoleAsync(string name) => ExecuteAsync($"DROP ROLE IF EXISTS {name}", CancellationToken.None);

    public async ValueTask InitializeAsync()
    {
        _server = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(_server))
        {
            // A short path: a socket's address has room for about 100 signs.
            _folder = Path.Combine(Path.GetTempPath(), "facialis-pg-" + Environment.ProcessId);
            _server = await ScriptAsync("start", _folder);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await FirstStarts.ForgetAsync();
        NpgsqlConnection.ClearAllPools();
        if (_folder is not null)
        {
            await ScriptAsync("stop", _folder);
        }
    }

    private static async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection($"{_server};Database=postgres;Pooling=false");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<string> ScriptAsync(string action, string folder)
    {
        var script = new ProcessStartInfo(Path.Combine(Clone.Folder, "tools", "private-postgres"), [action, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(script) ?? throw new InvalidOperationException("The shell script could not be started.");
        var errors = process.StandardError.ReadToEndAsync();
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? answer.Trim() : throw new InvalidOperationException(await errors);
    }
}
