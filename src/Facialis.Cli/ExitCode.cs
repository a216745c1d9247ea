namespace Facialis.Cli;

/// <summary>What the command line answers to whoever called it; docs/cli.md lists the same.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The files were read, but a recording could not be measured, two could not be compared, an audit log is not whole, a backup does not belong there, or a page does not hold today's calibration; the output says why.</summary>
    public const int Refused = 1;

    /// <summary>The command itself makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>A file is missing, cannot be read or written, or is not the recording it should be.</summary>
    public const int File = 3;

    /// <summary>Stopped by Ctrl+C, as shells count it.</summary>
    public const int Cancelled = 130;
}
