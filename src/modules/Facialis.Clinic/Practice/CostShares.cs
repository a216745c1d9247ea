namespace Facialis.Clinic.Practice;

/// <summary>Shares the cost of a vial among its parts, to the cent.</summary>
internal static class CostShares
{
    /// <summary>Shares by largest remainder: each part gets its share rounded down, and the cents that are left go one by one to the largest remainders.</summary>
    /// <param name="cents">What the vial cost.</param>
    /// <param name="hundredths">Hundredths of a unit of each part; together more than 0.</param>
    /// <returns>Cents of each part, in the same order. They always come to the cost, and none is a cent or more away from its exact share.</returns>
    public static IReadOnlyList<long> Of(long cents, IReadOnlyList<long> hundredths)
    {
        var whole = hundredths.Sum();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(whole, nameof(hundredths));
        var shares = new long[hundredths.Count];
        var remainders = new Int128[hundredths.Count];
        for (var i = 0; i < shares.Length; i++)
        {
            var product = (Int128)cents * hundredths[i];
            var down = (product - (((product % whole) + whole) % whole)) / whole; // down, also below zero
            (shares[i], remainders[i]) = ((long)down, product - (down * whole));
        }

        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => remainders[i]).Take((int)(cents - shares.Sum())))
        {
            shares[i]++;
        }

        return shares;
    }
}
