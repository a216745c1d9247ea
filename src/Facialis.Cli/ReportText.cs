using System.Globalization;
using Facialis.Spasm.Report;

namespace Facialis.Cli;

/// <summary>A report as one page of text.</summary>
internal static class ReportText
{
    private const int Label = 34;
    private const int Column = 24;

    public static void Write(TextWriter to, string file, SpasmReport report)
    {
        var facts = report.Recording;
        to.WriteLine(file);
        to.WriteLine(Invariant($"  {facts.DurationSeconds:0.0} s, {facts.Frames} frames at {facts.FramesPerSecond:0.0}/s, {facts.InterocularPixels:0} px between the eyes, {facts.Scheme}"));
        to.WriteLine(Invariant($"  usable rest {facts.UsableSeconds:0.0} s; face found in {report.Quality.FaceFoundShare:0.0%} of frames; quality {Word(report.Quality.Grade)}"));
        to.WriteLine(Sides(facts));
        if (report.Verdict == Verdict.Refused)
        {
            to.WriteLine("  NOT MEASURED:");
        }
        else
        {
            WriteMeasures(to, report);
        }

        foreach (var finding in report.Findings)
        {
            to.WriteLine($"  {Word(finding.Severity)}: {finding.Message} {finding.Remedy}");
        }

        to.WriteLine($"  Measures movement; does not diagnose. Algorithm {report.AlgorithmVersion}.");
    }

    private static void WriteMeasures(TextWriter to, SpasmReport report)
    {
        void Row(string label, Func<SideMeasures, string> value) => to.WriteLine($"  {label,-Label}{value(report.Right),Column}{value(report.Left),Column}");
        to.WriteLine();
        to.WriteLine($"  {"",-Label}{"Right",Column}{"Left",Column}");
        Row("spasm events (clonic, tonic)", side => Invariant($"{side.Events.Count} ({side.ClonicCount}, {side.TonicCount})"));
        Row("events per minute (95 % interval)", side => Text(side.Events));
        Row("bursts per minute", side => Text(side.Bursts));
        Row("time in spasm", side => Text(side.InSpasm));
        Row("time in tonic spasm", side => Text(side.InTonicSpasm));
        Row("eye closed by spasm, s/min", side => Invariant($"{side.EyeClosedSecondsPerMinute:0.0}"));
        Row("longest event, s", side => Invariant($"{side.LongestSeconds:0.0}"));
        Row("twitches per second in bursts", side => side.TwitchesPerSecondInBursts is { } rate ? Invariant($"{rate:0.0}") : "-");
        Row("lid closure, median (90th)", side => Text(side.LidClosure, 100, "%"));
        Row("mouth shift, % of eye distance", side => Text(side.MouthIod, 100, ""));
        Row("lid, share of own closure", side => side.LidShareOfVoluntary is { } share ? Text(share, 100, "%") : "not recorded");
        Row("mouth, share of own smile", side => side.MouthShareOfVoluntary is { } share ? Text(share, 100, "%") : "not recorded");
        Row("brow lift with eye closure", side => Invariant($"{side.BrowLiftWithClosure} of {side.EventsWithClosure}"));
        to.WriteLine();
        to.WriteLine(Invariant($"  affected side: {Word(report.Affected)}. {report.Affected.Reason}"));
        to.WriteLine(Invariant($"  blinks: {report.Blinks.Rate.Count}, {Text(report.Blinks.Rate)} per minute"));
    }

    private static string Sides(RecordingFacts facts) => facts switch
    {
        { SideConfirmed: false } => "  Right and Left of the patient: SIDE UNCONFIRMED (nobody checked whether the picture was mirrored)",
        { SidesSwapped: true } => "  Right and Left are the patient's (the picture was mirrored; the sides have been swapped back)",
        _ => "  Right and Left are the patient's",
    };

    public static string Text(Rate rate) => rate is { Low: { } low, High: { } high }
        ? Invariant($"{rate.PerMinute:0.0} ({low:0.0} to {high:0.0})")
        : Invariant($"{rate.PerMinute:0.0} (no interval)");

    private static string Text(TimeShare share) => share is { Low: { } low, High: { } high }
        ? Invariant($"{share.Share:0.0%} ({low:0.0%} to {high:0.0%})")
        : Invariant($"{share.Share:0.0%}, {share.Seconds:0.0} s");

    private static string Text(Amplitude amplitude, double factor, string unit) => amplitude.Count == 0
        ? "-"
        : Invariant($"{amplitude.Median * factor:0.#}{unit} ({amplitude.P90 * factor:0.#}{unit})");

    private static string Word(QualityGrade grade) => grade switch { QualityGrade.Good => "good", QualityGrade.Fair => "fair", _ => "poor" };

    private static string Word(FindingSeverity severity) => severity switch { FindingSeverity.Note => "note", FindingSeverity.Warning => "warning", _ => "refused" };

    private static string Word(SideJudgement judgement) => judgement.Answer switch
    {
        AffectedSide.Right => Invariant($"right (certainty {judgement.Certainty:0.00})"),
        AffectedSide.Left => Invariant($"left (certainty {judgement.Certainty:0.00})"),
        AffectedSide.Both => Invariant($"both (certainty {judgement.Certainty:0.00})"),
        AffectedSide.Neither => "neither",
        _ => "cannot tell",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
