using System.CommandLine;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Import;
using Facialis.Spasm;
using Facialis.Spasm.Report;

namespace Facialis.Cli;

/// <summary><c>facialis measure FILE...</c></summary>
internal static class MeasureCommand
{
    public static Command Build(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "Recordings; - reads standard input.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each file: the whole report." };
        var csv = new Option<bool>("--csv") { Description = "A table of the events in CSV." };
        var input = new RecordingInput();
        var command = new Command("measure", "Measure spasm in recordings, per side.") { files, json, csv };
        input.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var paths = parsed.GetRequiredValue(files);
            if (parsed.GetValue(json) && parsed.GetValue(csv))
            {
                throw new UsageException("Ask for --json or for --csv, not for both.");
            }

            if (paths.Count(path => path == "-") > 1)
            {
                throw new UsageException("Standard input (-) can be read only once.");
            }

            var write = parsed.GetValue(json) ? Json(terminal) : parsed.GetValue(csv) ? Csv(terminal) : Text(terminal);
            return Task.FromResult(Run(paths, input.Read(parsed, terminal.Clock), write, terminal, cancel));
        });
        return command;
    }

    /// <summary>Measures one file.</summary>
    public static SpasmReport Measure(string path, ImportOptions options, Terminal terminal, CancellationToken cancel)
    {
        using var recording = RecordingInput.Open(path, options, terminal);
        using var progress = new ProgressLine(terminal, path);
        try
        {
            return SpasmAnalysis.Run(recording, keepSignals: false, progress, cancel).Report;
        }
        catch (RecordingFormatException failure)
        {
            throw RecordingInput.Named(path, failure);
        }
    }

    private static int Run(string[] paths, ImportOptions options, Action<string, SpasmReport?, string?> write, Terminal terminal, CancellationToken cancel)
    {
        var worst = ExitCode.Done;
        foreach (var path in paths)
        {
            try
            {
                var report = Measure(path, options, terminal, cancel);
                write(path, report, null);
                worst = Math.Max(worst, report.Verdict == Verdict.Refused ? ExitCode.Refused : ExitCode.Done);
            }
            catch (RecordingFormatException failure) // the other files are measured all the same
            {
                terminal.Error.WriteLine(failure.Message);
                write(path, null, failure.Message);
                worst = ExitCode.File;
            }
        }

        return worst;
    }

    private static Action<string, SpasmReport?, string?> Json(Terminal terminal) => (path, report, error) =>
        terminal.Out.WriteLine(report is not null ? ReportJson.Line(new { file = path, report }) : ReportJson.Line(new { file = path, error }));

    private static Action<string, SpasmReport?, string?> Csv(Terminal terminal)
    {
        terminal.Out.WriteLine(EventCsv.Header);
        return (path, report, _) =>
        {
            foreach (var spasm in report?.Events ?? [])
            {
                terminal.Out.WriteLine(EventCsv.Row(path, spasm));
            }
        };
    }

    private static Action<string, SpasmReport?, string?> Text(Terminal terminal)
    {
        var first = true;
        return (path, report, _) =>
        {
            if (report is not null)
            {
                terminal.Out.Write(first ? "" : "\n");
                ReportText.Write(terminal.Out, path, report);
                first = false;
            }
        };
    }
}
