namespace Facialis.Toxin;

/// <summary>An amount of one botulinum toxin product, in that product's own units (U).</summary>
/// <remarks>
/// Which product it is, is known only when the program runs: it came from a row, a form or a file. Two such doses may be of two products, so
/// nothing adds or orders them: <c>a + b</c>, <c>a &lt; b</c> and <c>a == b</c> do not compile. Open the product to get
/// <see cref="Dose{TProduct}"/>, which can be added and compared because it cannot be of another product.
/// </remarks>
#pragma warning disable CA2231 // No operator == on purpose: see the remarks.
public readonly struct Dose : IEquatable<Dose>
#pragma warning restore CA2231
{
    private readonly ToxinProduct? _product;

    /// <summary>Names the product of a number of units.</summary>
    /// <param name="product">The product.</param>
    /// <param name="units">Its units.</param>
    /// <exception cref="ArgumentNullException"><paramref name="product"/> is null.</exception>
    public Dose(ToxinProduct product, Units units)
    {
        ArgumentNullException.ThrowIfNull(product);
        (_product, Units) = (product, units);
    }

    /// <summary>Names the product of a number of units.</summary>
    /// <param name="product">The product.</param>
    /// <param name="units">Its units, U, 0 to <see cref="Units.Most"/>, exact to 0.01.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is negative, too large or finer than 0.01 U.</exception>
    public Dose(ToxinProduct product, decimal units)
        : this(product, new Units(units))
    {
    }

    /// <summary>The product whose units these are.</summary>
    /// <exception cref="InvalidOperationException">The dose was never given a product.</exception>
    public ToxinProduct Product => _product ?? throw new InvalidOperationException("This dose was never given a product.");

    /// <summary>The number of units; means nothing without <see cref="Product"/>.</summary>
    public Units Units { get; }

    /// <summary>True when both are the same amount of the same product. Amounts of two products are simply not equal.</summary>
    public bool Equals(Dose other) => Equals(_product, other._product) && Units.Equals(other.Units);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Dose other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_product, Units);

    /// <summary>"2.5 U BOTOX (onabotulinumtoxinA)": the product always beside the number, no zero at the end.</summary>
    public override string ToString() => _product is null ? Units.ToString() : $"{Units.Text} U {_product.Name}";
}
