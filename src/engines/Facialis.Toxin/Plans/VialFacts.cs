namespace Facialis.Toxin;

/// <summary>What a review needs to know of the vial that the plan is to be drawn from.</summary>
public sealed record VialFacts
{
    /// <summary>What is left in it; names the product.</summary>
    public required Dose Left { get; init; }

    /// <summary>Last day on which the lot may be used.</summary>
    public required DateOnly LotExpires { get; init; }

    /// <summary>What it was mixed to; null while not mixed.</summary>
    public Concentration? Strength { get; init; }

    /// <summary>When it was mixed; null while not mixed.</summary>
    public DateTimeOffset? MixedAt { get; init; }

    /// <summary>Last moment of use that was written on it when it was mixed; null where none was.</summary>
    public DateTimeOffset? UsableUntil { get; init; }

    /// <summary>True when some of it was given to another patient.</summary>
    public bool ServedAnotherPatient { get; init; }

    /// <summary>True when it was closed out: what is left was thrown away.</summary>
    public bool IsClosed { get; init; }
}
