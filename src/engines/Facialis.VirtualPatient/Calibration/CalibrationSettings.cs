namespace Facialis.VirtualPatient.Calibration;

/// <summary>How closely a calibration looks.</summary>
public sealed record CalibrationSettings
{
    /// <summary>People in the fits and in every comparison; above 0.</summary>
    public int People { get; init; } = 2000;

    /// <summary>People in the search and in the profiles; above 0.</summary>
    public int ProfilePeople { get; init; } = 250;

    /// <summary>Members of a generation of the search; 4 or more.</summary>
    public int Members { get; init; } = 35;

    /// <summary>Generations of the search.</summary>
    public int Generations { get; init; } = 12;

    /// <summary>Looks at the loss in a downhill search of all constants; a third of it with all people.</summary>
    public int Evaluations { get; init; } = 300;

    /// <summary>Steps from one limit of a profile to the other; above 0.</summary>
    public int GridSteps { get; init; } = 6;

    /// <summary>Looks at the loss at each step of a profile.</summary>
    public int ProfileEvaluations { get; init; } = 80;

    /// <summary>Seed of the search.</summary>
    public ulong Seed { get; init; } = 4;

    /// <summary>So coarse that it ends within seconds: for tests.</summary>
    public static CalibrationSettings Coarse { get; } = new()
    {
        People = 60,
        ProfilePeople = 40,
        Members = 6,
        Generations = 2,
        Evaluations = 30,
        GridSteps = 2,
        ProfileEvaluations = 10,
    };
}
