using System.Globalization;
using System.Runtime.CompilerServices;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Web.Tests.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Facialis.Web.Tests.Isolation;

/// <summary>At least one row of every clinic-owned table for a clinic, so that a probe can ask for it. New tables are filled by themselves.</summary>
/// <param name="Ids">Every id, by the name of its kind.</param>
/// <param name="Kinds">Every table that has a row, also those whose rows have no id of their own.</param>
internal sealed record ForeignRows(IReadOnlyDictionary<string, Guid> Ids, IReadOnlyList<string> Kinds)
{
    /// <summary>Stands in every text of every row; where it is read in an answer, something leaked.</summary>
    public const string Marker = "ZQLEAKQZ";

    /// <summary>Fills what is still empty.</summary>
    public static async Task<ForeignRows> FillAsync(FacialisApp app, Guid clinic)
    {
        var ids = new Dictionary<string, Guid> { ["Clinic"] = clinic };
        var kinds = new List<string>();
        await app.WorkAsync(clinic, async (db, _) =>
        {
            ids["User"] = await db.Users.Where(u => u.ClinicId == clinic).Select(u => u.Id).FirstAsync(TestContext.Current.CancellationToken);
            foreach (var kind in InOrder(Owned(db.Model)))
            {
                if (await FirstAsync(db, kind) is not { } row)
                {
                    row = RuntimeHelpers.GetUninitializedObject(kind.ClrType);
                    Fill(db, kind, row, ids);
                    db.Add(row);
                    await db.SaveChangesAsync(TestContext.Current.CancellationToken);
                }

                if (row is ClinicRow { Id: var id })
                {
                    ids[kind.ClrType.Name] = id;
                }

                kinds.Add(kind.ClrType.Name);
                db.ChangeTracker.Clear();
            }
        });
        return new ForeignRows(ids, kinds);
    }

    /// <summary>Tables that a clinic owns.</summary>
    public static List<IEntityType> Owned(IModel model) =>
        [.. model.GetEntityTypes().Where(e => typeof(IBelongToClinic).IsAssignableFrom(e.ClrType) && !e.IsOwned() && !e.ClrType.IsAbstract)];

    private static Task<object?> FirstAsync(FacialisDb db, IEntityType kind) =>
        (Task<object?>)typeof(ForeignRows).GetMethod(nameof(FirstOfAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(kind.ClrType).Invoke(null, [db])!; // it is the next method

    private static async Task<object?> FirstOfAsync<TRow>(FacialisDb db) where TRow : class, IBelongToClinic =>
        await db.Set<TRow>().Where(r => r.ClinicId == db.ClinicId).FirstOrDefaultAsync(TestContext.Current.CancellationToken);

    /// <summary>What another row needs comes before it.</summary>
    private static List<IEntityType> InOrder(List<IEntityType> kinds)
    {
        var sorted = new List<IEntityType>();
        void Take(IEntityType kind)
        {
            if (!sorted.Contains(kind) && kinds.Contains(kind))
            {
                foreach (var needed in kind.GetForeignKeys().Where(f => f.PrincipalEntityType != kind))
                {
                    Take(needed.PrincipalEntityType);
                }

                sorted.Add(kind);
            }
        }

        foreach (var kind in kinds.OrderBy(k => k.Name, StringComparer.Ordinal))
        {
            Take(kind);
        }

        return sorted;
    }

    private static void Fill(FacialisDb db, IEntityType kind, object row, Dictionary<string, Guid> ids)
    {
        var entry = db.Entry(row);
        foreach (var property in kind.GetProperties().Where(p => p.Name != nameof(IBelongToClinic.ClinicId)))
        {
            entry.Property(property.Name).CurrentValue = Value(kind, property, ids);
        }

        foreach (var part in kind.GetComplexProperties().Where(p => !p.IsNullable))
        {
            throw new InvalidOperationException($"{kind.DisplayName()}.{part.Name}: a part that must be there is not made by itself. Seed such a row in {nameof(ClinicIsolationTests)}.");
        }
    }

    private static object? Value(IEntityType kind, IProperty property, Dictionary<string, Guid> ids)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type == typeof(Guid))
        {
            var names = property.GetContainingForeignKeys().Select(f => f.PrincipalEntityType.ClrType.Name)
                .Concat(property.Name == "Id" ? [] : [property.Name.Replace("Id", "", StringComparison.Ordinal)]);
            var known = names.Select(name => ids.TryGetValue(name == "FacialisUser" ? "User" : name, out var id) ? id : (Guid?)null).FirstOrDefault(id => id is not null);
            return known ?? (property.IsNullable ? null : Guid.CreateVersion7());
        }

        if (type == typeof(string))
        {
            var text = $"{Marker}-{property.Name}";
            return property.GetMaxLength() is { } most && text.Length > most ? text[..most] : text;
        }

        if (property.IsNullable)
        {
            return null; // a time of removal, for example, would hide the row
        }

        return type switch
        {
            _ when type.IsEnum => Enum.GetValues(type).GetValue(0),
            _ when type == typeof(byte[]) => new byte[property.GetMaxLength() ?? 32],
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 11, 22),
            _ when type == typeof(bool) => false,
            // A vial holds what was taken out of it; the database says so too.
            _ when property.Name is "WastedHundredths" or "DiscardedHundredths" => 0L,
            _ when type.IsPrimitive || type == typeof(decimal) => Convert.ChangeType(1, type, CultureInfo.InvariantCulture),
            _ when type.IsValueType => Activator.CreateInstance(type),
            _ when type.IsInterface && type.IsGenericType && type.IsAssignableFrom(type.GetGenericArguments()[0].MakeArrayType()) =>
                Array.CreateInstance(type.GetGenericArguments()[0], 0),
            _ when type.IsArray => Array.CreateInstance(type.GetElementType()!, 0), // an array has elements of some type
            _ when type.GetConstructor([]) is not null => Activator.CreateInstance(type),
            _ => throw new InvalidOperationException($"{kind.DisplayName()}.{property.Name}: a {type.Name} is not made by itself. Seed such a row in {nameof(ClinicIsolationTests)}."),
        };
    }
}
