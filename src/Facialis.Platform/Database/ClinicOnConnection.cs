using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Facialis.Platform.Database;

/// <summary>Tells PostgreSQL, before the first command on a connection and after every change, which clinic is meant and which role to take.</summary>
/// <remarks>
/// It is done for each command rather than once for a connection, since the clinic may be entered while one is open, and a
/// rollback takes settings back. A connection from the pool carries nothing over: it is set anew before its first command.
/// </remarks>
internal sealed class ClinicOnConnection : DbCommandInterceptor, IDbConnectionInterceptor, IDbTransactionInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        (eventData.Context as PostgresFacialisDb)?.EnterClinic(command);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        (eventData.Context as PostgresFacialisDb)?.EnterClinic(command);
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        (eventData.Context as PostgresFacialisDb)?.EnterClinic(command);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await EnterAsync(command, eventData, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await EnterAsync(command, eventData, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await EnterAsync(command, eventData, cancellationToken);
        return result;
    }

    public void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Forget(eventData);

    public Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Forget(eventData);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData);
        return Task.CompletedTask;
    }

    public void RolledBackToSavepoint(DbTransaction transaction, TransactionEventData eventData) => Forget(eventData);

    public Task RolledBackToSavepointAsync(DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData);
        return Task.CompletedTask;
    }

    private static void Forget(DbContextEventData eventData) => (eventData.Context as PostgresFacialisDb)?.ForgetClinic();

    private static Task EnterAsync(DbCommand command, CommandEventData eventData, CancellationToken cancellation) =>
        eventData.Context is PostgresFacialisDb db ? db.EnterClinicAsync(command, cancellation) : Task.CompletedTask;
}
