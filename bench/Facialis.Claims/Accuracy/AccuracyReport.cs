using System.Globalization;
using System.Text;
using Facialis.Spasm;

namespace Facialis.Claims.Accuracy;

/// <summary>The results for people: a table on the screen, and docs/accuracy.md.</summary>
internal static class AccuracyReport
{
    public static string Table(IReadOnlyList<RecordingResult> results, bool details)
    {
        var text = new StringBuilder();
        text.AppendLine(Line($"{"recording",-34} {"fps",4} {"px",4} {"true",5} {"found",5} {"false",5} {"recall",6} {"prec.",6} {"F1",6} {"F1 g2+",6} {"false/min",9} {"side",5}  by grade"));
        foreach (var r in results)
        {
            var s = r.Score;
            if (r.Refused)
            {
                text.AppendLine(Line($"{r.File,-34} refused: {r.Report.Findings[0].Message}"));
                continue;
            }

            var grades = string.Join(' ', s.ByGrade.Select(g => Line($"{g.Key}:{g.Value.Found}/{g.Value.True}")));
            text.AppendLine(Line($"{r.File,-34} {r.Report.Recording.FramesPerSecond,4:0} {r.Report.Recording.InterocularPixels,4:0} {s.True,5} {s.Found,5} {s.False,5} {s.Recall,6:0.000} {s.Precision,6:0.000} {s.F1,6:0.000} {s.F1FromGrade2,6:0.000} {s.FalsePerMinute,9:0.00} {(s.RightSide is { } side ? Line($"{side:0.00}") : "-"),5}  {grades}"));
            if (s.Holds.True > 0)
            {
                text.AppendLine(Line($"{"",-34} holds named tonic {s.Holds.Named} of {s.Holds.True}; time in spasm {100 * r.InSpasm.Measured:0.0} %, truly {100 * r.InSpasm.True:0.0} %"));
            }

            foreach (var stairs in r.Stairs)
            {
                text.AppendLine(Line($"{"",-34} {stairs.What}: {stairs.Steps} steps, r {stairs.Correlation:0.000}, slope {stairs.Slope:0.00}, {(stairs.Monotone ? "monotone" : "not monotone")}"));
            }

            if (details)
            {
                AddDetails(text, s);
            }
        }

        return text.ToString();
    }

    public static string LastLine(IReadOnlyList<RecordingResult> results, int failures)
    {
        var measured = results.Where(r => !r.Refused && r.Score.True > 0).ToList();
        var worst = measured.MinBy(r => r.Score.F1FromGrade2);
        var healthy = Bars.HealthyFalsePerMinute(results);
        return Line($"{results.Count} recordings; worst F1 from grade 2: {(worst is null ? "-" : Line($"{worst.Score.F1FromGrade2:0.000} ({worst.File})"))}; healthy movement: {(healthy is { } rate ? Line($"{rate:0.00}") : "-")} false events a minute; bars missed: {failures}");
    }

    public static string Markdown(IReadOnlyList<RecordingResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine(Line($"""
            # How accurate the measurement is

            Made by `claims/measure-accuracy`; do not edit. Algorithm `{SpasmAnalysis.Version}`, {results.Count} recordings.

            The truth is synthetic: faces drawn by the project's own tool, or still photographs of faces warped over a mesh, sent
            through the real landmark tracker with known movements. It shows that the signal path and the sides are right; it is
            **not** a clinical validation, for which video of patients with electromyography or raters is needed.

            A detected event matches a true one of the same side if the two overlap after widening by 0.1 s, one to one, in time
            order. Grades are lid closure / mouth-corner shift in interocular distances: 1 = .10/.01, 2 = .20/.02, 3 = .35/.04,
            4 = .60/.07, 5 = .90/.12; grade 1 is near the noise. "F1 from grade 2" leaves grade 1 out of the true events.
            """));
        text.AppendLine();
        text.AppendLine("| recording | frames/s | px between eyes | true | found | false | recall | precision | F1 | F1 from grade 2 | false per min | right side | found by grade |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var r in results)
        {
            var s = r.Score;
            var facts = r.Report.Recording;
            text.AppendLine(r.Refused
                ? Line($"| {r.File} | | | {s.True} | refused: {r.Report.Findings[0].Message} | | | | | | | | |")
                : Line($"| {r.File} | {facts.FramesPerSecond:0} | {facts.InterocularPixels:0} | {s.True} | {s.Found} | {s.False} | {s.Recall:0.00} | {s.Precision:0.00} | {s.F1:0.00} | {s.F1FromGrade2:0.00} | {s.FalsePerMinute:0.00} | {(s.RightSide is { } side ? Line($"{100 * side:0} %") : "")} | {string.Join(' ', s.ByGrade.Select(g => Line($"{g.Key}: {g.Value.Found}/{g.Value.True}")))} |"));
        }

        AddFaces(text, results);
        AddHolds(text, results);
        AddStairs(text, results);
        AddErrors(text, results);
        return text.ToString();
    }

    private static void AddFaces(StringBuilder text, IReadOnlyList<RecordingResult> results)
    {
        var faces = results.Where(r => !r.Refused && r.Truth.Face.Length > 0).GroupBy(r => r.Truth.Face).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (faces.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine("## By drawn face").AppendLine();
        text.AppendLine("| face | true events from grade 2 | found | false | F1 from grade 2 | false events in healthy movement (min) |");
        text.AppendLine("|---|---|---|---|---|---|");
        var rows = faces.Select(face =>
        {
            var spasm = face.Where(r => r.Score.True > 0).ToList();
            var healthy = face.Where(r => r.Score.True == 0 && r.Stairs.Count == 0).ToList();
            int found = spasm.Sum(r => r.Score.FromGrade2.Found), real = spasm.Sum(r => r.Score.FromGrade2.True), wrong = spasm.Sum(r => r.Score.False);
            return (Name: face.Key, real, found, wrong, F1: real == 0 ? 1 : 2.0 * found / (real + found + wrong), Healthy: healthy.Sum(r => r.Score.Detected), Minutes: healthy.Sum(r => r.Score.Minutes));
        }).ToList();
        foreach (var row in rows)
        {
            text.AppendLine(Line($"| {row.Name} | {row.real} | {row.found} | {row.wrong} | {row.F1:0.00} | {(row.Minutes > 0 ? Line($"{row.Healthy} ({row.Minutes:0.0})") : "")} |"));
        }

        var worst = rows.Where(r => r.real > 0).MinBy(r => r.F1);
        text.AppendLine().AppendLine(Line($"Worst face: **{worst.Name}**, F1 {worst.F1:0.00} from grade 2. Healthy movement in all: {Bars.HealthyFalsePerMinute(results) ?? 0:0.00} false events a minute."));
    }

    private static void AddHolds(StringBuilder text, IReadOnlyList<RecordingResult> results)
    {
        var holds = results.Where(r => !r.Refused && r.Score.Holds.True > 0).ToList();
        if (holds.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine("## Trains and holds").AppendLine();
        text.AppendLine("| recording | holds named tonic | time in spasm, measured | truly |");
        text.AppendLine("|---|---|---|---|");
        foreach (var r in holds)
        {
            text.AppendLine(Line($"| {r.File} | {r.Score.Holds.Named} of {r.Score.Holds.True} | {100 * r.InSpasm.Measured:0.0} % | {100 * r.InSpasm.True:0.0} % |"));
        }
    }

    private static void AddStairs(StringBuilder text, IReadOnlyList<RecordingResult> results)
    {
        if (results.All(r => r.Stairs.Count == 0))
        {
            return;
        }

        text.AppendLine().AppendLine("## Amplitude: held steps of known size").AppendLine();
        text.AppendLine("Lid closure is read through the documented calibration curve (`LidCalibration`), mouth-corner shift as it is.").AppendLine();
        text.AppendLine("| recording | what | steps | r | slope | monotone |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var (r, s) in results.SelectMany(r => r.Stairs.Select(s => (r, s))))
        {
            text.AppendLine(Line($"| {r.File} | {s.What} | {s.Steps} | {s.Correlation:0.000} | {s.Slope:0.00} | {(s.Monotone ? "yes" : "no")} |"));
        }
    }

    private static void AddErrors(StringBuilder text, IReadOnlyList<RecordingResult> results)
    {
        text.AppendLine().AppendLine("## What was taken for a spasm").AppendLine();
        text.AppendLine("| around the false event | events |");
        text.AppendLine("|---|---|");
        foreach (var group in results.SelectMany(r => r.Score.FalseEvents).GroupBy(f => f.Near).OrderByDescending(g => g.Count()))
        {
            text.AppendLine(Line($"| {group.Key} | {group.Count()} |"));
        }

        text.AppendLine().AppendLine("## Found by duration (grade 2 and above)").AppendLine();
        text.AppendLine("| duration | found | true |");
        text.AppendLine("|---|---|---|");
        var missed = results.Where(r => !r.Refused).SelectMany(r => r.Score.Missed).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var group in results.Where(r => !r.Refused).SelectMany(r => r.Truth.Spasms).Where(e => e.Grade is not 1)
            .GroupBy(e => e.End - e.Start < 0.08 ? "up to 80 ms" : e.End - e.Start < 0.14 ? "80 to 140 ms" : e.End - e.Start < 0.24 ? "140 to 240 ms" : e.End - e.Start < 0.5 ? "240 to 500 ms" : "0.5 s and longer")
            .OrderBy(g => g.Min(e => e.End - e.Start)))
        {
            text.AppendLine(Line($"| {group.Key} | {group.Count(e => !missed.Contains(e))} | {group.Count()} |"));
        }
    }

    private static void AddDetails(StringBuilder text, Score score)
    {
        foreach (var (e, near) in score.FalseEvents)
        {
            text.AppendLine(Line($"    false: {e.Side} {e.StartSeconds:0.00} to {e.EndSeconds:0.00} s, strength {e.Strength:0.0}, lid {100 * e.LidIod:0.0} %, mouth {100 * e.MouthIod:0.0} %, near {near}"));
        }

        foreach (var e in score.Missed)
        {
            text.AppendLine(Line($"    missed: {e.Kind} grade {e.Grade} {e.Start:0.00} to {e.End:0.00} s"));
        }
    }

    /// <summary>Figures as every machine writes them.</summary>
    public static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
