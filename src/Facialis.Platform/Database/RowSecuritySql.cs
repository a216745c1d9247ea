using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace Facialis.Platform.Database;

/// <summary>Gives every table that is made with a column ClinicId its row-level security in the same breath, so that none is forgotten.</summary>
#pragma warning disable EF1001 // The constructor of the provider's own generator asks for this type, and there is no other hook for all tables.
internal sealed class RowSecuritySql(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
#pragma warning restore EF1001
{
    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        if (operation.Columns.Any(column => column.Name == RowSecurity.Column))
        {
            builder.AppendLine(RowSecurity.ForOwnRows(operation.Name)).EndCommand();
        }
    }

    protected override void Generate(AddColumnOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate)
    {
        base.Generate(operation, model, builder, terminate);
        if (operation.Name == RowSecurity.Column)
        {
            builder.AppendLine(RowSecurity.ForOwnRows(operation.Table)).EndCommand();
        }
    }
}
