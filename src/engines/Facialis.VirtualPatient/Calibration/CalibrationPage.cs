using System.Globalization;
using System.Text;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>The part of docs/virtual-patient.md that a calibration writes: tables in Markdown, the same bytes for the same report.</summary>
public static class CalibrationPage
{
    /// <summary>Line before the written part.</summary>
    public const string Begin = "<!-- calibrate: from here to the end mark everything is written by `facialis calibrate` -->";

    /// <summary>Line after it.</summary>
    public const string End = "<!-- calibrate: end -->";

    /// <summary>What stands wherever the model has not shown that it foretells anything.</summary>
    public const string Label = "illustration, not prediction";

    /// <summary>The page with the written part put between its marks.</summary>
    /// <param name="page">The page as it is.</param>
    /// <param name="written">What <see cref="Write"/> gave.</param>
    /// <exception cref="FormatException">A mark is missing or they stand the wrong way round.</exception>
    public static string Place(string page, string written)
    {
        ArgumentNullException.ThrowIfNull(page);
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return from >= 0 && to > from
            ? $"{page[..(from + Begin.Length)]}\n\n{written}\n{page[to..]}"
            : throw new FormatException($"The page has no part between \"{Begin}\" and \"{End}\".");
    }

    /// <summary>The tables.</summary>
    public static string Write(CalibrationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        var criteria = Sceptic.Criteria(report);
        Line(text, $"Model {report.Model.Version}, hash `{report.Model.Hash}`, as shipped. The fits below change nothing in it. {report.Settings.People} people in");
        Line(text, $"fits and comparisons, {report.Settings.ProfilePeople} in profiles, the same people for every set of constants.");
        Line(text, $"");
        Line(text, $"{(Sceptic.MayPredict(criteria) ? "The criteria for a prediction are met." : $"**The whole of it: {Label}.**")}");
        foreach (var fit in report.Fits)
        {
            Targets(text, fit);
        }

        ConstantTables.Write(text, report);
        PredictionTables.Write(text, report);
        Failures(text, report);
        Line(text, $"");
        Line(text, $"### What would convince a sceptic");
        Line(text, $"");
        Line(text, $"| criterion | met | why |");
        Line(text, $"|---|---|---|");
        foreach (var one in criteria)
        {
            Line(text, $"| {one.What} | {(one.IsMet ? "yes" : "**no**")} | {one.Why} |");
        }

        Line(text, $"");
        Line(text, $"Where the first or the fifth is not met, the model carries the label \"{Label}\". {(Sceptic.MayPredict(criteria) ? "Both are met." : "It does.")}");
        return text.ToString();
    }

    /// <summary>Adds a line.</summary>
    internal static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>A figure of a row as people read it: shares in per cent.</summary>
    internal static string Figure(TargetRow row, double? value) => value is not { } number
        ? "–"
        : row.Unit == "share" ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:0.0} %") : string.Create(CultureInfo.InvariantCulture, $"{number:0.0} {row.Unit}");

    private static void Targets(StringBuilder text, CalibrationFit fit)
    {
        Line(text, $"");
        Line(text, $"### {(fit.Set == TargetSet.Shipped ? "Fit 1: the eleven figures that the shipped constants were fitted to" : "Fit 2: only figures printed in a source that was seen, or worked out from one")}");
        Line(text, $"");
        Line(text, $"Steps are (model - published)/tolerance; more than two either way is in bold. The loss is the sum of their squares. Agreement is by construction: {Label}.");
        Line(text, $"");
        Line(text, $"| study | what | published | tolerance | mark | shipped | steps | refitted | steps |");
        Line(text, $"|---|---|---|---|---|---|---|---|---|");
        foreach (var (row, shipped, refitted) in fit.Rows)
        {
            Line(text, $"| {row.Study} | {row.What} | {Figure(row, row.Value)} | {Figure(row, row.Tolerance)} | {row.Mark} | {Figure(row, shipped)} | {Steps(row, shipped)} | {Figure(row, refitted)} | {Steps(row, refitted)} |");
        }

        Line(text, $"| | loss | | | | {fit.ShippedLoss:0.0} | | {fit.Loss:0.0} | |");
    }

    private static string Steps(TargetRow row, double model)
    {
        var steps = (model - row.Value!.Value) / row.Tolerance!.Value;
        var written = steps.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
        return Math.Abs(steps) > 2 ? $"**{written}**" : written;
    }

    private static void Failures(StringBuilder text, CalibrationReport report)
    {
        var course = report.Fits[0].Rows;
        var (week8, week12, half) = (course.First(r => r.Row.Week == 8), course.First(r => r.Row.Week == 12), course.First(r => r.Row.Measure == Measure.HalfLife));
        var onset = course.First(r => r.Row.Measure == Measure.OnsetMean);
        var brow = report.Predictions.First(p => p.Row.Measure == Measure.BrowAsymmetry);
        var printed = report.Fits[1].Rows.First(r => r.Row.Measure == Measure.DurationSd);
        Line(text, $"");
        Line(text, $"### Failures known today");
        Line(text, $"");
        Line(text, $"- **Week 8.** Published {Figure(week8.Row, week8.Row.Value)}; shipped {Figure(week8.Row, week8.Shipped)}, refitted {Figure(week8.Row, week8.Refitted)}. And week 12: published {Figure(week12.Row, week12.Row.Value)}; shipped {Figure(week12.Row, week12.Shipped)}, refitted {Figure(week12.Row, week12.Refitted)}. The plateau and the fall after it are not reached together.");
        Line(text, $"- **Uneven brows.** Published {brow.Row.Events} of {brow.Row.Of}, {Figure(brow.Row, brow.Row.Value)}; the model has {Figure(brow.Row, brow.Model)}, {brow.Band!.Low} to {brow.Band.High} of {brow.Band.Of}.");
        Line(text, $"- **Half-life.** The fit wants {half.Refitted:0.0} d; a doubled dose was published to add 30 d. In the model it adds one half-life to every nerve ending, and {report.DoublingDays:0.0} d to the mean duration of the orbital plan.");
        Line(text, $"- **Onset.** Published {Figure(onset.Row, onset.Row.Value)} on the mean; shipped {Figure(onset.Row, onset.Shipped)}, refitted {Figure(onset.Row, onset.Refitted)}.");
        Line(text, $"- **Scatter of durations.** Published {Figure(printed.Row, printed.Row.Value)} between treatments; shipped {Figure(printed.Row, printed.Shipped)}, refitted to it {Figure(printed.Row, printed.Refitted)}. It contradicts the sharp curve of the 49.");
    }
}
