using System.Text.Json;

namespace Facialis.Claims.Accuracy;

/// <summary>The results for programs: a JSON array with one object, on a line of its own, per recording.</summary>
internal static class AccuracyJson
{
    public static void Write(IReadOnlyList<RecordingResult> results, TextWriter output)
    {
        output.WriteLine("[");
        for (var i = 0; i < results.Count; i++)
        {
            output.WriteLine((i == 0 ? "" : ",\n") + JsonSerializer.Serialize(Row(results[i])));
        }

        output.WriteLine("]");
    }

    private static object Row(RecordingResult r) => new
    {
        file = r.File,
        recall = Round(r.Score.Recall),
        precision = Round(r.Score.Precision),
        f1 = Round(r.Score.F1),
        falsePerMinute = Round(r.Score.FalsePerMinute),
        rightSide = r.Score.RightSide is { } share ? Round(share) : (double?)null,
        byGrade = r.Score.ByGrade.ToDictionary(g => g.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), g => Round((double)g.Value.Found / g.Value.True)),
        verdict = r.Report.Verdict.ToString(),
        findings = r.Report.Findings.Select(f => f.Code),
        trueEvents = r.Score.True,
        foundEvents = r.Score.Found,
        detectedEvents = r.Score.Detected,
        f1FromGrade2 = Round(r.Score.F1FromGrade2),
        recallFromGrade2 = Round(r.Score.RecallFromGrade2),
        holdsNamedTonic = r.Score.Holds.Named,
        holds = r.Score.Holds.True,
        inSpasm = Round(r.InSpasm.Measured),
        inSpasmTrue = Round(r.InSpasm.True),
        framesPerSecond = Round(r.Report.Recording.FramesPerSecond),
        interocularPixels = Round(r.Report.Recording.InterocularPixels),
        stairs = r.Stairs.Select(s => new { what = s.What, steps = s.Steps, monotone = s.Monotone, r = Round(s.Correlation), slope = Round(s.Slope) }),
    };

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 4) : 0;
}
