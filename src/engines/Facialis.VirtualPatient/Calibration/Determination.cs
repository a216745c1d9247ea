namespace Facialis.VirtualPatient.Calibration;

/// <summary>How many combinations of the fitted constants the figures determine.</summary>
/// <param name="SingularValues">Of the matrix of (change of model)/tolerance over (change of constant)/(range searched), largest first.</param>
/// <param name="Weakest">The combination that the figures tell least of: share of each constant, in the order of the fit.</param>
public sealed record Determination(IReadOnlyList<double> SingularValues, IReadOnlyList<double> Weakest)
{
    private const double Step = 0.04;

    /// <summary>Combinations that move the figures by more than one tolerance over the whole range searched.</summary>
    public int Determined => SingularValues.Count(s => s > 1);

    /// <summary>Works it out around a place.</summary>
    internal static Determination Of(CalibrationLoss loss, IReadOnlyList<double> places)
    {
        var n = places.Count;
        var columns = new double[n][];
        for (var j = 0; j < n; j++)
        {
            var (low, high) = (places.ToArray(), places.ToArray());
            low[j] = Math.Max(0, Math.Min(1, low[j]) - Step);
            high[j] = Math.Min(1, Math.Max(0, high[j]) + Step);
            var (below, above) = (loss.Residuals(loss.At(low)), loss.Residuals(loss.At(high)));
            var range = high[j] - low[j];
            columns[j] = [.. above.Select((a, i) => (a - below[i]) / range)];
        }

        var product = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                product[i, j] = columns[i].Zip(columns[j], (a, b) => a * b).Sum();
            }
        }

        var vectors = Diagonalise(product);
        var order = Enumerable.Range(0, n).OrderByDescending(i => product[i, i]).ToList();
        var weakest = Enumerable.Range(0, n).Select(i => vectors[i, order[^1]]).ToArray();
        var sign = Math.Sign(weakest.MaxBy(Math.Abs));
        return new Determination([.. order.Select(i => Math.Sqrt(Math.Max(0, product[i, i])))], [.. weakest.Select(w => w * sign)]);
    }

    // Jacobi's rotations: small, symmetric matrices only. The matrix becomes diagonal; the result's columns are its directions.
    private static double[,] Diagonalise(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            vectors[i, i] = 1;
        }

        for (var sweep = 0; sweep < 60; sweep++)
        {
            for (var p = 0; p < n - 1; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    Rotate(matrix, vectors, p, q);
                }
            }
        }

        return vectors;
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (Math.Abs(matrix[p, q]) < 1e-300)
        {
            return;
        }

        var theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        var tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        var sine = tangent * cosine;
        var n = matrix.GetLength(0);
        for (var k = 0; k < n; k++)
        {
            (matrix[k, p], matrix[k, q]) = ((cosine * matrix[k, p]) - (sine * matrix[k, q]), (sine * matrix[k, p]) + (cosine * matrix[k, q]));
        }

        for (var k = 0; k < n; k++)
        {
            (matrix[p, k], matrix[q, k]) = ((cosine * matrix[p, k]) - (sine * matrix[q, k]), (sine * matrix[p, k]) + (cosine * matrix[q, k]));
            (vectors[k, p], vectors[k, q]) = ((cosine * vectors[k, p]) - (sine * vectors[k, q]), (sine * vectors[k, p]) + (cosine * vectors[k, q]));
        }
    }
}
