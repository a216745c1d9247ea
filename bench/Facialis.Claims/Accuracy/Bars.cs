using System.Globalization;
using Facialis.Spasm.Report;

namespace Facialis.Claims.Accuracy;

/// <summary>What a recording must reach; which bar applies follows from what the recording is.</summary>
internal static class Bars
{
    public const double FaceF1 = 0.85;
    public const double HealthyPerMinute = 0.3;

    public static IEnumerable<string> Failures(RecordingResult result)
    {
        string Say(FormattableString what) => $"{result.File}: {what.ToString(CultureInfo.InvariantCulture)}";
        var score = result.Score;
        if (result.Report.Recording.Scheme == "mediapipe-468-plain")
        {
            if (!result.Refused)
            {
                yield return Say($"unrefined landmarks were measured.");
            }

            yield break;
        }

        if (result.Refused)
        {
            if (result.Report.Findings[0].Code != "too-far-away")
            {
                yield return Say($"refused: {result.Report.Findings[0].Message}");
            }

            yield break;
        }

        if (Reference(result) is not { } bar)
        {
            yield break;
        }

        foreach (var stairs in result.Stairs.Where(s => !s.Monotone || s.Correlation < 0.98))
        {
            yield return Say($"{stairs.What} steps: r {stairs.Correlation:0.000}, monotone {stairs.Monotone}; wanted 0.98 and true.");
        }

        if (score.True == 0)
        {
            yield break;
        }

        if (score.RightSide < 1)
        {
            yield return Say($"only {100 * score.RightSide:0.0} % of the detected events are on the right side.");
        }

        if (score.Holds.True > 0)
        {
            var (measured, real) = result.InSpasm;
            if (score.Holds.Named < score.Holds.True || Math.Abs(measured - real) > 0.1 * real)
            {
                yield return Say($"{score.Holds.Named} of {score.Holds.True} holds named tonic; share of time in spasm {100 * measured:0.0} %, truly {100 * real:0.0} %.");
            }
        }

        if (score.F1 < bar.F1 || score.FalsePerMinute > bar.FalsePerMinute || score.RecallFromGrade2 < bar.RecallFromGrade2)
        {
            yield return Say($"F1 {score.F1:0.000}, {score.FalsePerMinute:0.00} false a minute, recall from grade 2 {score.RecallFromGrade2:0.000}; wanted {bar.F1:0.00}, {bar.FalsePerMinute:0.0}, {bar.RecallFromGrade2:0.00}.");
        }
    }

    /// <summary>Drawn faces are judged face by face, over all their recordings with spasms; healthy movement over the whole folder.</summary>
    public static IEnumerable<string> TogetherFailures(IReadOnlyList<RecordingResult> results)
    {
        foreach (var face in results.Where(r => !r.Refused && r.Truth.Face.Length > 0 && r.Score.True > 0).GroupBy(r => r.Truth.Face))
        {
            int found = face.Sum(r => r.Score.FromGrade2.Found), real = face.Sum(r => r.Score.FromGrade2.True), wrong = face.Sum(r => r.Score.False);
            var f1 = 2.0 * found / (real + found + wrong);
            if (f1 < FaceF1)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{face.Key}: F1 {f1:0.000} for grade 2 and above; wanted {FaceF1:0.00}.");
            }
        }

        if (HealthyFalsePerMinute(results) is { } rate && rate > HealthyPerMinute)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Healthy movement: {rate:0.00} false events a minute; wanted {HealthyPerMinute:0.0}.");
        }
    }

    private static (double F1, double FalsePerMinute, double RecallFromGrade2)? Reference(RecordingResult result) => result.File switch
    {
        var name when name.StartsWith("graded_L_135s.far", StringComparison.Ordinal) => (0.75, double.PositiveInfinity, 0.0),
        var name when name.StartsWith("graded_L_135s", StringComparison.Ordinal) => (0.92, 0.5, 0.95),
        var name when name.StartsWith("graded_R_90s_face2", StringComparison.Ordinal) => (0.88, 1.0, 0.0),
        var name when name.StartsWith("tonic_L_16s", StringComparison.Ordinal) => (1.0, 0.0, 1.0),
        var name when name.StartsWith("stairs_L_15s", StringComparison.Ordinal) => (0.0, double.PositiveInfinity, 0.0),
        _ => null,
    };

    /// <summary>False events per minute over all recordings of healthy movement; null without any.</summary>
    public static double? HealthyFalsePerMinute(IReadOnlyList<RecordingResult> results)
    {
        var healthy = results.Where(r => r.Score.True == 0 && r.Stairs.Count == 0 && !r.Refused && r.Truth.Events.All(e => e.Kind != "hold")).ToList();
        return healthy.Count == 0 ? null : healthy.Sum(r => r.Score.Detected) / healthy.Sum(r => r.Score.Minutes);
    }
}
