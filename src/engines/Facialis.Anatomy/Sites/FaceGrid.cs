namespace Facialis.Anatomy.Sites;

/// <summary>A bent grid: where the knots of the standard face lie on a patient's face. Between knots it is flat, triangle by triangle.</summary>
/// <remarks>So going there and back is the same place, in whatever language the grid is read.</remarks>
public sealed class FaceGrid
{
    /// <summary>Knots in a row; they run from <see cref="Left"/> to its opposite.</summary>
    public const int Columns = 33;

    /// <summary>Rows of knots; they run downwards from <see cref="Top"/>.</summary>
    public const int Rows = 45;

    /// <summary>Distance from knot to knot, IPD.</summary>
    public const double Pitch = 0.1;

    /// <summary>x of the first column, IPD: on the patient's right.</summary>
    public const double Left = -1.6;

    /// <summary>y of the first row, IPD: above the hairline.</summary>
    public const double Top = -1.8;

    private FaceGrid(double[] knots) => Knots = knots;

    /// <summary>x and y in turn of each knot on the patient's face, IPD, row by row.</summary>
    public IReadOnlyList<double> Knots { get; }

    /// <summary>The grid of any bending.</summary>
    /// <param name="bend">Where a place of the standard face lies on the patient's; x towards the patient's left, y down, IPD.</param>
    public static FaceGrid Of(Func<double, double, (double X, double Y)> bend)
    {
        ArgumentNullException.ThrowIfNull(bend);
        var knots = new double[Columns * Rows * 2];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var (x, y) = bend(Left + (column * Pitch), Top + (row * Pitch));
                var at = 2 * ((row * Columns) + column);
                (knots[at], knots[at + 1]) = (Math.Round(x, 5), Math.Round(y, 5));
            }
        }

        return new FaceGrid(knots);
    }

    /// <summary>Where a place of the standard face lies on the patient's. Beyond the grid its outermost triangles go on.</summary>
    public (double X, double Y) ToPatient(double x, double y)
    {
        var (across, down) = ((x - Left) / Pitch, (y - Top) / Pitch);
        var column = Math.Clamp((int)Math.Floor(across), 0, Columns - 2);
        var row = Math.Clamp((int)Math.Floor(down), 0, Rows - 2);
        return Within(column, row, across - column, down - row);
    }

    /// <summary>Which place of the standard face lies there on the patient's; null where the grid does not reach.</summary>
    public (double X, double Y)? ToStandard(double x, double y)
    {
        for (var row = 0; row < Rows - 1; row++)
        {
            for (var column = 0; column < Columns - 1; column++)
            {
                if (Inside(column, row, x, y, upper: true) is { } upper)
                {
                    return (Left + ((column + upper.U) * Pitch), Top + ((row + upper.V) * Pitch));
                }

                if (Inside(column, row, x, y, upper: false) is { } lower)
                {
                    return (Left + ((column + lower.U) * Pitch), Top + ((row + lower.V) * Pitch));
                }
            }
        }

        return null;
    }

    private (double X, double Y) Within(int column, int row, double u, double v)
    {
        // Each cell is cut from its upper right to its lower left corner.
        var upper = u + v <= 1;
        var (corner, along, across) = Triangle(column, row, upper);
        var (s, t) = upper ? (u, v) : (1 - u, 1 - v);
        return (corner.X + (s * along.X) + (t * across.X), corner.Y + (s * along.Y) + (t * across.Y));
    }

    private (double U, double V)? Inside(int column, int row, double x, double y, bool upper)
    {
        const double Edge = 1e-9;
        var (corner, along, across) = Triangle(column, row, upper);
        var area = (along.X * across.Y) - (along.Y * across.X);
        if (area == 0)
        {
            return null;
        }

        var (dx, dy) = (x - corner.X, y - corner.Y);
        var s = ((dx * across.Y) - (dy * across.X)) / area;
        var t = ((along.X * dy) - (along.Y * dx)) / area;
        return s < -Edge || t < -Edge || s + t > 1 + Edge ? null : upper ? (s, t) : (1 - s, 1 - t);
    }

    private ((double X, double Y) Corner, (double X, double Y) Along, (double X, double Y) Across) Triangle(int column, int row, bool upper)
    {
        var corner = upper ? Knot(column, row) : Knot(column + 1, row + 1);
        var along = upper ? Knot(column + 1, row) : Knot(column, row + 1);
        var across = upper ? Knot(column, row + 1) : Knot(column + 1, row);
        return (corner, (along.X - corner.X, along.Y - corner.Y), (across.X - corner.X, across.Y - corner.Y));
    }

    private (double X, double Y) Knot(int column, int row)
    {
        var at = 2 * ((row * Columns) + column);
        return (Knots[at], Knots[at + 1]);
    }
}
