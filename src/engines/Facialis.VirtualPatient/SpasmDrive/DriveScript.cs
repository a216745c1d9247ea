using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;

namespace Facialis.VirtualPatient.SpasmDrive;

/// <summary>When the nerve fires: a semi-Markov chain of quiet, twitch, train and hold, hastened by what the face does on purpose.</summary>
/// <remarks>
/// Toxin weakens muscles and leaves the drive alone, so the script does not know of it. A quiet time is log-normal on a clock that runs faster
/// after a blink, a word or a smile and slows down again within seconds; the clock is set so that the person's rate comes out.
/// </remarks>
public sealed class DriveScript
{
    private const double StepSeconds = 1.0 / 240;

    /// <summary>A pause no longer than those within a slow train belongs to a train.</summary>
    private const double ShortestQuiet = 0.25;

    private DriveScript(IReadOnlyList<Contraction> contractions, IReadOnlyList<Twitch> twitches) => (Contractions, Twitches) = (contractions, twitches);

    /// <summary>The firings in their order.</summary>
    public IReadOnlyList<Contraction> Contractions { get; }

    /// <summary>All twitches of all firings in their order.</summary>
    public IReadOnlyList<Twitch> Twitches { get; }

    /// <summary>Nothing fires.</summary>
    public static DriveScript Silent { get; } = new([], []);

    /// <summary>Writes a script.</summary>
    /// <param name="habit">How the spasm behaves.</param>
    /// <param name="seconds">Length, seconds; above 0.</param>
    /// <param name="triggers">What hastens the spasm: times in order, each with how much.</param>
    /// <param name="seed">Seed of the person.</param>
    /// <param name="recording">Which recording of that person.</param>
    /// <param name="rateFactor">Rate over the person's own; above 0.</param>
    /// <param name="parameters">The model.</param>
    public static DriveScript Write(
        SpasmHabit habit, double seconds, IReadOnlyList<DriveTrigger> triggers, ulong seed, ulong recording, double rateFactor, ModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(habit);
        ArgumentNullException.ThrowIfNull(triggers);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateFactor);
        var draws = Draws.Of(seed, ChancePurpose.Drive, recording);
        var excitation = new Excitation(triggers, parameters["excitationDecay"]);
        var makes = new Firing(habit, parameters);
        var cycle = 60 / (habit.PerMinute * rateFactor);
        var quiet = Math.Max(ShortestQuiet, cycle - makes.MeanSeconds) * excitation.MeanSpeed(seconds);
        var spread = parameters["quietSpread"];
        var median = quiet * PortableMath.Exp(-spread * spread / 2);
        List<Contraction> contractions = [];
        List<Twitch> twitches = [];
        // The recording begins somewhere within a quiet time.
        var wait = draws.LogNormal(median, spread) * draws.Uniform();
        for (var step = 0L; step * StepSeconds < seconds; step++)
        {
            var now = step * StepSeconds;
            wait -= StepSeconds * excitation.SpeedAt(now);
            if (wait > 0)
            {
                continue;
            }

            var contraction = makes.Fire(ref draws, now, seconds, twitches);
            contractions.Add(contraction);
            step = Math.Max(step, (long)(contraction.EndSeconds / StepSeconds));
            wait = Math.Max(ShortestQuiet, draws.LogNormal(median, spread));
        }

        return new DriveScript(contractions, twitches);
    }
}

/// <summary>Something that hastens the spasm.</summary>
/// <param name="Seconds">When.</param>
/// <param name="Strength">How much: 1 doubles the speed at that moment.</param>
public readonly record struct DriveTrigger(double Seconds, double Strength);
