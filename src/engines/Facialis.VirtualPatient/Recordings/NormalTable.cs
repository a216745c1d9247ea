using Facialis.VirtualPatient.Chance;

namespace Facialis.VirtualPatient.Recordings;

/// <summary>Normal deviates by the million for the noise of landmarks: looked up, four from each 64 bits of chance.</summary>
/// <remarks>
/// The table holds the middles of 32,768 equal shares of the upper half of the law, found by following dx/dp = 1/density from its middle; a bit gives
/// the sign. Good to 4.2 SD, which is more than enough for noise and no use for tails.
/// </remarks>
internal static class NormalTable
{
    private const int Half = 32_768;
    private static readonly Lazy<float[]> Table = new(Build);

    /// <summary>Fills with mean 0 and SD 1.</summary>
    public static void Fill(ref Draws draws, Span<float> normals)
    {
        var table = Table.Value;
        var i = 0;
        for (; i <= normals.Length - 4; i += 4)
        {
            var bits = draws.Bits();
            normals[i] = table[(ushort)bits];
            normals[i + 1] = table[(ushort)(bits >> 16)];
            normals[i + 2] = table[(ushort)(bits >> 32)];
            normals[i + 3] = table[(ushort)(bits >> 48)];
        }

        for (; i < normals.Length; i++)
        {
            normals[i] = table[(ushort)draws.Bits()];
        }
    }

    private static float[] Build()
    {
        const double root = 2.5066282746310002;
        const double share = 0.5 / Half;
        static double Slope(double x) => root * Math.Exp(x * x / 2);
        var table = new float[2 * Half];
        var (x, square) = (0.0, 0.0);
        for (var k = 0; k < Half; k++)
        {
            // From the middle of one share to that of the next; the first step is half as long.
            var step = k == 0 ? share / 2 : share;
            var first = Slope(x);
            var second = Slope(x + (step / 2 * first));
            var third = Slope(x + (step / 2 * second));
            var fourth = Slope(x + (step * third));
            x += step / 6 * (first + (2 * second) + (2 * third) + fourth);
            square += x * x;
            table[k] = (float)x;
        }

        // The middles of the shares fall a little short of the law's own SD.
        var stretch = (float)Math.Sqrt(Half / square);
        for (var k = 0; k < Half; k++)
        {
            table[k] *= stretch;
            table[Half + k] = -table[k];
        }

        return table;
    }
}
