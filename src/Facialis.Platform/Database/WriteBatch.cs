using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Facialis.Platform.Database;

/// <summary>Several writes of the transaction under way as one command, for where EF's own cost for each statement would tell.</summary>
/// <remarks>
/// No query filter and no stamp of the clinic is at work here: an insert gets the clinic of the context, and every change has to name it.
/// Row-level security guards both on PostgreSQL.
/// </remarks>
public sealed class WriteBatch(FacialisDb db)
{
    private static readonly ConditionalWeakTable<IEntityType, RowShape> Shapes = [];

    private readonly StringBuilder _text = new();
    private readonly List<Func<DbCommand, DbParameter>> _parameters = [];
    private readonly List<string> _changes = [];
    private bool _hasInserts;

    /// <summary>A statement that has to change one row; it ends before its semicolon. What stands in braces becomes a parameter.</summary>
    /// <param name="name">What it is for: told when it changed no row.</param>
    /// <param name="update">An UPDATE whose condition names the clinic.</param>
    /// <exception cref="InvalidOperationException">An insert was added before: those come last, so that nothing is written after a refusal.</exception>
    public void Change(string name, FormattableString update)
    {
        if (_hasInserts)
        {
            throw new InvalidOperationException("Changes come before inserts.");
        }

        var names = update.GetArguments().Select(value => (object)Parameter(Plain(value))).ToArray();
        _text.AppendFormat(CultureInfo.InvariantCulture, update.Format, names).Append(" RETURNING 1;\n");
        _changes.Add(name);
    }

    /// <summary>Rows to be added for the clinic of the context, as one statement.</summary>
    public void Insert<TRow>(IReadOnlyList<TRow> rows) where TRow : ClinicRow
    {
        if (rows.Count == 0)
        {
            return;
        }

        _hasInserts = true;
        var shape = Shapes.GetValue(db.Model.FindEntityType(typeof(TRow))!, RowShape.Of); // every row type is in the model
        _text.Append(shape.InsertInto);
        var above = new (object? Value, string Name)[shape.Columns.Count];
        foreach (var (i, row) in rows.Index())
        {
            foreach (var (place, column) in shape.Columns.Index())
            {
                var value = column.IsClinic ? db.ClinicId : column.Property.GetValue(row);
                if (i == 0 || !Equals(value, above[place].Value)) // what stands in the row above needs no second parameter
                {
                    above[place] = (value, Parameter((command, name) => column.Mapping.CreateParameter(command, name, value, column.IsNullable)));
                }
            }

            _text.Append(i == 0 ? "(" : ", (").AppendJoin(", ", above.Select(a => a.Name)).Append(')');
        }

        _text.Append(";\n");
    }

    /// <summary>Writes all of it. What was noted for the log goes with the save that follows; where not all was written, it is dropped.</summary>
    /// <returns>The name of the first change that found no row to change; null where all was written. Otherwise the caller rolls back.</returns>
    /// <exception cref="DbUpdateException">The database refused a row.</exception>
    /// <exception cref="InvalidOperationException">There is no transaction to be part of, or no clinic.</exception>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is not { } transaction || db.ClinicId == Guid.Empty)
        {
            throw new InvalidOperationException("A batch is part of a transaction within a clinic.");
        }

        await using var command = db.CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
#pragma warning disable CA2100 // Values are parameters; the texts are the program's own.
        command.CommandText = _text.ToString();
#pragma warning restore CA2100
        foreach (var parameter in _parameters)
        {
            command.Parameters.Add(parameter(command));
        }

        await db.TellConnectionAsync(command, cancellation);
        try
        {
            await using var answers = await command.ExecuteReaderAsync(cancellation);
            foreach (var change in _changes)
            {
                if (!await answers.ReadAsync(cancellation))
                {
                    db.Audit.Failed(); // nothing happened that a note could tell of
                    return change;
                }

                await answers.NextResultAsync(cancellation);
            }

            return null;
        }
        catch (DbException refusal)
        {
            db.Audit.Failed();
            throw new DbUpdateException("The database refused what was to be written.", refusal);
        }
    }

    /// <summary>As the provider's own commands take it.</summary>
    private object Plain(object? value) => value switch
    {
        DateTimeOffset moment => db.Moment(moment),
        Enum number => Convert.ToInt32(number, CultureInfo.InvariantCulture),
        null => DBNull.Value,
        _ => value,
    };

    private string Parameter(object value) => Parameter((command, name) =>
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        return parameter;
    });

    private string Parameter(Func<DbCommand, string, DbParameter> make)
    {
        var name = $"@v{_parameters.Count}";
        _parameters.Add(command => make(command, name));
        return name;
    }

    private sealed record RowColumn(PropertyInfo Property, RelationalTypeMapping Mapping, bool IsNullable, bool IsClinic);

    /// <summary>How rows of a type are written.</summary>
    private sealed record RowShape(string InsertInto, IReadOnlyList<RowColumn> Columns)
    {
        public static RowShape Of(IEntityType type)
        {
            var table = type.GetTableName() ?? throw new InvalidOperationException($"{type.DisplayName()} has no table.");
            var properties = type.GetProperties().ToList();
            var names = properties.Select(p => $"\"{p.GetColumnName()}\"");
            return new RowShape(
                $"INSERT INTO {table} ({string.Join(", ", names)}) VALUES ",
                [
                    .. properties.Select(p => new RowColumn(
                        p.PropertyInfo ?? throw new InvalidOperationException($"{p.Name} of {type.DisplayName()} is no property of its type."),
                        p.GetRelationalTypeMapping(), p.IsNullable, p.Name == nameof(ClinicRow.ClinicId))),
                ]);
        }
    }
}
