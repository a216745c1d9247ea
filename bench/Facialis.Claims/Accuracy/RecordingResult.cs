using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Recordings.Flm1;
using Facialis.Spasm;
using Facialis.Spasm.Report;

namespace Facialis.Claims.Accuracy;

/// <summary>One recording, measured and scored.</summary>
internal sealed record RecordingResult(string File, Truth Truth, SpasmReport Report, Score Score, IReadOnlyList<Stairs> Stairs)
{
    public bool Refused => Report.Verdict == Verdict.Refused;

    /// <summary>Share of time in spasm as measured, over all sides that truly have spasms, and as it truly was.</summary>
    public (double Measured, double True) InSpasm
    {
        get
        {
            var spasms = Truth.Spasms.ToList();
            var sides = spasms.Select(e => e.Side).OfType<Side>().Distinct();
            return (sides.Sum(s => Report.Of(s).InSpasm.Share), spasms.Sum(e => e.End - e.Start) / Truth.DurationSeconds);
        }
    }

    public static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder)
        .Where(f => f.EndsWith(".lm.gz", StringComparison.Ordinal) || f.EndsWith(".facerec", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static RecordingResult Measure(string file, Truth truth)
    {
        using var stream = System.IO.File.OpenRead(file);
        using var reader = Open(file, stream);
        var stairs = truth.Events.Any(e => e.Kind == "hold");
        var result = SpasmAnalysis.Run(reader, keepSignals: stairs);
        return new RecordingResult(
            Path.GetFileName(file), truth, result.Report, Score.Of(result.Report, truth),
            stairs && result.Report.Verdict != Verdict.Refused ? Accuracy.Stairs.Of(result.Signals!, truth) : []);
    }

    private static FaceRecordingReader Open(string file, Stream stream)
        => file.EndsWith(".facerec", StringComparison.Ordinal) ? new FacerecReader(stream) : new Flm1Reader(stream);
}
