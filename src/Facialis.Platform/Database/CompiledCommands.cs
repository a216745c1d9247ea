using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Facialis.Platform.Database;

/// <summary>Gives EF commands that use again what SQLite compiled of the same text on the same connection.</summary>
internal sealed class CompiledCommands : DbCommandInterceptor
{
    /// <summary>Texts kept for each connection; when there are more, all are forgotten.</summary>
    private const int MostTexts = 200;

    /// <summary>Signs; longer texts are seldom the same twice.</summary>
    private const int LongestText = 32 * 1024;

    /// <summary>A PRAGMA may do its work while it is compiled, so only these are kept.</summary>
    private static readonly string[] Kept = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

    private static readonly ConditionalWeakTable<SqliteConnection, OfConnection> All = [];

    /// <summary>A command on a connection that <see cref="KeptConnections"/> keeps.</summary>
    public static SqliteCommand On(SqliteConnection connection) => new Lent(connection, All.GetValue(connection, _ => new OfConnection()));

    /// <summary>Whether somebody still has a compiled command of the connection, and may read with it.</summary>
    public static bool AreLent(SqliteConnection connection) => All.TryGetValue(connection, out var commands) && commands.Lent > 0;

    public override InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result) =>
        eventData.Connection is SqliteConnection connection ? InterceptionResult<DbCommand>.SuppressWithResult(On(connection)) : result;

    /// <summary>The compiled commands of one connection.</summary>
    private sealed class OfConnection
    {
        public Dictionary<string, Compiled> Idle { get; } = new(StringComparer.Ordinal);

        public int Lent { get; set; }
    }

    /// <summary>A command that keeps its statements from one execution to the next.</summary>
    private sealed class Compiled(string text, SqliteConnection connection) : SqliteCommand(text, connection)
    {
        public bool IsReading => DataReader is not null;
    }

    /// <summary>What EF sees: it borrows a compiled command of its text, and gives it back at its own end.</summary>
    private sealed class Lent : SqliteCommand
    {
        private readonly OfConnection _all;
        private Compiled? _borrowed;

        public Lent(SqliteConnection connection, OfConnection all)
        {
            Connection = connection;
            _all = all;
        }

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            GiveBack();
            if (CommandText.Length > LongestText || !Kept.Any(k => CommandText.StartsWith(k, StringComparison.Ordinal)))
            {
                return base.ExecuteReader(behavior);
            }

            var compiled = _all.Idle.Remove(CommandText, out var known) ? known : new Compiled(CommandText, Connection!); // set when it was made
            compiled.Transaction = Transaction;
            compiled.CommandTimeout = CommandTimeout;
            foreach (SqliteParameter parameter in Parameters)
            {
                compiled.Parameters.Add(parameter);
            }

            try
            {
                var reader = compiled.ExecuteReader(behavior);
                _borrowed = compiled;
                _all.Lent++;
                return reader;
            }
            catch
            {
                compiled.Dispose();
                throw;
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                GiveBack();
            }

            base.Dispose(disposing);
        }

        private void GiveBack()
        {
            if (_borrowed is not { } compiled)
            {
                return;
            }

            _borrowed = null;
            _all.Lent--;
            compiled.Parameters.Clear();
            compiled.Transaction = null;
            if (_all.Idle.Count >= MostTexts)
            {
                foreach (var old in _all.Idle.Values)
                {
                    old.Dispose();
                }

                _all.Idle.Clear();
            }

            if (compiled.IsReading || !_all.Idle.TryAdd(compiled.CommandText, compiled)) // two of one text at once: one is enough
            {
                compiled.Dispose();
            }
        }
    }
}
