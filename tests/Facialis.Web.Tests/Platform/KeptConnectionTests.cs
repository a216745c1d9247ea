using Facialis.Platform.Database;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Platform;

/// <summary>SQLite connections that stay open, commands that are compiled once, and writers that take turns.</summary>
public sealed class KeptConnectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("facialis-kept-");
    private readonly KeptConnections _all = new();

    public void Dispose()
    {
        _all.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_command_sees_its_own_values_however_often_its_text_came_before()
    {
        var connection = Rent();
        Prop.ForAll(ArbMap.Default.ArbFor<(int Key, string? Value)[]>(), writes =>
        {
            Run(connection, "DROP TABLE IF EXISTS kept");
            Run(connection, "CREATE TABLE kept (Key INTEGER PRIMARY KEY, Value TEXT NULL)");
            Dictionary<int, string?> expected = [];
            foreach (var (key, value) in writes)
            {
                var clean = value?.Replace("\0", "", StringComparison.Ordinal);
                Run(connection, "INSERT INTO kept VALUES (@key, @value) ON CONFLICT DO UPDATE SET Value = excluded.Value", ("@key", key), ("@value", clean));
                expected[key] = clean;
            }

            return expected.All(pair => Equals(Run(connection, "SELECT Value FROM kept WHERE Key = @key", ("@key", pair.Key)), pair.Value ?? (object)DBNull.Value));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void Two_readers_of_one_text_are_open_at_once_and_a_reader_left_early_starts_anew()
    {
        var connection = Rent();
        using (var first = Counting(connection, 1))
        using (var second = Counting(connection, 11))
        {
            using var one = first.ExecuteReader();
            using var other = second.ExecuteReader();
            Assert.True(one.Read());
            Assert.True(other.Read());
            Assert.True(one.Read());
            Assert.Equal((2, 11), (one.GetInt32(0), other.GetInt32(0)));
        }

        using var again = Counting(connection, 1);
        using var reader = again.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(1, reader.GetInt32(0));
    }

    [Fact]
    public void A_value_that_is_left_out_is_missed_and_not_taken_from_the_last_time()
    {
        var connection = Rent();
        Assert.Equal(7L, Run(connection, "SELECT @number", ("@number", 7)));
        Assert.Throws<InvalidOperationException>(() => Run(connection, "SELECT @number"));
        Assert.Equal(8L, Run(connection, "SELECT @number", ("@number", 8)));
    }

    [Fact]
    public void A_setting_counts_each_time_it_is_said()
    {
        var connection = Rent();
        for (var time = 0; time < 2; time++)
        {
            Run(connection, "PRAGMA foreign_keys=OFF");
            Assert.Equal(0L, Run(connection, "PRAGMA foreign_keys"));
            Run(connection, "PRAGMA foreign_keys=ON");
            Assert.Equal(1L, Run(connection, "PRAGMA foreign_keys"));
        }
    }

    [Fact]
    public void A_changed_table_is_seen_by_a_command_that_was_compiled_before()
    {
        var connection = Rent();
        Run(connection, "CREATE TABLE wide (A INTEGER)");
        Run(connection, "INSERT INTO wide VALUES (1)");
        Assert.Equal(1, Columns());
        Run(connection, "ALTER TABLE wide ADD COLUMN B INTEGER DEFAULT 2");
        Assert.Equal(2, Columns());

        int Columns()
        {
            using var command = CompiledCommands.On(connection);
            command.CommandText = "SELECT * FROM wide";
            using var reader = command.ExecuteReader();
            return reader.Read() ? reader.FieldCount : 0;
        }
    }

    [Fact]
    public void A_connection_comes_back_open_and_set_but_not_within_a_transaction_while_reading_or_after_the_end()
    {
        var first = Rent();
        Assert.Equal("wal", Run(first, "PRAGMA journal_mode"));
        Assert.Equal(2L, Run(first, "PRAGMA synchronous")); // FULL
        _all.Return(first);
        Assert.Same(first, Rent());

        Run(first, "BEGIN");
        _all.Return(first);
        var second = Rent();
        Assert.NotSame(first, second);

        using var left = Counting(second, 1);
        Assert.True(left.ExecuteReader().Read());
        _all.Return(second); // somebody still reads
        var third = Rent();
        Assert.NotSame(second, third);

        _all.Dispose();
        _all.Return(third);
        Assert.Equal(System.Data.ConnectionState.Closed, third.State);
    }

    [Fact]
    public async Task A_writer_waits_for_the_one_before_it_however_that_one_ends()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        foreach (var commits in new[] { true, false })
        {
            await using var one = app.Services.CreateAsyncScope();
            await using var other = app.Services.CreateAsyncScope();
            var first = await one.ServiceProvider.GetRequiredService<FacialisDb>().Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            var next = other.ServiceProvider.GetRequiredService<FacialisDb>().Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            Assert.False(next.IsCompleted);
            if (commits)
            {
                await first.CommitAsync(TestContext.Current.CancellationToken);
            }

            await first.DisposeAsync();
            await (await next).DisposeAsync();
        }
    }

    [Fact]
    public async Task A_context_that_ends_with_its_transaction_open_ends_its_turn()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var turns = app.Services.GetRequiredService<KeptConnections>();
        var one = app.Services.CreateAsyncScope();
        await one.ServiceProvider.GetRequiredService<FacialisDb>().Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var next = turns.BeginWriteAsync(TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);

        await one.DisposeAsync();
        Assert.True(await next);
        turns.EndWrite();
    }

    private SqliteConnection Rent() => _all.Rent(() => new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "kept.db")};Pooling=False"));

    private static SqliteCommand Counting(SqliteConnection connection, int from)
    {
        var command = CompiledCommands.On(connection);
        command.CommandText = "WITH RECURSIVE n(i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @from + 5) SELECT i FROM n";
        command.Parameters.AddWithValue("@from", from);
        return command;
    }

    private static object? Run(SqliteConnection connection, string text, params (string Name, object? Value)[] values)
    {
        using var command = CompiledCommands.On(connection);
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command.ExecuteScalar();
    }
}
