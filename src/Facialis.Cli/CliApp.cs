using System.CommandLine;
using System.Text;
using Facialis.Anatomy.Recordings;

namespace Facialis.Cli;

/// <summary>The <c>facialis</c> command line, apart from the process that it runs in.</summary>
public static class CliApp
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">As given on the command line.</param>
    /// <param name="stdin">Read where a file is named <c>-</c>.</param>
    /// <param name="stdout">Results, UTF-8.</param>
    /// <param name="stderr">Progress and refusals.</param>
    /// <param name="clock">For new ids and for progress.</param>
    /// <param name="showProgress">Whether somebody watches <paramref name="stderr"/>.</param>
    /// <param name="cancel">Stops the command.</param>
    /// <returns>An exit code as docs/cli.md lists them.</returns>
    public static async Task<int> RunAsync(
        string[] args, Stream stdin, Stream stdout, TextWriter stderr, TimeProvider? clock = null, bool showProgress = false, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(stderr);
        clock ??= TimeProvider.System;
        await using var output = new StreamWriter(stdout, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var terminal = new Terminal(stdin, stdout, output, stderr, clock, showProgress);
        var root = new RootCommand("Measures hemifacial spasm in landmark recordings. It measures movement; it does not diagnose.")
        {
            MeasureCommand.Build(terminal),
            CompareCommand.Build(terminal),
            RecordCommand.Build(terminal),
            SimulateCommand.Build(terminal),
            CalibrateCommand.Build(terminal),
            AuditCommand.Build(terminal),
            BackupCommand.Build(terminal),
            BackupCommand.BuildRestore(terminal),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await stderr.WriteLineAsync(error.Message);
            }

            await stderr.WriteLineAsync("Run with --help to see what can be asked.");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = stderr, EnableDefaultExceptionHandler = false }, cancel);
        }
        catch (UsageException usage)
        {
            await stderr.WriteLineAsync(usage.Message);
            return ExitCode.Usage;
        }
        catch (Exception failure) when (failure is RecordingFormatException or IOException or UnauthorizedAccessException)
        {
            await stderr.WriteLineAsync(failure.Message);
            return ExitCode.File;
        }
        catch (OperationCanceledException)
        {
            await stderr.WriteLineAsync("Stopped.");
            return ExitCode.Cancelled;
        }
    }
}

/// <summary>What a command may touch besides files.</summary>
internal sealed record Terminal(Stream Input, Stream RawOutput, TextWriter Out, TextWriter Error, TimeProvider Clock, bool ShowProgress);

/// <summary>The command makes no sense; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
