using Facialis.Anatomy;
using Facialis.Toxin;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Facialis.Engines.Tests.Toxin;

/// <summary>Doses of two products cannot be added or compared: the compiler refuses it, and accepts the same words about one product.</summary>
public sealed class DoesNotCompileTests
{
    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal) || file.EndsWith("netstandard.dll", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file)),
        MetadataReference.CreateFromFile(typeof(Dose).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Side).Assembly.Location),
    ];

    /// <summary>Allowed on the left, forbidden on the right, and the compiler's reason.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        // Two products opened, each a type of its own: a and c are doses of the first, b of the second.
        { "_ = a + c;", "_ = a + b;", "CS0019" },
        { "_ = a - c;", "_ = a - b;", "CS0019" },
        { "_ = a < c;", "_ = a < b;", "CS0019" },
        { "_ = a > c;", "_ = a > b;", "CS0019" },
        { "_ = a <= c;", "_ = a <= b;", "CS0019" },
        { "_ = a >= c;", "_ = a >= b;", "CS0019" },
        { "_ = a == c;", "_ = a == b;", "CS0019" },
        { "_ = a != c;", "_ = a != b;", "CS0019" },
        { "_ = a.Add(c);", "_ = a.Add(b);", "CS1503" },
        { "_ = a.Subtract(c);", "_ = a.Subtract(b);", "CS1503" },
        { "_ = a.CompareTo(c);", "_ = a.CompareTo(b);", "CS1503" },
        { "a = c;", "a = b;", "CS0029" },
        { "a += c;", "a += b;", "CS0019" },
        { "_ = first.Named(a);", "_ = first.Named(b);", "CS1503" },
        { "_ = first.Nothing + a;", "_ = first.Nothing + b;", "CS0019" },
        { "_ = new[] { a, c }.Max();", "_ = new[] { a, b }.Max();", "CS0826" },

        // Doses whose product is known only when the program runs, as rows and files give them.
        { "_ = product.Sum([x, y]);", "_ = x + y;", "CS0019" },
        { "_ = x.Equals(y);", "_ = x == y;", "CS0019" },
        { "_ = first.Of(x) < first.Of(y);", "_ = x < y;", "CS0019" },
        { "_ = first.Of(x) + a;", "_ = x + a;", "CS0019" },
        { "_ = first.Of(x) - a;", "_ = x - y;", "CS0019" },
        { "_ = first.Of(x).CompareTo(a);", "_ = x.CompareTo(y);", "CS7036" },

        // Bare units mean nothing without a product, so nothing is done with them; nor is a volume a dose.
        { "_ = new Dose(product, units);", "_ = units + x.Units;", "CS0019" },
        { "_ = units.Equals(x.Units);", "_ = units == x.Units;", "CS0019" },
        { "_ = first.Of(x);", "_ = first.Of(units);", "CS1503" },
        { "_ = new Dose(product, new Units(2.5m));", "_ = new Dose(product, 2.5);", "CS1503" },
        { "_ = volume + volume;", "_ = volume + units;", "CS0019" },
        { "_ = new Units(2.5m);", "Units u = 2.5m;", "CS0029" },
        { "_ = new Millilitres(0.05m);", "_ = new Dose(product, volume);", "CS1503" },
        { "_ = strength.VolumeOf(x);", "_ = strength.VolumeOf(units);", "CS1503" },

        // Nobody makes a scale or a dose of an opened product by hand.
        { "_ = product.Open(work);", "_ = new ProductScale<TFirst>(product);", "CS1729" },
        { "_ = first.Nothing;", "_ = new Dose<TFirst>(2.5m);", "CS1729" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_products_do_not_meet_where_one_product_may(string allowed, string forbidden, string reason)
    {
        Assert.Empty(Errors(allowed));

        Assert.Contains(Errors(forbidden), error => error.Id == reason);
    }

    private static Diagnostic[] Errors(string statement)
    {
        var source = $$"""
            using System;
            using System.Linq;
            using Facialis.Toxin;
            static class Attempt
            {
                static void With<TFirst, TSecond>(
                    ProductScale<TFirst> first, Dose<TFirst> a, Dose<TFirst> c, Dose<TSecond> b,
                    ToxinProduct product, Dose x, Dose y, Units units, Millilitres volume, Concentration strength, IWorkWithOneProduct<int> work)
                    where TFirst : struct, IOneProduct
                    where TSecond : struct, IOneProduct
                {
                    {{statement}}
                }
            }
            """;
        return [.. CSharpCompilation
            .Create("Attempt", [CSharpSyntaxTree.ParseText(source)], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
    }
}
