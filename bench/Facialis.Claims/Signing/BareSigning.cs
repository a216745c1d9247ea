using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Facialis.Claims.Signing;

/// <summary>The program that the server is held against: 8 writers, each with an open connection and prepared statements, and nothing else.</summary>
/// <remarks>It reads a number from its input, writes that many treatments, and says so.</remarks>
internal static class BareSigning
{
    private const int Writers = 8;

    public static Claim Claim { get; } = new(
        "bare-signing", "Part of signing-speed: writes the rows of signatures with nothing around them.", arguments => Serve(arguments[0], arguments[1], Guid.Parse(arguments[2])));

    private static bool Serve(string connectionString, string list, Guid example)
    {
        var connections = Enumerable.Range(0, Writers).Select(_ => Open(connectionString)).ToList();
        var first = Sequence(connections[0]);
        var work = File.ReadLines(list).Select((line, i) => BareWork.Read(line, first + (2 * i))).ToList();
        var rows = connections.ConvertAll(connection => BareRows.Prepare(connection, example));
        var next = -1;
        Console.WriteLine("ready");
        while (Console.ReadLine() is { Length: > 0 } wanted)
        {
            var until = next + int.Parse(wanted, CultureInfo.InvariantCulture);
            var threads = Enumerable.Range(0, Writers).Select(writer => new Thread(() =>
            {
                for (var i = Interlocked.Increment(ref next); i <= until; i = Interlocked.Increment(ref next))
                {
                    Write(connections[writer], rows[writer], work[i]);
                }
            })).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            next = until;
            Console.WriteLine("done");
        }

        connections.ForEach(c => c.Dispose());
        return true;
    }

    private static void Write(DbConnection connection, BareRows rows, BareWork work)
    {
        using var transaction = connection.BeginTransaction(IsolationLevel.Unspecified);
        rows.Write(transaction, work);
        transaction.Commit();
    }

    private static DbConnection Open(string connectionString)
    {
        if (connectionString.StartsWith("Host=", StringComparison.Ordinal))
        {
            var server = new NpgsqlConnection(connectionString);
            server.Open();
            return server;
        }

        var file = new SqliteConnection(connectionString);
        file.Open();
        using var settings = file.CreateCommand();
        settings.CommandText = Platform.Database.KeptConnections.Pragmas; // as durable as the product
        settings.ExecuteNonQuery();
        return file;
    }

    private static long Sequence(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(\"Size\") FROM platform_audit_log";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
