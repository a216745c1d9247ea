using Facialis.Anatomy.Recordings;

namespace Facialis.Anatomy.Synthesis;

/// <summary>Writes scripts of rest and of the guided protocol from a seed.</summary>
/// <remarks>
/// Durations and rates lie where the literature puts them: twitches of 60 to 350 ms that come in bursts, 0.3 to 25 a minute
/// (Osaki 2019), holds of half a second to some seconds, lids and mouth of one side together in the same frame (Auger 1979).
/// </remarks>
public static class SpasmScripts
{
    /// <summary>Quiet rest with spasms of one side, blinks, and now and then a word, a smile or a turn of the head.</summary>
    /// <param name="seed">Chooses times and sizes; the same seed gives the same script.</param>
    /// <param name="side">The patient's side that has the spasms.</param>
    /// <param name="ratePerMinute">Expected spasms per minute, 0 to 40; <see cref="FaceScript.Spasms"/> says how many were planted.</param>
    /// <param name="seconds">Length of the rest, seconds; above 0.</param>
    /// <param name="tonicShare">Share of spasms that are held, 0 to 1.</param>
    /// <param name="strength">Size of the spasms, 1 for strong ones (lids nearly shut, mouth 0.12 interocular distances), down to 0.</param>
    /// <param name="liveliness">Voluntary movement between: 1 for a minute's usual fidgeting, 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is outside its range.</exception>
    public static FaceScript RandomRest(
        long seed, Side side, double ratePerMinute, double seconds, double tonicShare = 0.15, double strength = 0.8, double liveliness = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ratePerMinute);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ratePerMinute, 40);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        var chance = new SeededChance(seed);
        var movements = new List<PlantedMovement>();
        Burst(chance, movements, side, ratePerMinute, seconds, tonicShare, strength);
        Fidget(chance, movements, seconds, liveliness);
        Blink(chance, movements, seconds);
        return new FaceScript
        {
            DurationSeconds = seconds,
            Movements = [.. movements.OrderBy(m => m.StartSeconds)],
            Marks = [new ProtocolMark(ProtocolPhase.Rest, 0, seconds)],
        };
    }

    /// <summary>A healthy face at rest: blinks, talking, smiles and turns, and no spasm.</summary>
    /// <param name="seed">Chooses times and sizes.</param>
    /// <param name="seconds">Length, seconds.</param>
    /// <param name="liveliness">Voluntary movement: 1 for a minute's usual fidgeting.</param>
    public static FaceScript Healthy(long seed, double seconds, double liveliness = 1) =>
        RandomRest(seed, Side.PatientRight, 0, seconds, liveliness: liveliness);

    /// <summary>The right-eye check, the given rest, and the tasks, as the guided protocol records them.</summary>
    /// <param name="rest">What happens at rest.</param>
    /// <param name="checkSide">False leaves the right-eye check out: the recording's side then stays unconfirmed.</param>
    /// <param name="tasks">False leaves the tasks out.</param>
    public static FaceScript Guided(FaceScript rest, bool checkSide = true, bool tasks = true)
    {
        var script = checkSide
            ? Task(ProtocolPhase.CloseRightEye, 5, Side.PatientRight, lids: 1).Then(rest)
            : rest;
        if (!tasks)
        {
            return script;
        }

        return script
            .Then(Task(ProtocolPhase.GentleClosure, 5, null, lids: 0.97))
            .Then(Task(ProtocolPhase.TightClosure, 5, null, lids: 1, brow: -0.03, mouth: 0.02))
            .Then(Task(ProtocolPhase.BrowLift, 5, null, brow: 0.12))
            .Then(Task(ProtocolPhase.Smile, 5, null, lids: 0.12, mouth: 0.16))
            .Then(Task(ProtocolPhase.Pucker, 5, null, pucker: 0.1));
    }

    private static FaceScript Task(
        ProtocolPhase phase, double seconds, Side? side, double lids = 0, double mouth = 0, double brow = 0, double pucker = 0) => new()
        {
            DurationSeconds = seconds + 1,
            Marks = [new ProtocolMark(phase, 0, seconds), new ProtocolMark(ProtocolPhase.Pause, seconds, seconds + 1)],
            Movements =
            [
                new PlantedMovement
                {
                    Kind = MovementKind.Task,
                    Side = side,
                    StartSeconds = 1,
                    DurationSeconds = seconds - 1.5,
                    LidClosure = lids,
                    MouthIod = mouth,
                    BrowIod = brow,
                    PuckerIod = pucker,
                },
            ],
        };

    private static void Burst(
        SeededChance chance, List<PlantedMovement> movements, Side side, double ratePerMinute, double seconds, double tonicShare, double strength)
    {
        if (ratePerMinute <= 0)
        {
            return;
        }

        const double meanPerBurst = 2.0;
        const double meanBurstSeconds = 1.4;
        var meanPause = Math.Max(0.4, (60 * meanPerBurst / ratePerMinute) - meanBurstSeconds);
        var time = chance.Exponential(meanPause) + 0.5;
        while (time < seconds - 4)
        {
            do
            {
                var tonic = chance.Next() < tonicShare;
                var duration = tonic ? chance.Between(0.8, 2.4) : chance.Between(0.1, 0.35);
                var size = strength * chance.Between(0.6, 1);
                movements.Add(new PlantedMovement
                {
                    Kind = tonic ? MovementKind.Tonic : MovementKind.Clonic,
                    Side = side,
                    StartSeconds = time,
                    DurationSeconds = duration,
                    LidClosure = Math.Min(1, 0.95 * size),
                    MouthIod = 0.12 * size,
                    BrowIod = chance.Next() < 0.4 ? 0.03 * size : 0,
                });
                time += duration + chance.Between(0.25, 0.7);
            }
            while (chance.Next() < 1 - (1 / meanPerBurst) && time < seconds - 4);

            time += 0.5 + chance.Exponential(meanPause);
        }
    }

    private static void Fidget(SeededChance chance, List<PlantedMovement> movements, double seconds, double liveliness)
    {
        var time = chance.Exponential(15) + 4;
        while (liveliness > 0 && time < seconds - 6)
        {
            var choice = chance.Next();
            var sign = chance.Next() < 0.5 ? -1 : 1;
            var movement = choice switch
            {
                < 0.35 => new PlantedMovement
                {
                    Kind = MovementKind.HeadTurn,
                    StartSeconds = time,
                    DurationSeconds = chance.Between(1.5, 3.5),
                    YawDegrees = sign * chance.Between(6, 14),
                    PitchDegrees = chance.Between(-5, 5),
                },
                < 0.65 => new PlantedMovement
                {
                    Kind = MovementKind.Smile,
                    StartSeconds = time,
                    DurationSeconds = chance.Between(1.2, 3),
                    MouthIod = chance.Between(0.05, 0.12),
                    LidClosure = chance.Between(0.05, 0.15),
                },
                _ => new PlantedMovement
                {
                    Kind = MovementKind.Talk,
                    StartSeconds = time,
                    DurationSeconds = chance.Between(1.5, 4),
                    JawIod = chance.Between(0.05, 0.12),
                    MouthIod = 0.02,
                    PuckerIod = 0.03,
                },
            };
            if (!Overlaps(movements, movement, 0.5))
            {
                movements.Add(movement);
            }

            time += movement.DurationSeconds + chance.Exponential(24 / liveliness);
        }
    }

    private static void Blink(SeededChance chance, List<PlantedMovement> movements, double seconds)
    {
        for (var time = chance.Between(1, 4); time < seconds - 1; time += 1 + chance.Exponential(3))
        {
            var blink = new PlantedMovement
            {
                Kind = MovementKind.Blink,
                StartSeconds = time,
                DurationSeconds = chance.Between(0.2, 0.34),
                LidClosure = chance.Between(0.85, 1),
                BrowIod = -0.006,
            };
            if (!Overlaps(movements.Where(m => m.IsSpasm), blink, 0.35))
            {
                movements.Add(blink);
            }
        }
    }

    private static bool Overlaps(IEnumerable<PlantedMovement> movements, PlantedMovement candidate, double marginSeconds) =>
        movements.Any(m => m.StartSeconds < candidate.EndSeconds + marginSeconds && candidate.StartSeconds < m.EndSeconds + marginSeconds);
}
