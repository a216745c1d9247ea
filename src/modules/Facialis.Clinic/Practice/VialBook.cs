namespace Facialis.Clinic.Practice;

/// <summary>One vial's books: its own sums, and what the movements say, shared into parts with a month and a cost. Pure arithmetic.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Id">The vial.</param>
/// <param name="Nominal">Hundredths of a unit that it held.</param>
/// <param name="CostCents">What it cost; null where not said.</param>
/// <param name="MixedIn">Month in which it was mixed; null where it was not.</param>
/// <param name="Own">The vial's own sums.</param>
/// <param name="Taken">Parts by the movements: treatments, waste, what was thrown away. Without what is left.</param>
internal sealed record VialBook(string ProductId, Guid Id, long Nominal, long? CostCents, DateOnly? MixedIn, Parts Own, IReadOnlyList<VialPart> Taken)
{
    /// <summary>All parts with their cost; together they are the vial, to the hundredth and to the cent.</summary>
    public IReadOnlyList<VialPart> Parts { get; } = Share(Nominal, CostCents, Taken);

    /// <summary>The vial's parts by the movements.</summary>
    public Parts Moved => Parts.Aggregate(default(Parts), (sum, part) => sum + (part.Kind switch
    {
        PartKind.Given => new Parts(part.Hundredths, 0, 0, 0),
        PartKind.Wasted => new Parts(0, part.Hundredths, 0, 0),
        PartKind.Discarded => new Parts(0, 0, part.Hundredths, 0),
        _ => new Parts(0, 0, 0, part.Hundredths),
    }));

    private static List<VialPart> Share(long nominal, long? cents, IReadOnlyList<VialPart> taken)
    {
        List<VialPart> parts = [.. taken, new VialPart(PartKind.Left, null, null, nominal - taken.Sum(p => p.Hundredths), null)];
        if (cents is not { } cost)
        {
            return parts;
        }

        var shares = CostShares.Of(cost, [.. parts.Select(p => p.Hundredths)]);
        return [.. parts.Select((part, i) => part with { Cents = shares[i] })];
    }
}

/// <summary>A part of a vial.</summary>
/// <param name="Kind">Where it went.</param>
/// <param name="TreatmentId">The treatment that it went into.</param>
/// <param name="Month">The month in which it counts; null for what is left.</param>
/// <param name="Hundredths">Hundredths of a unit.</param>
/// <param name="Cents">Its share of the vial's cost; null where the vial has none.</param>
internal sealed record VialPart(PartKind Kind, Guid? TreatmentId, DateOnly? Month, long Hundredths, long? Cents);

internal enum PartKind
{
    Given,
    Wasted,
    Discarded,
    Left,
}
