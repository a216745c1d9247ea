using System.Globalization;

namespace Facialis.Cli;

/// <summary>One line on standard error that says how far a long reading is; silent when it is quick or nobody watches.</summary>
internal sealed class ProgressLine(Terminal terminal, string name) : IProgress<double>, IDisposable
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
        var speed = value / terminal.Clock.GetElapsedTime(_start).TotalSeconds;
        var line = string.Create(CultureInfo.InvariantCulture, $"{name}: {value / 60:0.0} min of recording read ({speed:0} times real time)");
        _width = Math.Max(_width, line.Length);
        terminal.Error.Write('\r' + line.PadRight(_width));
    }

    public void Dispose()
    {
        if (_width > 0)
        {
            terminal.Error.Write('\r' + new string(' ', _width) + '\r');
        }
    }
}
