using Facialis.Anatomy.Recordings;

namespace Facialis.Anatomy.Synthesis;

/// <summary>What a generated face does, and when: the truth behind a generated recording.</summary>
public sealed record FaceScript
{
    /// <summary>Length of the recording, seconds; above 0.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Everything that moves, in the order in which it begins.</summary>
    public IReadOnlyList<PlantedMovement> Movements { get; init; } = [];

    /// <summary>The phases of the protocol.</summary>
    public IReadOnlyList<ProtocolMark> Marks { get; init; } = [];

    /// <summary>The planted spasms, in the order in which they begin.</summary>
    public IEnumerable<PlantedMovement> Spasms => Movements.Where(movement => movement.IsSpasm);

    /// <summary>A face that does nothing at all.</summary>
    /// <param name="seconds">Length, seconds.</param>
    public static FaceScript Still(double seconds) => new()
    {
        DurationSeconds = seconds,
        Marks = [new ProtocolMark(ProtocolPhase.Rest, 0, seconds)],
    };

    /// <summary>The same script with right and left exchanged.</summary>
    public FaceScript Mirrored() => this with
    {
        Movements = [.. Movements.Select(m => m with { Side = m.Side?.Opposite(), YawDegrees = -m.YawDegrees })],
    };

    /// <summary>This script and, after it, another one.</summary>
    public FaceScript Then(FaceScript next) => new()
    {
        DurationSeconds = DurationSeconds + next.DurationSeconds,
        Movements = [.. Movements, .. next.Movements.Select(m => m with { StartSeconds = m.StartSeconds + DurationSeconds })],
        Marks = [.. Marks, .. next.Marks.Select(m => m with { StartSeconds = m.StartSeconds + DurationSeconds, EndSeconds = m.EndSeconds + DurationSeconds })],
    };
}
