namespace Facialis.Anatomy.Sites;

/// <summary>The smoothest bending of a plane that takes given points (nearly) to given points: a thin-plate spline (Bookstein 1989, recalled).</summary>
/// <remarks>A little stiffness keeps a single noisy landmark from folding the plane: it is the weight of the diagonal, in squared IPD.</remarks>
internal sealed class ThinPlate
{
    private const double Stiffness = 1e-4;
    private readonly (double X, double Y)[] _from;
    private readonly double[] _x;
    private readonly double[] _y;

    private ThinPlate((double X, double Y)[] from, double[] x, double[] y) => (_from, _x, _y) = (from, x, y);

    /// <exception cref="ArgumentException">There are fewer than six points, too few to bend a face.</exception>
    public static ThinPlate Through(IReadOnlyList<(double FromX, double FromY, double ToX, double ToY)> pairs)
    {
        if (pairs.Count < 6)
        {
            throw new ArgumentException($"A face needs six landmarks or more to be fitted, not {pairs.Count}.", nameof(pairs));
        }

        var n = pairs.Count;
        var rows = new double[n + 3][];
        for (var i = 0; i < n + 3; i++)
        {
            rows[i] = new double[n + 5];
        }

        for (var i = 0; i < n; i++)
        {
            var (fromX, fromY, toX, toY) = pairs[i];
            for (var j = 0; j < n; j++)
            {
                rows[i][j] = Bend(fromX - pairs[j].FromX, fromY - pairs[j].FromY);
            }

            rows[i][i] += Stiffness;
            (rows[i][n], rows[i][n + 1], rows[i][n + 2]) = (1, fromX, fromY);
            (rows[n][i], rows[n + 1][i], rows[n + 2][i]) = (1, fromX, fromY);
            (rows[i][n + 3], rows[i][n + 4]) = (toX, toY);
        }

        Solve(rows);
        return new ThinPlate([.. pairs.Select(p => (p.FromX, p.FromY))], [.. rows.Select(row => row[n + 3])], [.. rows.Select(row => row[n + 4])]);
    }

    public (double X, double Y) At(double x, double y)
    {
        var n = _from.Length;
        var (toX, toY) = (_x[n] + (_x[n + 1] * x) + (_x[n + 2] * y), _y[n] + (_y[n + 1] * x) + (_y[n + 2] * y));
        for (var i = 0; i < n; i++)
        {
            var bend = Bend(x - _from[i].X, y - _from[i].Y);
            (toX, toY) = (toX + (_x[i] * bend), toY + (_y[i] * bend));
        }

        return (toX, toY);
    }

    private static double Bend(double x, double y)
    {
        var square = (x * x) + (y * y);
        return square == 0 ? 0 : square * Math.Log(square);
    }

    /// <summary>Gauss and Jordan with the largest pivot; the last two columns are the right-hand sides and become the answers.</summary>
    private static void Solve(double[][] rows)
    {
        var n = rows.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var i = column + 1; i < n; i++)
            {
                pivot = Math.Abs(rows[i][column]) > Math.Abs(rows[pivot][column]) ? i : pivot;
            }

            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            var divisor = rows[column][column];
            if (Math.Abs(divisor) < 1e-12)
            {
                throw new ArgumentException("The landmarks lie on one line or fall together.");
            }

            for (var i = 0; i < n; i++)
            {
                var factor = i == column ? 0 : rows[i][column] / divisor;
                for (var j = column; factor != 0 && j < n + 2; j++)
                {
                    rows[i][j] -= factor * rows[column][j];
                }
            }

            for (var j = n + 1; j >= column; j--)
            {
                rows[column][j] /= divisor;
            }
        }
    }
}
