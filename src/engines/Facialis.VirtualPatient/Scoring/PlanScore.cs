namespace Facialis.VirtualPatient.Scoring;

/// <summary>How good a plan is in the model, set against no treatment (0) and the best permitted plan found (100).</summary>
/// <remarks>One of four scores that are never blended: safety, outcome, precision and reasoning. The outcome cannot grade millimetres.</remarks>
public sealed record PlanScore
{
    /// <summary>Version and hash of the model.</summary>
    public required string ModelStamp { get; init; }

    /// <summary>Seed of the people that were treated.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of people: the same ones for every plan.</summary>
    public required int People { get; init; }

    /// <summary>100 (U - U of nothing) / (U of the best - U of nothing); below 0 where the plan is worse than nothing.</summary>
    public required double Skill { get; init; }

    /// <summary>Standard error of the skill by resampling people.</summary>
    public required double StandardError { get; init; }

    /// <summary>The plan.</summary>
    public required PlanWorth Plan { get; init; }

    /// <summary>The best permitted plan found.</summary>
    public required PlanWorth Best { get; init; }
}

/// <summary>What a plan is worth on average.</summary>
/// <param name="Doses">Units by site; of a plan with points off the usual places the nearest site.</param>
/// <param name="Units">Units in all.</param>
/// <param name="Benefit">100 times the improvement averaged over the weeks, points.</param>
/// <param name="Ptosis">Probability of a drooping lid.</param>
/// <param name="Diplopia">Probability of double vision.</param>
/// <param name="Mouth">Probability of a weak lower face.</param>
/// <param name="Utility">Benefit less losses and price, points.</param>
public sealed record PlanWorth(
    IReadOnlyList<SiteUnits> Doses, double Units, double Benefit, double Ptosis, double Diplopia, double Mouth, double Utility);

/// <summary>Units at a site.</summary>
/// <param name="SiteId">Site, an id of the face atlas.</param>
/// <param name="Units">Units of the model's product.</param>
public sealed record SiteUnits(string SiteId, double Units);
