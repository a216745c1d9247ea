using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>What is intended for one treatment: points with doses of one product. A second product is a second plan.</summary>
public sealed class InjectionPlan : IEquatable<InjectionPlan>
{
    private readonly PlannedPoint[] _points;

    /// <summary>Makes a plan.</summary>
    /// <param name="product">Product of every point.</param>
    /// <param name="points">The points in their order.</param>
    /// <param name="strength">Mixture the plan was made for, or null where none was chosen yet.</param>
    /// <param name="needleGauge">Needle, G, or null where not said.</param>
    /// <param name="frame">Size of the patient's face; the usual size where not measured.</param>
    /// <exception cref="ArgumentException"><paramref name="strength"/> is of another product.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The points come to more than <see cref="Units.Most"/> units.</exception>
    public InjectionPlan(
        ToxinProduct product, IEnumerable<PlannedPoint> points, Concentration? strength = null, int? needleGauge = null, FacialFrame? frame = null)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(points);
        if (strength is not null && !strength.Product.Equals(product))
        {
            throw new ArgumentException($"A plan of {product.Name} cannot be mixed from {strength.Product.Name}.", nameof(strength));
        }

        _points = [.. points];
        (Product, Strength, NeedleGauge, Frame) = (product, strength, needleGauge, frame ?? FacialFrame.Usual);
        Total = product.Sum(_points.Select(DoseOf));
    }

    /// <summary>Product of every point.</summary>
    public ToxinProduct Product { get; }

    /// <summary>The points in their order.</summary>
    public IReadOnlyList<PlannedPoint> Points => _points;

    /// <summary>Mixture the plan was made for.</summary>
    public Concentration? Strength { get; }

    /// <summary>Needle, G.</summary>
    public int? NeedleGauge { get; }

    /// <summary>Size of the patient's face.</summary>
    public FacialFrame Frame { get; }

    /// <summary>Sum of the points.</summary>
    public Dose Total { get; }

    internal ReadOnlySpan<PlannedPoint> Span => _points;

    /// <summary>A point's dose with its product.</summary>
    public Dose DoseOf(PlannedPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return new Dose(Product, point.Units);
    }

    /// <summary>The same plan for the other half of the face.</summary>
    public InjectionPlan Mirrored() => new(Product, _points.Select(p => p.Mirrored()), Strength, NeedleGauge, Frame);

    /// <summary>The plan as canonical JSON: no blanks, keys in the order of their letters, numbers without zeros at the end; made to be hashed.</summary>
    public byte[] ToCanonicalJson() => CanonicalJson.Of(this);

    /// <summary>Whether both say the same, point by point in the same order.</summary>
    public bool Equals(InjectionPlan? other) => other is not null
        && Product.Equals(other.Product) && Equals(Strength, other.Strength) && NeedleGauge == other.NeedleGauge
        && Frame == other.Frame && _points.AsSpan().SequenceEqual(other._points);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InjectionPlan);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Product);
        foreach (var point in _points)
        {
            hash.Add(point);
        }

        return hash.ToHashCode();
    }
}
