using System.CommandLine;
using System.Globalization;
using Facialis.Anatomy;
using Facialis.Spasm.Comparison;
using Facialis.Spasm.Report;

namespace Facialis.Cli;

/// <summary><c>facialis compare BEFORE AFTER</c></summary>
internal static class CompareCommand
{
    public static Command Build(Terminal terminal)
    {
        var before = new Argument<string>("BEFORE") { Description = "The earlier recording; - reads standard input." };
        var after = new Argument<string>("AFTER") { Description = "The later recording of the same person; - reads standard input." };
        var json = new Option<bool>("--json") { Description = "One line of JSON: both reports and the comparison." };
        var input = new RecordingInput();
        var command = new Command("compare", "Compare two recordings of one person.") { before, after, json };
        input.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var (first, second) = (parsed.GetRequiredValue(before), parsed.GetRequiredValue(after));
            if (first == "-" && second == "-")
            {
                throw new UsageException("Standard input (-) can be read only once.");
            }

            var options = input.Read(parsed, terminal.Clock);
            var earlier = MeasureCommand.Measure(first, options, terminal, cancel);
            var later = MeasureCommand.Measure(second, options, terminal, cancel);
            var comparison = RecordingComparison.Compare(earlier, later);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(ReportJson.Line(new { before = earlier, after = later, comparison }));
            }
            else
            {
                Write(terminal.Out, first, earlier, second, later, comparison);
            }

            return Task.FromResult(comparison.IsComparable ? ExitCode.Done : ExitCode.Refused);
        });
        return command;
    }

    private static void Write(TextWriter to, string first, SpasmReport before, string second, SpasmReport after, RecordingComparison comparison)
    {
        to.WriteLine($"before: {first}");
        to.WriteLine($"after:  {second}");
        if (!comparison.IsComparable)
        {
            to.WriteLine("NOT COMPARED:");
        }
        else if (!before.Recording.SideConfirmed || !after.Recording.SideConfirmed)
        {
            to.WriteLine("SIDE UNCONFIRMED: nobody checked whether the pictures were mirrored.");
        }

        foreach (var side in comparison.Sides)
        {
            to.WriteLine();
            to.WriteLine($"  {Sides.Word(side.Side)} of the patient");
            to.WriteLine($"    events per minute      {ReportText.Text(before.Of(side.Side).Events)} -> {ReportText.Text(after.Of(side.Side).Events)}");
            to.WriteLine($"    rate ratio             {Ratio(side.Rate)}");
            to.WriteLine(Invariant($"    time in spasm          {before.Of(side.Side).InSpasm.Share:0.0%} -> {after.Of(side.Side).InSpasm.Share:0.0%}"));
            to.WriteLine($"    lid closure, median    {Change(side.LidClosureChange, "% of own range")}");
            to.WriteLine($"    mouth shift, median    {Change(side.MouthIodChange, "% of eye distance")}");
            to.WriteLine($"    {side.Sentence}");
        }

        if (comparison.Sides.Count > 0)
        {
            to.WriteLine();
        }

        foreach (var reason in comparison.Reasons)
        {
            to.WriteLine($"  {reason}");
        }

        to.WriteLine($"Measures movement; does not diagnose. Algorithm {after.AlgorithmVersion}.");
    }

    private static string Ratio(RateRatio rate) => rate is { Low: { } low, High: { } high }
        ? Invariant($"{rate.Ratio:0.00} (95 % interval {low:0.00} to {high:0.00})")
        : Invariant($"{rate.Ratio:0.00} (no interval: a recording is too short)");

    private static string Change(double? change, string unit) => change is { } value ? Invariant($"{value * 100:+0.#;-0.#;0} {unit}") : "not comparable";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
