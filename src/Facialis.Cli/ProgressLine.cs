using System.Globalization;

namespace Facialis.Cli;

/// <summary>One line on standard error that says how far a long work is; silent when it is quick or nobody watches.</summary>
/// <param name="terminal">Where.</param>
/// <param name="name">What is worked at.</param>
/// <param name="says">The line, given what was reported and the seconds gone by; as it stands, seconds of a recording.</param>
internal sealed class ProgressLine(Terminal terminal, string name, Func<double, double, string>? says = null) : IProgress<double>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly long _start = terminal.Clock.GetTimestamp();
    private long _latest;
    private int _width;

    public void Report(double value)
    {
        if (!terminal.ShowProgress || terminal.Clock.GetElapsedTime(_start) < Patience || (_latest != 0 && terminal.Clock.GetElapsedTime(_latest) < Patience / 4))
        {
            return;
        }

        _latest = terminal.Clock.GetTimestamp();
        var line = $"{name}: {(says ?? Recording)(value, terminal.Clock.GetElapsedTime(_start).TotalSeconds)}";
        _width = Math.Max(_width, line.Length);
        terminal.Error.Write('\r' + line.PadRight(_width));
    }

    private static string Recording(double value, double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{value / 60:0.0} min of recording read ({value / seconds:0} times real time)");

    public void Dispose()
    {
        if (_width > 0)
        {
            terminal.Error.Write('\r' + new string(' ', _width) + '\r');
        }
    }
}
