namespace Facialis.Anatomy.Synthesis;

/// <summary>Chance from a seed: the same numbers on every machine and runtime.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014): a counter and a mixing function, so that its whole state is one number.</remarks>
public sealed class SeededChance(long seed)
{
    // The seed is mixed first: neighbouring seeds would otherwise give one stream, shifted by a step.
    private ulong _state = Mix(unchecked((ulong)seed + 0x9E3779B97F4A7C15UL));
    private double _spare = double.NaN;

    /// <summary>Uniform, 0 included, 1 not.</summary>
    public double Next()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15UL);
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Uniform between two values.</summary>
    public double Between(double low, double high) => low + ((high - low) * Next());

    /// <summary>Normal with mean 0 and SD 1, by Box and Muller.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            var kept = _spare;
            _spare = double.NaN;
            return kept;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - Next()));
        var angle = Math.Tau * Next();
        _spare = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    /// <summary>Exponential with that mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Next());

    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
