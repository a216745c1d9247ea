using Facialis.Claims.Accuracy;

namespace Facialis.Claims;

/// <summary>Measures a folder of recordings whose truth is known and holds the results against the bars.</summary>
internal static class MeasureAccuracy
{
    public static Claim Claim { get; } = new(
        "measure-accuracy",
        "Spasms are found, on the right side, and healthy movement is not taken for them.",
        Holds);

    private static bool Holds(string[] arguments)
    {
        var json = arguments.Contains("--json");
        var details = arguments.Contains("--details");
        var folder = arguments.FirstOrDefault(a => !a.StartsWith("--", StringComparison.Ordinal)) ?? Path.Combine(Repository.Root, "tests", "recordings");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"There is no folder {folder}.");
            return false;
        }

        var results = new List<RecordingResult>();
        foreach (var file in RecordingResult.FilesIn(folder))
        {
            if (Truth.Beside(file) is not { } truth)
            {
                Console.Error.WriteLine($"{Path.GetFileName(file)}: no truth file beside it, left out.");
                continue;
            }

            results.Add(RecordingResult.Measure(file, Truth.Read(truth)));
        }

        if (results.Count == 0)
        {
            Console.Error.WriteLine($"No recording with a truth file in {folder}.");
            return false;
        }

        if (json)
        {
            AccuracyJson.Write(results, Console.Out);
        }
        else
        {
            var report = AccuracyReport.Markdown(results);
            Console.WriteLine(AccuracyReport.Table(results, details));
            AccuracyPage.WriteRecordings(report);
        }

        var failures = results.SelectMany(Bars.Failures).Concat(Bars.TogetherFailures(results)).ToList();
        foreach (var failure in failures)
        {
            Console.Error.WriteLine(failure);
        }

        if (!json)
        {
            Console.WriteLine(AccuracyReport.LastLine(results, failures.Count));
        }

        return failures.Count == 0;
    }
}
