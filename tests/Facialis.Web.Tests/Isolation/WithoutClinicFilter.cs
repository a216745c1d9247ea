using System.Linq.Expressions;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;

namespace Facialis.Web.Tests.Isolation;

/// <summary>Takes the first wall between clinics out of every query of the host, to see whether the second one stands.</summary>
internal sealed class WithoutClinicFilter : IQueryExpressionInterceptor
{
    /// <summary>One for all hosts: each further one would make EF build its services anew.</summary>
    public static readonly WithoutClinicFilter Only = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) =>
        new Unfiltered().Visit(queryExpression);

    private sealed class Unfiltered : ExpressionVisitor
    {
        private static readonly Func<IQueryable<object>, IReadOnlyCollection<string>, IQueryable<object>> Ignore =
            EntityFrameworkQueryableExtensions.IgnoreQueryFilters;

        protected override Expression VisitExtension(Expression node) => node is EntityQueryRootExpression root
            ? Expression.Call(
                Ignore.Method.GetGenericMethodDefinition().MakeGenericMethod(root.EntityType.ClrType),
                root, Expression.Constant((IReadOnlyCollection<string>)[FacialisDb.ClinicFilter]))
            : base.VisitExtension(node);
    }
}
