using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.SpasmDrive;

/// <summary>Plays a script to the muscles of one side, 240 steps a second, forwards.</summary>
internal sealed class DriveSampler
{
    public const int StepsPerSecond = 240;
    private const double StepSeconds = 1.0 / StepsPerSecond;

    private readonly List<(double Seconds, int Muscle, double Size)> _twitches;
    private readonly DriveScript _script;
    private readonly TwitchFilter _filter;
    private readonly double[] _delays;
    private int _nextTwitch;
    private int _hold;

    /// <summary>Prepares a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="muscles">Number of muscles.</param>
    /// <param name="jitterSeed">Seed of the delays between muscles; null for none.</param>
    /// <param name="recording">Which recording.</param>
    /// <param name="parameters">The model.</param>
    public DriveSampler(DriveScript script, int muscles, ulong? jitterSeed, ulong recording, ModelParameters parameters)
    {
        _script = script;
        _filter = new TwitchFilter(muscles, parameters["twitchTime"], StepSeconds);
        _delays = new double[muscles];
        _twitches = new(script.Twitches.Count * muscles);
        // Its own draws, so that the delays do not change when the nerve fires.
        var draws = Draws.Of(jitterSeed ?? 0, ChancePurpose.Drive, recording ^ 0x4000_0000_0000_0000);
        var most = jitterSeed is null ? 0 : parameters["muscleDelay"];
        foreach (var twitch in script.Twitches)
        {
            for (var m = 0; m < muscles; m++)
            {
                _twitches.Add((twitch.Seconds + most + draws.Between(-most, most), m, twitch.Size));
            }
        }

        for (var m = 0; m < muscles; m++)
        {
            _delays[m] = most + draws.Between(-most, most);
        }

        _twitches.Sort((a, b) => a.Seconds.CompareTo(b.Seconds));
        while (_hold < script.Contractions.Count && script.Contractions[_hold].Kind != ContractionKind.Hold)
        {
            _hold++;
        }
    }

    /// <summary>Steps played so far.</summary>
    public long Steps { get; private set; }

    /// <summary>True where nothing moves.</summary>
    public bool IsStill => _filter.IsStill;

    /// <summary>Response of each muscle in usual twitches, at the step reached.</summary>
    public ReadOnlySpan<double> Response => _filter.Response;

    /// <summary>Goes one step on.</summary>
    public void Step()
    {
        _filter.Step();
        Steps++;
        var now = Steps * StepSeconds;
        while (_nextTwitch < _twitches.Count && _twitches[_nextTwitch].Seconds <= now)
        {
            var (seconds, muscle, size) = _twitches[_nextTwitch++];
            _filter.Twitch(muscle, size, now - seconds);
        }

        if (_hold < _script.Contractions.Count && _script.Contractions[_hold].StartSeconds <= now)
        {
            PlayHold(_script.Contractions[_hold], now);
        }
    }

    private void PlayHold(Contraction hold, double now)
    {
        var over = true;
        for (var m = 0; m < _delays.Length; m++)
        {
            var since = now - hold.StartSeconds - _delays[m];
            if (since > 0 && now < hold.EndSeconds + _delays[m])
            {
                // A held spasm trembles a little.
                _filter.Hold(m, hold.Drive * (1 + (0.08 * Math.Sin(Math.Tau * 6 * since))));
            }

            over &= now >= hold.EndSeconds + _delays[m];
        }

        if (over)
        {
            do
            {
                _hold++;
            }
            while (_hold < _script.Contractions.Count && _script.Contractions[_hold].Kind != ContractionKind.Hold);
        }
    }
}
