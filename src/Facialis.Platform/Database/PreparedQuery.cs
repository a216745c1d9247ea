using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Facialis.Platform.Database;

/// <summary>A query that EF reads once for each database instead of at every call, for paths where that reading would tell.</summary>
/// <remarks>The clinic's filter is part of it as of any other query. One static field for each query keeps it.</remarks>
/// <typeparam name="TArgument">What is asked for.</typeparam>
/// <typeparam name="TRow">What is found.</typeparam>
public sealed class PreparedQuery<TArgument, TRow>(Expression<Func<FacialisDb, TArgument, IQueryable<TRow>>> query)
{
    private readonly ConditionalWeakTable<IModel, Func<FacialisDb, TArgument, IAsyncEnumerable<TRow>>> _ofModels = [];

    /// <summary>All rows.</summary>
    public async Task<List<TRow>> ListAsync(FacialisDb db, TArgument argument, CancellationToken cancellation) =>
        await Prepared.Of(_ofModels, db.Model, () => EF.CompileAsyncQuery(query))(db, argument).ToListAsync(cancellation);
}

/// <inheritdoc cref="PreparedQuery{TArgument, TRow}"/>
/// <typeparam name="TFirst">What is asked for.</typeparam>
/// <typeparam name="TSecond">What is asked for beside it.</typeparam>
/// <typeparam name="TRow">What is found.</typeparam>
public sealed class PreparedQuery<TFirst, TSecond, TRow>(Expression<Func<FacialisDb, TFirst, TSecond, IQueryable<TRow>>> query)
{
    private readonly ConditionalWeakTable<IModel, Func<FacialisDb, TFirst, TSecond, IAsyncEnumerable<TRow>>> _ofModels = [];

    /// <summary>All rows.</summary>
    public async Task<List<TRow>> ListAsync(FacialisDb db, TFirst first, TSecond second, CancellationToken cancellation) =>
        await Prepared.Of(_ofModels, db.Model, () => EF.CompileAsyncQuery(query))(db, first, second).ToListAsync(cancellation);

    /// <summary>The first row; null where there is none. The query itself has to take one at most.</summary>
    public async Task<TRow?> FirstAsync(FacialisDb db, TFirst first, TSecond second, CancellationToken cancellation) =>
        (await ListAsync(db, first, second, cancellation)) is [var row, ..] ? row : default;
}

/// <inheritdoc cref="PreparedQuery{TArgument, TRow}"/>
/// <typeparam name="TFirst">What is asked for.</typeparam>
/// <typeparam name="TSecond">What is asked for beside it.</typeparam>
/// <typeparam name="TThird">And beside that.</typeparam>
/// <typeparam name="TRow">What is found.</typeparam>
public sealed class PreparedQuery<TFirst, TSecond, TThird, TRow>(Expression<Func<FacialisDb, TFirst, TSecond, TThird, IQueryable<TRow>>> query)
{
    private readonly ConditionalWeakTable<IModel, Func<FacialisDb, TFirst, TSecond, TThird, IAsyncEnumerable<TRow>>> _ofModels = [];

    /// <summary>All rows.</summary>
    public async Task<List<TRow>> ListAsync(FacialisDb db, TFirst first, TSecond second, TThird third, CancellationToken cancellation) =>
        await Prepared.Of(_ofModels, db.Model, () => EF.CompileAsyncQuery(query))(db, first, second, third).ToListAsync(cancellation);
}

internal static class Prepared
{
    /// <summary>EF binds a compiled query to one model, and a process of tests has many.</summary>
    public static T Of<T>(ConditionalWeakTable<IModel, T> known, IModel model, Func<T> make) where T : class => known.GetValue(model, _ => make());
}
