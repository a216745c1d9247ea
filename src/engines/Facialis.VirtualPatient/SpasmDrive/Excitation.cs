using Facialis.VirtualPatient.Arithmetic;

namespace Facialis.VirtualPatient.SpasmDrive;

/// <summary>How much faster the clock of quiet times runs: up by a step at each trigger, then back with a decay.</summary>
internal sealed class Excitation
{
    private readonly IReadOnlyList<DriveTrigger> _triggers;
    private readonly double _decaySeconds;
    private int _next;
    private double _level;
    private double _at;

    public Excitation(IReadOnlyList<DriveTrigger> triggers, double decaySeconds)
    {
        (_triggers, _decaySeconds) = ([.. triggers.OrderBy(t => t.Seconds)], decaySeconds);
    }

    /// <summary>Speed at a time; asked forwards.</summary>
    public double SpeedAt(double seconds)
    {
        while (_next < _triggers.Count && _triggers[_next].Seconds <= seconds)
        {
            Decay(_triggers[_next].Seconds);
            _level += _triggers[_next++].Strength;
        }

        Decay(seconds);
        return 1 + _level;
    }

    /// <summary>Mean speed over a recording.</summary>
    public double MeanSpeed(double seconds)
    {
        var sum = 0.0;
        foreach (var trigger in _triggers)
        {
            if (trigger.Seconds < seconds)
            {
                sum += trigger.Strength * _decaySeconds * (1 - PortableMath.Exp(-(seconds - Math.Max(0, trigger.Seconds)) / _decaySeconds));
            }
        }

        return 1 + (sum / seconds);
    }

    // A linear step is exact enough over a 240th of a second, and cheap.
    private void Decay(double seconds)
    {
        var passed = seconds - _at;
        _level *= passed < 0.05 ? 1 - (passed / _decaySeconds) : PortableMath.Exp(-passed / _decaySeconds);
        _at = seconds;
    }
}
