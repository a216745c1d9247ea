using Facialis.Cli;
using Facialis.VirtualPatient.Calibration;

namespace Facialis.Engines.Tests.Cli;

public sealed class CalibrateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("facialis-calibrate").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_coarse_calibration_is_printed_and_says_what_it_is()
    {
        var (code, output, _) = await Run("calibrate", "--coarse");

        Assert.Equal(0, code);
        Assert.StartsWith("Model ", output, StringComparison.Ordinal);
        Assert.Contains(CalibrationPage.Label, output, StringComparison.Ordinal);
        Assert.Contains("Studies kept back", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_marks_is_left_alone_and_told_at_once()
    {
        var page = Path.Combine(_folder, "page.md");
        await File.WriteAllTextAsync(page, "# Mine\n", TestContext.Current.CancellationToken);

        var (code, _, errors) = await Run("calibrate", "--out", page);

        Assert.Equal(2, code);
        Assert.Contains("has no part between", errors, StringComparison.Ordinal);
        Assert.Equal("# Mine\n", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
        Assert.Equal(3, (await Run("calibrate", "--check", "--out", Path.Combine(_folder, "none.md"))).Code);
        Assert.Equal(2, (await Run("calibrate", "--coarse", "--out", page)).Code);
    }

    [Fact]
    public void What_is_outside_of_the_marks_stays()
    {
        var page = $"before\n{CalibrationPage.Begin}\nold\n{CalibrationPage.End}\nafter\n";

        var placed = CalibrationPage.Place(page, "new\n");

        Assert.Equal($"before\n{CalibrationPage.Begin}\n\nnew\n\n{CalibrationPage.End}\nafter\n", placed);
        Assert.Equal(placed, CalibrationPage.Place(placed, "new\n"));
    }

    private static async Task<(int Code, string Output, string Errors)> Run(params string[] args)
    {
        using var output = new MemoryStream();
        var errors = new StringWriter();
        var code = await CliApp.RunAsync(args, Stream.Null, output, errors, cancel: TestContext.Current.CancellationToken);
        return (code, System.Text.Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
