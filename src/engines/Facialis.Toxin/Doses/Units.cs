using System.Diagnostics.CodeAnalysis;

namespace Facialis.Toxin;

/// <summary>A number of units (U) that means nothing until a product is named: 0 to 100,000 U, exact to 0.01 U.</summary>
/// <remarks>
/// On purpose there is no addition, no order and no conversion here: a unit is defined by each maker's own assay. Name the product to make a
/// <see cref="Dose"/>; open the product (<see cref="ToxinProduct.Open{TResult}"/>) to add and compare.
/// </remarks>
#pragma warning disable CA2231 // No operator == on purpose: two numbers of units may be units of different things.
public readonly struct Units : IEquatable<Units>
#pragma warning restore CA2231
{
    /// <summary>Most digits after the decimal point.</summary>
    public const int Decimals = 2;

    /// <summary>The largest number of units taken; vials of type B hold up to 10,000 U.</summary>
    public const decimal Most = 100_000m;

    /// <summary>Makes a number of units.</summary>
    /// <param name="number">Units, 0 to <see cref="Most"/>, with at most two decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is negative, too large or finer than 0.01 U.</exception>
    public Units(decimal number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Most);
        ArgumentOutOfRangeException.ThrowIfNotEqual(number, decimal.Round(number, Decimals));
        Number = StrictNumber.Trimmed(number);
    }

    /// <summary>The bare number, U. For storage, JSON and input fields only: arithmetic with it would lose the product.</summary>
    public decimal Number { get; }

    /// <summary>The number as text for an input field: "2.5". Everywhere else show the <see cref="Dose"/>, which names the product.</summary>
    public string Text => StrictNumber.Write(Number);

    /// <summary>Reads typed text, the same in every locale: 2.5 and 2,5 are both two and a half; what could be read in two ways is refused.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="units">The units when read.</param>
    /// <param name="refusal">A sentence for the person when refused.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out Units units, [NotNullWhen(false)] out string? refusal)
    {
        refusal = StrictNumber.Read(text, "units", Decimals, Most, out var number);
        units = refusal is null ? new Units(number) : default;
        return refusal is null;
    }

    /// <summary>Whether the bare numbers are the same. Says nothing about doses: ask <see cref="Dose.Equals(Dose)"/>.</summary>
    public bool Equals(Units other) => Number == other.Number;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Units other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Number.GetHashCode();

    /// <summary>"2.5 U of a product not named": units without their product are shown as the fault they are.</summary>
    public override string ToString() => $"{Text} U of a product not named";
}
