using System.Globalization;

namespace Facialis.Clinic.Practice;

/// <summary>Figures by month as bars, one lane for each kind, all on one axis of time. Drawn on the server; lengths are in units of the drawing.</summary>
public sealed class MonthDrawing
{
    public const int Width = 760;
    public const int Left = 120;
    private const int Right = 748;
    private const int LaneHeight = 62;
    private const int Inside = 46;
    private const int Top = 10;

    private readonly double _step;

    private MonthDrawing(IReadOnlyList<DateOnly> months, IReadOnlyList<MonthSeries> series)
    {
        _step = (Right - Left) / (double)months.Count;
        Lanes = [.. series.Select((s, n) => Lane(months, s, Top + (n * LaneHeight)))];
        var every = months.Count > 36 ? 6 : months.Count > 14 ? 3 : 1;
        Ticks = [.. months.Select((month, n) => (Month: month, N: n)).Where(m => (m.Month.Month - 1) % every == 0)
            .Select(m => (Text(Middle(m.N)), m.Month.ToString(m.Month.Month == 1 ? "yyyy" : "MMM", CultureInfo.InvariantCulture)))];
    }

    /// <summary>Height of the whole.</summary>
    public int Height => Top + (Lanes.Count * LaneHeight) + 24;

    /// <summary>From top to bottom.</summary>
    public IReadOnlyList<MonthLane> Lanes { get; }

    /// <summary>Months that are named on the axis.</summary>
    public IReadOnlyList<(string X, string Text)> Ticks { get; }

    /// <param name="months">At least one.</param>
    /// <param name="series">From top to bottom; as many values in each as there are months.</param>
    public static MonthDrawing Of(IReadOnlyList<DateOnly> months, params IReadOnlyList<MonthSeries> series) => new(months, series);

    private MonthLane Lane(IReadOnlyList<DateOnly> months, MonthSeries series, int top)
    {
        // The axis is where nothing is, also where some months lie below it.
        var (high, low) = ((double)Math.Max(series.Values.Max(), 0), (double)Math.Min(series.Values.Min(), 0));
        var scale = high - low > 0 ? Inside / (high - low) : 0;
        var axis = top + 8 + (high * scale);
        var width = Math.Max(2, _step * 0.6);
        return new MonthLane(
            series.Title, low < 0 ? $"{Number(low)} to {Number(high)} {series.Unit}" : $"0 to {Number(high)} {series.Unit}", top, Text(axis),
            [.. series.Values.Select((value, n) => (Value: (double)value, N: n)).Where(v => v.Value != 0).Select(v => new MonthBar(
                v.Value < 0 ? "plot-weakness" : series.Class, Text(Middle(v.N) - (width / 2)), Text(v.Value > 0 ? axis - (v.Value * scale) : axis), Text(width), Text(Math.Abs(v.Value) * scale),
                $"{MonthRange.InWords(months[v.N])}: {Number(v.Value)} {series.Unit}"))]);
    }

    private double Middle(int month) => Left + (_step * (month + 0.5));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(double length) => length.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <param name="Title">What is counted.</param>
/// <param name="Unit">In what.</param>
/// <param name="Class">How its bars look.</param>
/// <param name="Values">A value for each month.</param>
public sealed record MonthSeries(string Title, string Unit, string Class, IReadOnlyList<decimal> Values);

/// <param name="Title">What is counted.</param>
/// <param name="Unit">From where to where its scale goes.</param>
/// <param name="Top">Its upper end.</param>
/// <param name="Axis">Where nothing is.</param>
/// <param name="Bars">A bar for each month that has something.</param>
public sealed record MonthLane(string Title, string Unit, int Top, string Axis, IReadOnlyList<MonthBar> Bars);

/// <param name="Class">How it looks.</param>
/// <param name="X">Left end.</param>
/// <param name="Y">Upper end.</param>
/// <param name="Width">How wide.</param>
/// <param name="Height">How tall.</param>
/// <param name="Says">Its month and value.</param>
public sealed record MonthBar(string Class, string X, string Y, string Width, string Height, string Says);
