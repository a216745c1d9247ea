using System.Globalization;
using Facialis.Anatomy;
using Facialis.Spasm.Report;
using Facialis.Spasm.Statistics;

namespace Facialis.Spasm.Comparison;

/// <summary>Compares two reports side by side, or says why they must not be compared.</summary>
internal static class RecordingComparer
{
    /// <summary>Amplitudes are under-read at low frame rates, so they are compared only between rates this alike.</summary>
    private const double FrameRateTolerance = 0.2;

    /// <summary>With fewer events a median amplitude says nothing.</summary>
    private const int LeastEventsForAmplitude = 3;

    public static RecordingComparison Compare(SpasmReport before, SpasmReport after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var obstacles = Obstacles(before, after).ToList();
        if (obstacles.Count > 0)
        {
            return new RecordingComparison { IsComparable = false, Reasons = obstacles, Sides = [] };
        }

        var limits = new List<string>();
        var amplitudes = AlikeInFrameRate(before, after);
        if (!amplitudes)
        {
            limits.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Amplitudes are not compared: {before.Recording.FramesPerSecond:0} and {after.Recording.FramesPerSecond:0} frames a second read short twitches differently."));
        }

        foreach (var (name, report) in new[] { ("first", before), ("second", after) })
        {
            if (report.Right.Events.Low is null)
            {
                limits.Add(string.Create(CultureInfo.InvariantCulture, $"The {name} recording has {report.Recording.UsableSeconds:0} s of usable rest: under 2 minutes a change is shown without an interval and cannot be told from chance."));
            }

            if (report.Quality.Grade != QualityGrade.Good)
            {
                limits.Add($"The {name} recording is of {report.Quality.Grade.ToString().ToLowerInvariant()} quality; small spasms may be missing in it.");
            }
        }

        return new RecordingComparison
        {
            IsComparable = true,
            Reasons = limits,
            Sides = [.. Sides.Both.Select(side => Change(before.Of(side), after.Of(side), amplitudes))],
        };
    }

    private static IEnumerable<string> Obstacles(SpasmReport before, SpasmReport after)
    {
        if (before.Verdict == Verdict.Refused)
        {
            yield return "The first recording was not measured.";
        }

        if (after.Verdict == Verdict.Refused)
        {
            yield return "The second recording was not measured.";
        }

        if (before.AlgorithmVersion != after.AlgorithmVersion)
        {
            yield return $"The recordings were measured by different versions ({before.AlgorithmVersion}, {after.AlgorithmVersion}): measure both again.";
        }

        if (before.Recording.Scheme != after.Recording.Scheme)
        {
            yield return $"The recordings hold different landmarks ({before.Recording.Scheme}, {after.Recording.Scheme}).";
        }

        if (!before.Recording.SideConfirmed)
        {
            yield return "Right and left are not confirmed in the first recording.";
        }

        if (!after.Recording.SideConfirmed)
        {
            yield return "Right and left are not confirmed in the second recording.";
        }
    }

    private static bool AlikeInFrameRate(SpasmReport before, SpasmReport after)
    {
        double a = before.Recording.FramesPerSecond, b = after.Recording.FramesPerSecond;
        return Math.Abs(a - b) <= FrameRateTolerance * Math.Max(a, b);
    }

    private static SideChange Change(SideMeasures before, SideMeasures after, bool amplitudes)
    {
        var ratio = Ratio(before.Events, after.Events);
        var answer = before.Events.Count + after.Events.Count == 0 ? ChangeAnswer.NoneInEither
            : ratio.High is { } high && high < 1 ? ChangeAnswer.Fewer
            : ratio.Low is { } low && low > 1 ? ChangeAnswer.More
            : ChangeAnswer.CannotTell;
        var enough = amplitudes && before.Events.Count >= LeastEventsForAmplitude && after.Events.Count >= LeastEventsForAmplitude;
        return new SideChange
        {
            Side = before.Side,
            Rate = ratio,
            InSpasmChange = after.InSpasm.Share - before.InSpasm.Share,
            MouthIodChange = enough ? after.MouthIod.Median - before.MouthIod.Median : null,
            LidClosureChange = enough ? after.LidClosure.Median - before.LidClosure.Median : null,
            Answer = answer,
            Sentence = Sentence(before, after, ratio, answer),
        };
    }

    // log((n2+0.5)/T2 / ((n1+0.5)/T1)) with the quasi-Poisson variance of each recording and a t quantile.
    private static RateRatio Ratio(Rate before, Rate after)
    {
        var ratio = (after.Count + 0.5) / after.Minutes / ((before.Count + 0.5) / before.Minutes);
        if (before.Dispersion is not { } first || after.Dispersion is not { } second)
        {
            return new RateRatio(ratio, null, null, 1);
        }

        // A count of zero or one shows no dispersion of its own: the other recording of the same person lends its.
        first = before.Count < 2 ? Math.Max(first, second) : first;
        second = after.Count < 2 ? Math.Max(first, second) : second;
        var variance = (first / (before.Count + 0.5)) + (second / (after.Count + 0.5));
        var reach = StudentT.Quantile975(Math.Min(RateInterval.Degrees(before), RateInterval.Degrees(after))) * Math.Sqrt(variance);
        return new RateRatio(ratio, ratio * Math.Exp(-reach), ratio * Math.Exp(reach), Math.Max(first, second));
    }

    private static string Sentence(SideMeasures before, SideMeasures after, RateRatio ratio, ChangeAnswer answer)
    {
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{before.Side.Word()} side: {before.Events.Count} events in {before.Events.Minutes:0.0} min, then {after.Events.Count} in {after.Events.Minutes:0.0} min");
        var interval = ratio.Low is { } low && ratio.High is { } high
            ? string.Create(CultureInfo.InvariantCulture, $" (rate ratio {ratio.Ratio:0.00}, 95 % interval {low:0.00} to {high:0.00})")
            : string.Create(CultureInfo.InvariantCulture, $" (rate ratio {ratio.Ratio:0.00}, no interval: too short)");
        return answer switch
        {
            ChangeAnswer.NoneInEither => $"{counts}: none in either recording.",
            ChangeAnswer.Fewer => $"{counts}{interval}: fewer than recording again would give by chance.",
            ChangeAnswer.More => $"{counts}{interval}: more than recording again would give by chance.",
            _ => $"{counts}{interval}: cannot be told from what recording again gives by chance.",
        };
    }
}
