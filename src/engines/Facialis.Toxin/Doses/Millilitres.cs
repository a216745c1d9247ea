using System.Diagnostics.CodeAnalysis;

namespace Facialis.Toxin;

/// <summary>A volume in millilitres, 0 to 100 mL, exact to a millionth.</summary>
public readonly record struct Millilitres : IComparable<Millilitres>
{
    /// <summary>Most digits after the decimal point of a typed volume (a microlitre).</summary>
    public const int TypedDecimals = 3;

    /// <summary>The largest volume taken, mL.</summary>
    public const decimal Most = 100m;

    private const int Decimals = 6;

    /// <summary>Makes a volume.</summary>
    /// <param name="number">Millilitres, 0 to <see cref="Most"/>, with at most six decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is negative, too large or too fine.</exception>
    public Millilitres(decimal number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Most);
        ArgumentOutOfRangeException.ThrowIfNotEqual(number, decimal.Round(number, Decimals));
        Number = StrictNumber.Trimmed(number);
    }

    /// <summary>The bare number, mL.</summary>
    public decimal Number { get; }

    /// <summary>The number as text for an input field: "0.05".</summary>
    public string Text => StrictNumber.Write(Number);

    /// <summary>Reads typed text, the same in every locale; what could be read in two ways is refused.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="volume">The volume when read.</param>
    /// <param name="refusal">A sentence for the person when refused.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out Millilitres volume, [NotNullWhen(false)] out string? refusal)
    {
        refusal = StrictNumber.Read(text, "millilitres", TypedDecimals, Most, out var number);
        volume = refusal is null ? new Millilitres(number) : default;
        return refusal is null;
    }

    /// <summary>The volume nearest to a number of millilitres, to a millionth.</summary>
    internal static Millilitres Nearest(decimal number) => new(decimal.Round(number, Decimals));

    /// <summary>Both volumes together.</summary>
    public static Millilitres operator +(Millilitres left, Millilitres right) => new(left.Number + right.Number);

    /// <summary>What is left of a volume.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More is taken than there is.</exception>
    public static Millilitres operator -(Millilitres left, Millilitres right) => new(left.Number - right.Number);

    /// <summary>Whether the left volume is smaller.</summary>
    public static bool operator <(Millilitres left, Millilitres right) => left.Number < right.Number;

    /// <summary>Whether the left volume is larger.</summary>
    public static bool operator >(Millilitres left, Millilitres right) => left.Number > right.Number;

    /// <summary>Whether the left volume is not larger.</summary>
    public static bool operator <=(Millilitres left, Millilitres right) => left.Number <= right.Number;

    /// <summary>Whether the left volume is not smaller.</summary>
    public static bool operator >=(Millilitres left, Millilitres right) => left.Number >= right.Number;

    /// <summary>Both volumes together.</summary>
    public Millilitres Add(Millilitres other) => this + other;

    /// <summary>What is left when <paramref name="other"/> is taken away.</summary>
    public Millilitres Subtract(Millilitres other) => this - other;

    /// <inheritdoc/>
    public int CompareTo(Millilitres other) => Number.CompareTo(other.Number);

    /// <summary>"0.05 mL".</summary>
    public override string ToString() => $"{Text} mL";
}
