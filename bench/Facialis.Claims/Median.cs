namespace Facialis.Claims;

/// <summary>The middle of some figures; of an even number of them the upper of the two in the middle.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
