using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Platform.Database;

/// <summary>A context's connection to SQLite: open from the first use to the context's end, then given to the next one.</summary>
#pragma warning disable EF1001 // EF offers no other way to give it connections that are open; the version of EF is fixed, and tests walk all of this.
internal sealed class KeptConnection(
    RelationalConnectionDependencies dependencies, IRawSqlCommandBuilder commands, IDiagnosticsLogger<DbLoggerCategory.Infrastructure> logger)
    : SqliteRelationalConnection(dependencies, commands, logger)
{
    private readonly KeptConnections _all = dependencies.ContextOptions.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService<KeptConnections>()
        ?? throw new InvalidOperationException("The context knows no application whose connections it could use.");

    private bool _writes;

    /// <summary>Null where none is open. Its end lets the next writer begin.</summary>
    public override IDbContextTransaction? CurrentTransaction
    {
        get => base.CurrentTransaction;
        protected set
        {
            base.CurrentTransaction = value;
            if (value is null)
            {
                EndWrite();
            }
        }
    }

    protected override DbTransaction ConnectionBeginTransaction(IsolationLevel isolationLevel)
    {
        _writes = _all.BeginWrite();
        return Begin(isolationLevel);
    }

    protected override async ValueTask<DbTransaction> ConnectionBeginTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken = default)
    {
        _writes = await _all.BeginWriteAsync(cancellationToken);
        return Begin(isolationLevel); // SQLite has nothing to wait for but the file
    }

    private DbTransaction Begin(IsolationLevel isolationLevel)
    {
        try
        {
            return base.ConnectionBeginTransaction(isolationLevel);
        }
        catch
        {
            EndWrite();
            throw;
        }
    }

    private void EndWrite()
    {
        if (_writes)
        {
            _writes = false;
            _all.EndWrite();
        }
    }

    protected override DbConnection CreateDbConnection() => _all.Rent(() => (SqliteConnection)base.CreateDbConnection());

    /// <summary>It stays open.</summary>
    protected override void CloseDbConnection()
    {
    }

    /// <summary>It stays open.</summary>
    protected override Task CloseDbConnectionAsync() => Task.CompletedTask;

    protected override void DisposeDbConnection() => _all.Return((SqliteConnection)DbConnection);

    protected override ValueTask DisposeDbConnectionAsync()
    {
        DisposeDbConnection();
        return ValueTask.CompletedTask;
    }
}
#pragma warning restore EF1001
