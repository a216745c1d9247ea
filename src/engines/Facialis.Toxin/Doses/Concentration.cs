namespace Facialis.Toxin;

/// <summary>How many units of one product a millilitre holds after mixing: kept as what was mixed, so that nothing is rounded.</summary>
public sealed record Concentration
{
    /// <summary>Makes the concentration of a vial after mixing.</summary>
    /// <param name="vial">What the vial holds, more than 0 U.</param>
    /// <param name="diluent">Volume added, more than 0 mL.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vial holds nothing, or nothing was added.</exception>
    public Concentration(Dose vial, Millilitres diluent)
    {
        ArgumentOutOfRangeException.ThrowIfZero(vial.Units.Number, nameof(vial));
        ArgumentOutOfRangeException.ThrowIfZero(diluent.Number, nameof(diluent));
        (Vial, Diluent) = (vial, diluent);
    }

    /// <summary>What the vial holds.</summary>
    public Dose Vial { get; }

    /// <summary>Volume added to it.</summary>
    public Millilitres Diluent { get; }

    /// <summary>The product.</summary>
    public ToxinProduct Product => Vial.Product;

    /// <summary>Units of the product in 0.1 mL, rounded to four decimals for showing.</summary>
    public decimal UnitsPerTenthMillilitre => decimal.Round(Vial.Units.Number / Diluent.Number / 10, 4);

    /// <summary>The volume that carries a dose, to a millionth of a millilitre.</summary>
    /// <exception cref="ArgumentException">The dose is of another product.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It would be more than <see cref="Millilitres.Most"/>.</exception>
    public Millilitres VolumeOf(Dose dose) => Millilitres.Nearest(Checked(dose) * Diluent.Number / Vial.Units.Number);

    /// <summary>Whether the dose is a whole number of syringe steps, exactly.</summary>
    /// <param name="dose">A dose of this product.</param>
    /// <param name="step">One step of the syringe, more than 0 mL, usually 0.01 mL.</param>
    /// <exception cref="ArgumentException">The dose is of another product.</exception>
    public bool IsWholeSteps(Dose dose, Millilitres step) => IsWholeSteps(new Units(Checked(dose)), step.Number);

    /// <summary>The dose that a volume carries, to 0.01 U.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would be more than <see cref="Units.Most"/>.</exception>
    public Dose DoseIn(Millilitres volume) => new(Product, decimal.Round(volume.Number * Vial.Units.Number / Diluent.Number, Units.Decimals));

    /// <summary>Whether the same volume of both holds the same dose of the same product, exactly.</summary>
    public bool IsAsStrongAs(Concentration other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Product.Equals(other.Product) && Vial.Units.Number * other.Diluent.Number == other.Vial.Units.Number * Diluent.Number;
    }

    /// <summary>The volume that carries units of this product, mL, to a millionth; also beyond what a <see cref="Millilitres"/> can be.</summary>
    internal decimal VolumeNumber(Units units) => decimal.Round(units.Number * Diluent.Number / Vial.Units.Number, 6);

    /// <summary>The units of this product in so many mL, to 0.01 U; also beyond what a <see cref="Dose"/> can be.</summary>
    internal decimal UnitsIn(decimal millilitres) => decimal.Round(millilitres * Vial.Units.Number / Diluent.Number, Units.Decimals);

    /// <summary>Whether 0.1 mL holds exactly so many units.</summary>
    internal bool IsExactlyPerTenth(decimal units) => Vial.Units.Number == units * 10 * Diluent.Number;

    /// <summary>Below 0 when the units of this product take less volume than so many mL, 0 when exactly as much, above 0 when more.</summary>
    internal int CompareVolume(Units units, decimal millilitres) => (units.Number * Diluent.Number).CompareTo(millilitres * Vial.Units.Number);

    /// <summary>Whether units of this product are a whole number of steps of so many mL.</summary>
    internal bool IsWholeSteps(Units units, decimal step) => units.Number * Diluent.Number % (Vial.Units.Number * step) == 0;

    /// <summary>"2.5 U BOTOX (onabotulinumtoxinA) per 0.1 mL".</summary>
    public override string ToString() => $"{StrictNumber.Write(UnitsPerTenthMillilitre)} U {Product.Name} per 0.1 mL";

    private decimal Checked(Dose dose) => dose.Product.Equals(Product)
        ? dose.Units.Number
        : throw new ArgumentException($"{dose} cannot be drawn from {Product.Name}.", nameof(dose));
}
