using System.Text.Json;
using Facialis.Anatomy;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Spread;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.Engines.Tests.VirtualPatient;

/// <summary>Spread, block and visible spasm against values of a reference written apart from this program (tests/fixtures/virtual-patient).</summary>
public sealed class KernelTests
{
    private const double Tolerance = 1e-10;

    /// <summary>The reference counts mm, so its face is one mm wide.</summary>
    private const double Mm = 1;

    private static readonly JsonElement Case = Load();
    private static readonly JsonElement Inputs = Case.GetProperty("inputs");
    private static readonly JsonElement Expected = Case.GetProperty("expected");
    private static readonly KernelConstants Kernel = Constants();
    private static readonly Deposit[] Deposits = [.. Inputs.GetProperty("sites").EnumerateArray().Select(SiteOf)];
    private static readonly double[] Days = [.. Inputs.GetProperty("days").EnumerateArray().Select(d => d.GetDouble())];

    [Fact]
    public void Every_exposure_of_the_reference_comes_out()
    {
        foreach (var muscle in Inputs.GetProperty("endplates").EnumerateObject())
        {
            Same(Values(Expected.GetProperty("exposure").GetProperty(muscle.Name)), Exposure(Points(muscle.Value), behindTarsus: false));
        }
    }

    [Fact]
    public void Every_exposure_behind_the_tarsus_comes_out()
    {
        foreach (var target in Inputs.GetProperty("offtarget").EnumerateObject())
        {
            var exposure = Exposure([Point(target.Value)], behindTarsus: true);
            Assert.Equal(Expected.GetProperty("offtarget_exposure").GetProperty(target.Name).GetDouble(), exposure[0], Tolerance);
        }
    }

    [Fact]
    public void Every_residual_force_and_improvement_comes_out()
    {
        var clock = new ToxinClock(Kernel.TauDays, Kernel.HalfLifeDays);
        var muscles = Inputs.GetProperty("endplates").EnumerateObject().ToList();
        var force = new double[Days.Length, muscles.Count];
        for (var m = 0; m < muscles.Count; m++)
        {
            var exposure = Exposure(Points(muscles[m].Value), behindTarsus: false);
            var powers = new double[exposure.Length];
            BlockCurve.Powers(Kernel, exposure, Kernel.D50, powers);
            for (var d = 0; d < Days.Length; d++)
            {
                var level = clock.LevelAt(Days[d]);
                var one = new double[1];
                BlockCurve.ResidualForce(Kernel, powers, BlockCurve.PowerOf(Kernel, level), one);
                force[d, m] = one[0];
                Assert.Equal(1 - exposure.Average(e => BlockCurve.BlockAt(Kernel, e * level, Kernel.D50)), force[d, m], Tolerance);
            }

            Same(Values(Expected.GetProperty("residual_force").GetProperty(muscles[m].Name)), [.. Enumerable.Range(0, Days.Length).Select(d => force[d, m])]);
        }

        double[] weights = [.. muscles.Select(m => Inputs.GetProperty("weights").GetProperty(m.Name).GetDouble())];
        var improvement = Days.Select((_, d) =>
            1 - VisibleSpasm.Severity(Kernel, [.. muscles.Select((_, m) => force[d, m])], weights));
        Same(Values(Expected.GetProperty("improvement")), [.. improvement]);
    }

    [Fact]
    public void The_reference_was_read_whole()
    {
        Assert.Equal("vp.kernel", Case.GetProperty("id").GetString());
        Assert.Equal(["exposure", "offtarget_exposure", "residual_force", "improvement"], Expected.EnumerateObject().Select(p => p.Name));
        Assert.Equal(6, Deposits.Length);
        Assert.Equal(13, Days.Length);
    }

    private static double[] Exposure(FacePosition[] points, bool behindTarsus)
    {
        var exposure = new double[points.Length];
        SpreadField.Expose(
            Kernel, Deposits, Side.PatientRight, [.. points.Select(p => p.LateralIpd)], [.. points.Select(p => p.DownIpd)], Mm, widthFactor: 1, behindTarsus,
            exposure);
        return exposure;
    }

    private static void Same(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private static Deposit SiteOf(JsonElement site) => new(
        Side.PatientRight,
        new FacePosition(site.GetProperty("x").GetDouble(), -site.GetProperty("y").GetDouble()),
        site.GetProperty("units").GetDouble(),
        site.GetProperty("ml").GetDouble(),
        site.GetProperty("plane").GetString() == "pretarsal" ? TissuePlane.Pretarsal : TissuePlane.Open);

    private static FacePosition[] Points(JsonElement list) => [.. list.EnumerateArray().Select(Point)];

    // The reference's y points up.
    private static FacePosition Point(JsonElement pair) => new(pair[0].GetDouble(), -pair[1].GetDouble());

    private static double[] Values(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    private static KernelConstants Constants()
    {
        var p = Inputs.GetProperty("params");
        double Of(string name) => p.GetProperty(name).GetDouble();
        return new KernelConstants(
            Of("sigma0"), Of("sigmaV"), Of("tarsal"), Of("D50"), Of("h"), Of("tau"), Of("half"), Of("Bmax"), Of("r0"), Of("gamma"), VoluntaryPower: 0.7);
    }

    private static JsonElement Load()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tests", "fixtures")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("tests/fixtures");
        }

        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "tests", "fixtures", "virtual-patient", "kernel.json")));
        return document.RootElement[0].Clone();
    }
}
