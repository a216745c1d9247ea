using Facialis.Anatomy;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Spasm;
using Facialis.Spasm.Report;

namespace Facialis.Engines.Tests.Spasm;

/// <summary>A guard on the recordings of filmed faces; the figures in full come from claims/measure-accuracy.</summary>
public sealed class ReferenceRecordingTests
{
    [Fact]
    public void Trains_and_holds_are_told_apart()
    {
        var report = Measure("tonic_L_16s.attention");
        Assert.Equal(13, report.Events.Count);
        Assert.All(report.Events, e => Assert.Equal(Side.PatientLeft, e.Side));
        Assert.Equal(2, report.Left.TonicCount);
        Assert.InRange(report.Left.InSpasm.Share, 0.9 * 0.291, 1.1 * 0.291);
    }

    [Fact]
    public void Of_sixty_graded_spasms_most_are_found_and_all_on_their_side()
    {
        var report = Measure("graded_L_135s.attention");
        Assert.InRange(report.Left.Events.Count, 52, 62);
        Assert.Equal(0, report.Right.Events.Count);
        Assert.Equal(AffectedSide.Left, report.Affected.Answer);
        Assert.InRange(report.Blinks.Rate.Count, 18, 22);
    }

    [Fact]
    public void The_unrefined_model_is_refused() => Assert.Equal(Verdict.Refused, Measure("graded_L_135s.plain468").Verdict);

    private static SpasmReport Measure(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tests", "recordings")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("tests/recordings");
        }

        using var stream = File.OpenRead(Path.Combine(folder.FullName, "tests", "recordings", name + ".facerec"));
        using var reader = new FacerecReader(stream);
        return SpasmAnalysis.Run(reader).Report;
    }
}
