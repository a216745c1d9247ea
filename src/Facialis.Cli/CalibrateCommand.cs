using System.CommandLine;
using System.Globalization;
using Facialis.VirtualPatient.Calibration;

namespace Facialis.Cli;

/// <summary><c>facialis calibrate</c>: repeats the calibration of the teaching model and says what it cannot know.</summary>
internal static class CalibrateCommand
{
    private const string Page = "docs/virtual-patient.md";

    public static Command Build(Terminal terminal)
    {
        var target = new Option<string?>("--out") { Description = $"The page whose tables are to be written, such as {Page}. Without it they are printed." };
        var check = new Option<bool>("--check") { Description = $"Writes nothing; says whether the tables of --out (otherwise {Page}) are what comes out today." };
        var coarse = new Option<bool>("--coarse") { Description = "A few seconds instead of minutes: to see that it runs. Never for the page." };
        var command = new Command("calibrate", $"Repeats the calibration of the virtual patient: {CalibrationPage.Label}. The shipped constants stay.") { target, check, coarse };
        command.SetAction((parsed, cancel) =>
        {
            var (path, isCheck, isCoarse) = (parsed.GetValue(target), parsed.GetValue(check), parsed.GetValue(coarse));
            if (isCoarse && (isCheck || path is not null))
            {
                throw new UsageException("Coarse tables are only printed.");
            }

            path ??= isCheck ? Page : null;
            var page = path is null ? "" : ReadWithMarks(path);
            string written;
            using (var line = new ProgressLine(terminal, "calibrate", (done, seconds) => string.Create(CultureInfo.InvariantCulture, $"{done:0%} done, {seconds:0} s")))
            {
                written = CalibrationPage.Write(CalibrationStudy.Run(isCoarse ? CalibrationSettings.Coarse : null, progress: line, cancel: cancel));
            }

            return Task.FromResult(path is null ? Print(terminal, written) : isCheck ? Check(terminal, path, page, written) : Write(terminal, path, page, written));
        });
        return command;
    }

    // Before the work of minutes, so that a wrong file is told at once.
    private static string ReadWithMarks(string path)
    {
        var page = File.ReadAllText(path);
        try
        {
            CalibrationPage.Place(page, "");
            return page;
        }
        catch (FormatException missing)
        {
            throw new UsageException($"{path}: {missing.Message}");
        }
    }

    private static int Print(Terminal terminal, string written)
    {
        terminal.Out.Write(written);
        return ExitCode.Done;
    }

    private static int Check(Terminal terminal, string path, string page, string written)
    {
        var isSame = CalibrationPage.Place(page, written) == page;
        terminal.Out.WriteLine(isSame ? $"{path} holds what the calibration gives." : $"{path} does not hold what the calibration gives: write it again with --out {path}.");
        return isSame ? ExitCode.Done : ExitCode.Refused;
    }

    private static int Write(Terminal terminal, string path, string page, string written)
    {
        File.WriteAllText(path, CalibrationPage.Place(page, written));
        terminal.Out.WriteLine($"{path} written. {char.ToUpperInvariant(CalibrationPage.Label[0])}{CalibrationPage.Label[1..]}.");
        return ExitCode.Done;
    }
}
