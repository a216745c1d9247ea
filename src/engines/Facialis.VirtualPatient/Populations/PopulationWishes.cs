using Facialis.VirtualPatient.People;

namespace Facialis.VirtualPatient.Populations;

/// <summary>Who is to be treated in a population, and how closely it is looked at.</summary>
public sealed record PopulationWishes
{
    /// <summary>Number of people; above 0.</summary>
    public int People { get; init; } = 2000;

    /// <summary>Seed of the population.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Weeks looked at; above 0.</summary>
    public int Weeks { get; init; } = 16;

    /// <summary>Days from one look to the next; 1 to 7, and a part of 7.</summary>
    public int StepDays { get; init; } = 1;

    /// <summary>Error of the needle, mm SD along each axis; null for that of the model.</summary>
    public double? PlacementSdMm { get; init; }

    /// <summary>Somebody whom all of them are like in face and spasm, so that they differ in the answer to toxin only; null for everybody.</summary>
    public VirtualPerson? Like { get; init; }

    /// <summary>Most threads at work; null for as many as there are. The result is the same.</summary>
    public int? Threads { get; init; }
}
