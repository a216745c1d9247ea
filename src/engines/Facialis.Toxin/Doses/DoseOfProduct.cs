namespace Facialis.Toxin;

/// <summary>Stands for one opened product in types. Nobody implements it outside this engine to any use: only a product opens itself.</summary>
#pragma warning disable CA1040 // A name for the compiler to tell products apart is all that is wanted.
public interface IOneProduct;
#pragma warning restore CA1040

/// <summary>Something to do with doses of one product: adding, comparing, balancing.</summary>
/// <typeparam name="TResult">What it comes to.</typeparam>
public interface IWorkWithOneProduct<out TResult>
{
    /// <summary>Does it. Two products opened give two type parameters, so their doses cannot meet.</summary>
    /// <typeparam name="TProduct">The product that was opened.</typeparam>
    /// <param name="scale">The way in and out for doses of this product.</param>
    TResult Calculate<TProduct>(ProductScale<TProduct> scale) where TProduct : struct, IOneProduct;
}

/// <summary>An amount of the opened product <typeparamref name="TProduct"/>. Only amounts of the same product add up and compare.</summary>
/// <typeparam name="TProduct">The product, as a type.</typeparam>
public readonly struct Dose<TProduct> : IEquatable<Dose<TProduct>>, IComparable<Dose<TProduct>>
    where TProduct : struct, IOneProduct
{
    private readonly decimal _units;

    internal Dose(decimal units)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        _units = units;
    }

    internal decimal UnitsNumber => _units;

    /// <summary>Both amounts together.</summary>
    public static Dose<TProduct> operator +(Dose<TProduct> left, Dose<TProduct> right) => new(left._units + right._units);

    /// <summary>What is left of an amount.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More is taken than there is.</exception>
    public static Dose<TProduct> operator -(Dose<TProduct> left, Dose<TProduct> right) => new(left._units - right._units);

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Dose<TProduct> left, Dose<TProduct> right) => left._units < right._units;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Dose<TProduct> left, Dose<TProduct> right) => left._units > right._units;

    /// <summary>Whether the left amount is not larger.</summary>
    public static bool operator <=(Dose<TProduct> left, Dose<TProduct> right) => left._units <= right._units;

    /// <summary>Whether the left amount is not smaller.</summary>
    public static bool operator >=(Dose<TProduct> left, Dose<TProduct> right) => left._units >= right._units;

    /// <summary>Whether both amounts are the same.</summary>
    public static bool operator ==(Dose<TProduct> left, Dose<TProduct> right) => left._units == right._units;

    /// <summary>Whether the amounts differ.</summary>
    public static bool operator !=(Dose<TProduct> left, Dose<TProduct> right) => left._units != right._units;

    /// <summary>Both amounts together.</summary>
    public Dose<TProduct> Add(Dose<TProduct> other) => this + other;

    /// <summary>What is left when <paramref name="other"/> is taken away.</summary>
    public Dose<TProduct> Subtract(Dose<TProduct> other) => this - other;

    /// <inheritdoc/>
    public int CompareTo(Dose<TProduct> other) => _units.CompareTo(other._units);

    /// <inheritdoc/>
    public bool Equals(Dose<TProduct> other) => _units == other._units;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Dose<TProduct> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _units.GetHashCode();

    /// <summary>"2.5 U of the opened product"; write it through <see cref="ProductScale{TProduct}.Named"/> to show its name.</summary>
    public override string ToString() => $"{StrictNumber.Write(_units)} U of the opened product";
}

/// <summary>The way in and out for doses of one opened product.</summary>
/// <typeparam name="TProduct">The product, as a type.</typeparam>
public sealed class ProductScale<TProduct>
    where TProduct : struct, IOneProduct
{
    internal ProductScale(ToxinProduct product) => Product = product;

    /// <summary>The product that was opened.</summary>
    public ToxinProduct Product { get; }

    /// <summary>Nothing of this product, 0 U.</summary>
#pragma warning disable CA1822 // Asked of a scale, so that it reads as nothing of this product.
    public Dose<TProduct> Nothing => default;
#pragma warning restore CA1822

    /// <summary>A number of units that belong to this product by where they stand, for example in a plan of one product.</summary>
#pragma warning disable CA1822 // Only who holds the scale may name the product of bare units.
    internal Dose<TProduct> Of(Units units) => new(units.Number);
#pragma warning restore CA1822

    /// <summary>A dose read as one of this product.</summary>
    /// <exception cref="ArgumentException">It is a dose of another product.</exception>
    public Dose<TProduct> Of(Dose dose) => dose.Product.Equals(Product)
        ? new Dose<TProduct>(dose.Units.Number)
        : throw new ArgumentException($"{dose} is not a dose of {Product.Name}; units of two products do not mix.", nameof(dose));

    /// <summary>A limit of this product out of the rule book, already checked there.</summary>
#pragma warning disable CA1822 // Asked of a scale, as above.
    internal Dose<TProduct> OfLimit(decimal units) => new(units);
#pragma warning restore CA1822

    /// <summary>Like <see cref="Named"/>, as text, also above what a single dose can be.</summary>
    internal string Text(Dose<TProduct> dose) => $"{StrictNumber.Write(dose.UnitsNumber)} U {Product.Name}";

    /// <summary>So many times a dose of this product.</summary>
#pragma warning disable CA1822 // Asked of a scale, as above.
    internal Dose<TProduct> Times(Dose<TProduct> dose, decimal times) => new(dose.UnitsNumber * times);
#pragma warning restore CA1822

    /// <summary>The dose with its product's name, as rows, forms and files know it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is more than <see cref="Units.Most"/> units.</exception>
    public Dose Named(Dose<TProduct> dose) => new(Product, new Units(dose.UnitsNumber));
}
