using System.CommandLine;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Recordings.Import;

namespace Facialis.Cli;

/// <summary><c>facialis record import | export | info</c></summary>
internal static class RecordCommand
{
    public static Command Build(Terminal terminal) => new("record", "Convert recordings and look into them.")
    {
        Conversion(terminal, "import", "OUT.facerec", "Read any recording and write it as .facerec.", (recording, target) => FacerecWriter.Copy(recording, target)),
        Conversion(terminal, "export", "OUT.csv", "Read any recording and write it as CSV.", WideCsvWriter.Write),
        Info(terminal),
    };

    private static Command Conversion(Terminal terminal, string name, string outName, string description, Func<FaceRecordingReader, Stream, int> convert)
    {
        var from = new Argument<string>("IN") { Description = "A recording; - reads standard input." };
        var to = new Argument<string>(outName) { Description = "The file to write; - writes to standard output." };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists." };
        var compact = new Option<bool>("--compact") { Description = "Keep only the landmarks that measuring and drawing need." };
        var input = new RecordingInput();
        var command = new Command(name, description) { from, to, force, compact };
        input.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var (source, target) = (parsed.GetRequiredValue(from), parsed.GetRequiredValue(to));
            if (target != "-" && File.Exists(target) && !parsed.GetValue(force))
            {
                throw new UsageException($"{target} exists already; give --force to replace it.");
            }

            using var recording = RecordingInput.Open(source, input.Read(parsed, terminal.Clock), terminal);
            using var selected = parsed.GetValue(compact) ? new CompactReader(recording) : null;
            var frames = Convert(selected ?? recording, source, target, convert, terminal, cancel);
            if (recording is FacerecReader { Damage: { } damage })
            {
                terminal.Error.WriteLine($"{source}: {damage} What came before was kept.");
            }

            terminal.Error.WriteLine($"{frames} frames written.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static int Convert(
        FaceRecordingReader recording, string source, string target, Func<FaceRecordingReader, Stream, int> convert, Terminal terminal, CancellationToken cancel)
    {
        using var watched = new WatchedReader(recording, new ProgressLine(terminal, source), cancel);
        try
        {
            if (target == "-")
            {
                return convert(watched, terminal.RawOutput);
            }

            // Written beside the target and moved there when whole, so that a failure leaves neither half a file nor a lost one.
            var unfinished = target + ".unfinished";
            try
            {
                int frames;
                using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
                {
                    frames = convert(watched, file);
                }

                File.Move(unfinished, target, overwrite: true);
                return frames;
            }
            finally
            {
                File.Delete(unfinished);
            }
        }
        catch (RecordingFormatException failure)
        {
            throw RecordingInput.Named(source, failure);
        }
    }

    private static Command Info(Terminal terminal)
    {
        var path = new Argument<string>("FILE") { Description = "A recording; - reads standard input." };
        var json = new Option<bool>("--json") { Description = "One line of JSON." };
        var input = new RecordingInput();
        var command = new Command("info", "Say what a recording holds, and whether it is whole.") { path, json };
        input.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var file = parsed.GetRequiredValue(path);
            using var recording = RecordingInput.Open(file, input.Read(parsed, terminal.Clock) with { Salvage = true }, terminal);
            using var watched = new WatchedReader(recording, new ProgressLine(terminal, file), cancel);
            RecordingInfo info;
            try
            {
                info = RecordingInfo.Read(file, watched, recording);
            }
            catch (RecordingFormatException failure)
            {
                throw RecordingInput.Named(file, failure);
            }

            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(ReportJson.Line(info));
            }
            else
            {
                info.Write(terminal.Out);
            }

            return Task.FromResult(info.Damage is null ? ExitCode.Done : ExitCode.File);
        });
        return command;
    }
}
