using System.Text;
using static Facialis.VirtualPatient.Calibration.CalibrationPage;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>What a calibration says of studies kept back, and of side effects.</summary>
internal static class PredictionTables
{
    public static void Write(StringBuilder text, CalibrationReport report)
    {
        var kept = report.Predictions.Where(p => p.Row.KeptBack).ToList();
        Line(text, $"");
        Line(text, $"### Studies kept back");
        Line(text, $"");
        Line(text, $"The shipped, frozen model against studies that were in no fit. Their places and doses were not seen in full; plans stand in for them. *Without a model*");
        Line(text, $"is the figure of the study fitted to. A figure holds within twice its tolerance, a direction when it points the same way: {Label}.");
        Line(text, $"");
        Line(text, $"| study | what | published | model | without a model | holds |");
        Line(text, $"|---|---|---|---|---|---|");
        foreach (var one in kept)
        {
            Line(text, $"| {one.Row.Study} | {one.Row.What} | {Published(one)} | {Answer(one)} | {Figure(one.Row, one.Naive)} | {Word(one.Holds)} |");
        }

        var figures = kept.Where(p => p.Row.Value is not null && p.Naive is not null).ToList();
        var closer = figures.Count(p => Math.Abs(p.Model - p.Row.Value!.Value) < Math.Abs(p.Naive!.Value - p.Row.Value.Value));
        Line(text, $"");
        Line(text, $"{kept.Count(p => p.Holds == true)} of {kept.Count} hold; of {figures.Count} figures the model is closer than the one without a model in {closer}. Directions are easy: a model that only knew where");
        Line(text, $"the muscles lie would give most of them.");
        Line(text, $"");
        Line(text, $"### Side effects, and counts that nothing was set on");
        Line(text, $"");
        Line(text, $"The band holds the counts that a study of that size would see in 95 % of cases under the model; treatments of one person share that person's readiness.");
        Line(text, $"Where the curve was set on the figure, agreement shows nothing; elsewhere: {Label}.");
        Line(text, $"");
        Line(text, $"| study | what | published | model | band | within |");
        Line(text, $"|---|---|---|---|---|---|");
        foreach (var one in report.Predictions.Where(p => !p.Row.KeptBack))
        {
            Line(text, $"| {one.Row.Study} | {one.Row.What} | {Published(one)} | {Figure(one.Row, one.Model)} | {Band(one)} | {Word(one.Holds)} |");
        }

        Line(text, $"");
        Line(text, $"### Where the figures come from");
        Line(text, $"");
        foreach (var group in PublishedTargets.Current.Rows.GroupBy(r => r.Study))
        {
            Line(text, $"- **{group.Key}.** {string.Join(" ", group.GroupBy(r => r.Source).Select(s => $"*{string.Join("; ", s.Select(r => r.What))}* ({s.First().Mark}, {s.First().Product}): {s.Key}."))}");
        }
    }

    private static string Published(Prediction one) => one.Row switch
    {
        { Events: { } events, Of: { } of } => $"{events} of {of}, {Figure(one.Row, one.Row.Value)}",
        { Value: { } value } => Figure(one.Row, value),
        { Expect: Expectation.Less } => "less",
        { Expect: Expectation.More } => "more",
        _ => "alike",
    };

    private static string Answer(Prediction one) => one.Other is null ? Figure(one.Row, one.Model) : $"{Figure(one.Row, one.Model)} against {Figure(one.Row, one.Other)}";

    private static string Band(Prediction one) => one.Band is { } band ? $"{band.Low} to {band.High} of {band.Of}" : "–";

    private static string Word(bool? holds) => holds switch { true => "yes", false => "**no**", _ => "cannot be told" };
}
