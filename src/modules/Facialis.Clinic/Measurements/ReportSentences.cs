using System.Globalization;
using Facialis.Anatomy;
using Facialis.Spasm.Report;

namespace Facialis.Clinic.Measurements;

/// <summary>A report's figures in words. A rate or share never stands alone: count, time and interval go with it.</summary>
internal static class ReportSentences
{
    /// <summary>The answer of the whole recording in one sentence, or two where both sides move.</summary>
    public static string Headline(SpasmReport report) => report.Verdict == Verdict.Refused
        ? "Not measured. " + (report.Findings.FirstOrDefault(f => f.Severity == FindingSeverity.Refusal)?.Message ?? "The findings below say why.")
        : report.Affected.Answer switch
        {
            AffectedSide.Right => OfSide(report.Right),
            AffectedSide.Left => OfSide(report.Left),
            AffectedSide.Both => $"Both sides, at different times. {OfSide(report.Right)} {OfSide(report.Left)}",
            AffectedSide.Neither => $"No more one-sided movement than chance gives: right {Events(report.Right.Events.Count)}, "
                + $"left {Events(report.Left.Events.Count)} in {Minutes(report.Right.Events.Minutes)}.",
            _ => $"Cannot tell which side moves by itself: right {Events(report.Right.Events.Count)}, "
                + $"left {Events(report.Left.Events.Count)} in {Minutes(report.Right.Events.Minutes)}.",
        };

    /// <summary>"Left side: 24 events in 3.0 min = 8.0 per minute (95 % interval 5.1 to 12.6)."</summary>
    public static string OfSide(SideMeasures side) => $"{side.Side.Word()} side: {Of(side.Events, "event")}.";

    /// <summary>"24 events in 3.0 min = 8.0 per minute (95 % interval 5.1 to 12.6)"; without an interval it says why.</summary>
    public static string Of(Rate rate, string what) =>
        $"{Counted(rate.Count, what)} in {Minutes(rate.Minutes)} = {Number(rate.PerMinute)} per minute ({Interval(rate)})";

    public static string Interval(Rate rate) => rate is { Low: { } low, High: { } high }
        ? $"95\u00A0% interval {Number(low)} to {Number(high)}"
        : "too short for an interval";

    public static string Interval(TimeShare share) => share is { Low: { } low, High: { } high }
        ? $"95\u00A0% interval {Number(100 * low)} to {Number(100 * high)}\u00A0%"
        : "too short for an interval";

    /// <summary>"9.6 s of 180 s = 5.3 % (95 % interval 3.1 to 8.0 %)".</summary>
    public static string Of(TimeShare share) =>
        $"{Number(share.Seconds)} s of {Whole(share.OfSeconds)} s = {Number(100 * share.Share)}\u00A0% ({Interval(share)})";

    /// <summary>"median 62 %, 90th percentile 81 % (24 events)".</summary>
    public static string Percent(Amplitude? amplitude, string missing = "no events") => amplitude switch
    {
        null => missing,
        { Count: 0 } => "no events",
        _ => $"median {Whole(100 * amplitude.Median)}\u00A0%, 90th percentile {Whole(100 * amplitude.P90)}\u00A0% ({Events(amplitude.Count)})",
    };

    /// <summary>As <see cref="Percent"/>, with one decimal: shares of the distance between the eyes are small.</summary>
    public static string PercentOfEyes(Amplitude amplitude) => amplitude.Count == 0
        ? "no events"
        : $"median {Number(100 * amplitude.Median)}\u00A0%, 90th percentile {Number(100 * amplitude.P90)}\u00A0% ({Events(amplitude.Count)})";

    public static string Affected(SideJudgement judgement) => judgement.Answer switch
    {
        AffectedSide.Right => $"Right, certainty {Whole(100 * judgement.Certainty)} %",
        AffectedSide.Left => $"Left, certainty {Whole(100 * judgement.Certainty)} %",
        AffectedSide.Both => $"Both, certainty {Whole(100 * judgement.Certainty)} %",
        AffectedSide.Neither => "Neither side",
        _ => "Cannot tell",
    };

    public static string Quality(QualityGrade grade) => grade switch
    {
        QualityGrade.Good => "Good",
        QualityGrade.Fair => "Fair: usable with care",
        _ => "Poor: not usable",
    };

    public static string Of(UnusableReason? reason) => reason switch
    {
        UnusableReason.FaceLost => "no face found",
        UnusableReason.HeadTurned => "head turned too far",
        UnusableReason.HeadMoving => "head moving",
        UnusableReason.FramesMissing => "frames missing",
        UnusableReason.Unsteady => "landmarks unsteady",
        UnusableReason.NotRest => "not quiet rest",
        _ => "",
    };

    /// <summary>"eye and mouth".</summary>
    public static string Of(IReadOnlyList<Region> regions)
    {
        var words = regions.Select(r => r.ToString().ToLowerInvariant()).ToArray();
        return words.Length < 2 ? words.FirstOrDefault("unclear") : $"{string.Join(", ", words[..^1])} and {words[^1]}";
    }

    public static string Events(int count) => Counted(count, "event");

    public static string Minutes(double minutes) => $"{minutes.ToString("0.0", CultureInfo.InvariantCulture)} min";

    /// <summary>Minutes and seconds: "1:05.2".</summary>
    public static string Clock(double seconds)
    {
        var tenths = (long)Math.Round(seconds * 10);
        return string.Create(CultureInfo.InvariantCulture, $"{tenths / 600}:{tenths / 10 % 60:00}.{tenths % 10}");
    }

    /// <summary>One decimal.</summary>
    public static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    public static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    public static string Counted(int count, string what) => $"{count.ToString(CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";
}
