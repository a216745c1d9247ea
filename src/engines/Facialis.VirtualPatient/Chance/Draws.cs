using Facialis.VirtualPatient.Arithmetic;

namespace Facialis.VirtualPatient.Chance;

/// <summary>Draws of chance for one purpose of one person: the same numbers on every machine, in whatever order purposes are used.</summary>
/// <remarks>
/// A counter and a mixing function (SplitMix64; Steele, Lea and Flood 2014). The key is mixed from seed, purpose and index, so that
/// person 1,999 needs nothing of the persons before, and the result of a population does not depend on the number of threads.
/// Laws that are not uniform use <see cref="PortableMath"/> and the square root, which every machine rounds alike.
/// </remarks>
public struct Draws
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;
    private ulong _state;
    private double _spare;
    private bool _hasSpare;

    private Draws(ulong key) => (_state, _spare, _hasSpare) = (key, 0, false);

    /// <summary>The draws of a purpose.</summary>
    /// <param name="seed">Seed of the person or study.</param>
    /// <param name="purpose">What the chance is for.</param>
    /// <param name="index">Which of many: patient, treatment or recording.</param>
    public static Draws Of(ulong seed, ChancePurpose purpose, ulong index = 0)
    {
        unchecked
        {
            var key = Mix(seed + Golden);
            key = Mix(key ^ (((ulong)purpose + 1) * 0xD1B54A32D192ED03UL));
            return new Draws(Mix(key ^ ((index + 1) * 0x8CB92BA72F3D8DD7UL)));
        }
    }

    /// <summary>64 even bits.</summary>
    public ulong Bits()
    {
        _state = unchecked(_state + Golden);
        return Mix(_state);
    }

    /// <summary>Uniform, 0 included, 1 not.</summary>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform between two values.</summary>
    public double Between(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>True with that probability.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>A place in a list, each with a weight; weights need not add up to 1.</summary>
    public int Pick(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var left = Uniform() * sum;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    /// <summary>Normal with mean 0 and SD 1, by the polar method.</summary>
    public double Normal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double x, y, square;
        do
        {
            x = (2 * Uniform()) - 1;
            y = (2 * Uniform()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or < 1e-300);

        var factor = Math.Sqrt(-2 * PortableMath.Log(square) / square);
        (_spare, _hasSpare) = (y * factor, true);
        return x * factor;
    }

    /// <summary>Normal within limits, drawn again until it lies there.</summary>
    public double Normal(double mean, double sd, double low, double high)
    {
        for (var i = 0; i < 1000; i++)
        {
            var value = mean + (sd * Normal());
            if (value >= low && value <= high)
            {
                return value;
            }
        }

        return Math.Clamp(mean, low, high);
    }

    /// <summary>Log-normal: median times e to a normal with that SD.</summary>
    public double LogNormal(double median, double logSd) => median * PortableMath.Exp(logSd * Normal());

    /// <summary>Exponential with that mean.</summary>
    public double Exponential(double mean) => -mean * PortableMath.Log(1 - Uniform());

    /// <summary>Gamma with that shape and mean (Marsaglia and Tsang 2000).</summary>
    /// <param name="shape">Shape; above 0.</param>
    /// <param name="mean">Mean; above 0.</param>
    public double Gamma(double shape, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        var raised = shape < 1 ? shape + 1 : shape;
        var d = raised - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + (c * x);
            if (v <= 0)
            {
                continue;
            }

            v = v * v * v;
            if (PortableMath.Log(1 - Uniform()) < (0.5 * x * x) + d - (d * v) + (d * PortableMath.Log(v)))
            {
                var unit = d * v * (shape < 1 ? PortableMath.Power(1 - Uniform(), 1 / shape) : 1);
                return unit * mean / shape;
            }
        }
    }

    /// <summary>A count with that mean; 0 to 10,000.</summary>
    public int Poisson(double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mean, 10_000);
        var count = 0;
        // A large mean is taken in steps, each a count of its own: their sum has the law of the whole.
        for (; mean > 20; mean -= 20)
        {
            count += Small(20);
        }

        return count + Small(mean);
    }

    private int Small(double mean)
    {
        var least = PortableMath.Exp(-mean);
        var count = 0;
        var product = 1 - Uniform();
        while (product > least)
        {
            product *= 1 - Uniform();
            count++;
        }

        return count;
    }

    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
