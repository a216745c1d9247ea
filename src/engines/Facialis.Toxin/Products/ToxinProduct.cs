namespace Facialis.Toxin;

/// <summary>A botulinum toxin product as its maker names it. Its units are its own: nothing turns them into units of another product.</summary>
public sealed class ToxinProduct : IEquatable<ToxinProduct>
{
    internal ToxinProduct(string id, string tradeName, string nonproprietaryName, char toxinType) =>
        (Id, TradeName, NonproprietaryName, ToxinType) = (id, tradeName, nonproprietaryName, toxinType);

    /// <summary>Stable id in rows, files and the API, for example "onabotulinumtoxinA".</summary>
    public string Id { get; }

    /// <summary>The maker's name, for example "BOTOX".</summary>
    public string TradeName { get; }

    /// <summary>The name that says which toxin it is, for example "onabotulinumtoxinA".</summary>
    public string NonproprietaryName { get; }

    /// <summary>Serotype: 'A' or 'B'. Units of type B run into thousands.</summary>
    public char ToxinType { get; }

    /// <summary>Both names, as they stand beside every dose: "BOTOX (onabotulinumtoxinA)".</summary>
    public string Name => $"{TradeName} ({NonproprietaryName})";

    /// <summary>Works with doses of this product, which can then be added and compared.</summary>
    /// <remarks>
    /// Within the work the product is a type parameter. Opening a second product gives another one, so a dose of the one and a dose of the
    /// other do not add up: the compiler says no. That holds for products that come from a data file too.
    /// </remarks>
    /// <typeparam name="TResult">What the work comes to.</typeparam>
    /// <param name="work">What to do.</param>
    public TResult Open<TResult>(IWorkWithOneProduct<TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.Calculate(new ProductScale<Opened>(this));
    }

    /// <summary>The sum of doses of this product.</summary>
    /// <exception cref="ArgumentException">One of them is a dose of another product.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The sum is more than <see cref="Units.Most"/> units.</exception>
    public Dose Sum(IEnumerable<Dose> doses)
    {
        ArgumentNullException.ThrowIfNull(doses);
        return Open(new Sums(doses));
    }

    /// <summary>Whether it is the same product.</summary>
    public bool Equals(ToxinProduct? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ToxinProduct);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <summary>Both names.</summary>
    public override string ToString() => Name;

    // One type serves every product when the program runs; nobody else can name it, so to the compiler each opening is a type of its own.
    private readonly struct Opened : IOneProduct;

    private sealed class Sums(IEnumerable<Dose> doses) : IWorkWithOneProduct<Dose>
    {
        public Dose Calculate<TProduct>(ProductScale<TProduct> scale) where TProduct : struct, IOneProduct
        {
            var sum = scale.Nothing;
            foreach (var dose in doses)
            {
                sum += scale.Of(dose);
            }

            return scale.Named(sum);
        }
    }
}
