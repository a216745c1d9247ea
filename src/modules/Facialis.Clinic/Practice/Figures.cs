using System.Globalization;

namespace Facialis.Clinic.Practice;

/// <summary>The practice's figures of some months. Money in cents of the clinic's currency; units in hundredths, never of two products together.</summary>
/// <param name="Range">The months.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Products">Vials, product by product.</param>
/// <param name="Months">Treatments, money and visits, month by month.</param>
/// <param name="Treatments">Every treatment of the months, newest first.</param>
/// <param name="NoShows">Visits of past days to which nobody came, over all visits of past days that were not taken off the list before.</param>
/// <param name="Interval">From one treatment of a patient to the next.</param>
/// <param name="Overdue">Patients whose day is past, over all who were treated here and whose day is known; today, whatever the months.</param>
/// <param name="OverduePlanned">How many of those overdue have a visit planned.</param>
internal sealed record Figures(
    MonthRange Range, string Currency, IReadOnlyList<ProductFigures> Products, IReadOnlyList<PracticeMonth> Months, IReadOnlyList<TreatmentMoney> Treatments,
    Share NoShows, MeanInterval? Interval, Share Overdue, int OverduePlanned);

/// <summary>One product's vials.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Months">A row for each month.</param>
/// <param name="TieOut">Whether the books hold, over all time.</param>
internal sealed record ProductFigures(string ProductId, IReadOnlyList<ProductMonth> Months, TieOut TieOut);

/// <param name="Month">The month.</param>
/// <param name="Opened">Vials mixed.</param>
/// <param name="Given">Into patients: in the month of the treatment, after all amendments.</param>
/// <param name="Wasted">Lost on the way: in the month in which it was noted.</param>
/// <param name="Discarded">Thrown away: in the month in which the vial was closed out.</param>
/// <param name="VialsWithoutCost">Vials that were used in the month and have no cost; the costs leave them out.</param>
internal sealed record ProductMonth(DateOnly Month, int Opened, Amount Given, Amount Wasted, Amount Discarded, int VialsWithoutCost);

/// <param name="Hundredths">Hundredths of a unit of the product.</param>
/// <param name="Cents">Share of the cost of those vials that have one.</param>
internal readonly record struct Amount(long Hundredths, long Cents)
{
    public static Amount operator +(Amount one, Amount other) => new(one.Hundredths + other.Hundredths, one.Cents + other.Cents);
}

/// <summary>Where all that was ever received went, from two books that are kept apart: the vials' own sums and the movements.</summary>
/// <param name="Vials">Vials received.</param>
/// <param name="Received">Hundredths of a unit that they held.</param>
/// <param name="OfVials">Given, wasted, thrown away and left by the vials' own sums.</param>
/// <param name="OfMovements">The same by the movements.</param>
/// <param name="VialsApart">Vials of which the two do not say the same.</param>
/// <param name="CostCents">What the vials cost.</param>
/// <param name="SharedCents">What all shares come to.</param>
/// <param name="WithoutCost">Vials without a cost.</param>
public sealed record TieOut(int Vials, long Received, Parts OfVials, Parts OfMovements, int VialsApart, long CostCents, long SharedCents, int WithoutCost)
{
    public bool Holds => VialsApart == 0 && OfVials == OfMovements && OfVials.Sum == Received && OfMovements.Sum == Received && CostCents == SharedCents;
}

/// <summary>Where a vial, or many, went: hundredths of a unit of one product.</summary>
/// <param name="Given">Into patients.</param>
/// <param name="Wasted">Lost on the way.</param>
/// <param name="Discarded">Thrown away at the end.</param>
/// <param name="Left">Still there.</param>
public readonly record struct Parts(long Given, long Wasted, long Discarded, long Left)
{
    public long Sum => Given + Wasted + Discarded + Left;

    public static Parts operator +(Parts one, Parts other) =>
        new(one.Given + other.Given, one.Wasted + other.Wasted, one.Discarded + other.Discarded, one.Left + other.Left);
}

/// <param name="Month">The month.</param>
/// <param name="Treatments">Treatments given.</param>
/// <param name="Income">Fees of those that have one.</param>
/// <param name="Cost">Cost of what went into the patient, of those whose vials have a cost.</param>
/// <param name="Margin">Fee less cost, of those that have both.</param>
/// <param name="NoShows">Visits of past days to which nobody came.</param>
internal sealed record PracticeMonth(DateOnly Month, int Treatments, Money Income, Money Cost, Money Margin, Share NoShows);

/// <param name="Cents">Cents of the clinic's currency.</param>
/// <param name="Of">Of how many treatments it is known.</param>
internal readonly record struct Money(long Cents, int Of);

/// <param name="TreatmentId">The treatment.</param>
/// <param name="PatientId">Whom.</param>
/// <param name="GivenAt">When.</param>
/// <param name="ProductId">What.</param>
/// <param name="Hundredths">How much, hundredths of a unit of the product.</param>
/// <param name="CostCents">Its share of the cost of its vials; null where one has no cost, or there is no vial.</param>
/// <param name="FeeCents">Its fee; null where none was noted.</param>
internal sealed record TreatmentMoney(Guid TreatmentId, Guid PatientId, DateTimeOffset GivenAt, string ProductId, long Hundredths, long? CostCents, long? FeeCents)
{
    public long? MarginCents => FeeCents - CostCents;
}

/// <param name="Days">Mean days.</param>
/// <param name="Intervals">Of how many intervals between treatments.</param>
/// <param name="Patients">Of how many patients.</param>
internal sealed record MeanInterval(double Days, int Intervals, int Patients);

/// <summary>Some of all, never told without both numbers.</summary>
internal readonly record struct Share(int Some, int All)
{
    /// <summary>Percent; null of nothing.</summary>
    public double? Percent => All == 0 ? null : 100.0 * Some / All;

    /// <summary>Bounds of the 95 % interval after Wilson, percent; null of nothing.</summary>
    public (double Low, double High)? Interval
    {
        get
        {
            if (All == 0)
            {
                return null;
            }

            const double Z = 1.959964; // 97.5 % of the normal distribution
            var (p, n) = ((double)Some / All, (double)All);
            var centre = p + (Z * Z / (2 * n));
            var half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
            var width = 1 + (Z * Z / n);
            return (100 * Math.Max(0, (centre - half) / width), 100 * Math.Min(1, (centre + half) / width));
        }
    }

    /// <summary>"3 of 120 visits (2.5 %, 95 % interval 0.9 to 7.1 %)".</summary>
    public string InWords(string what) => Percent is { } percent && Interval is var (low, high)
        ? string.Create(CultureInfo.InvariantCulture, $"{Some} of {All} {what} ({percent:0.#} %, 95 % interval {low:0.#} to {high:0.#} %)")
        : $"no {what}";
}
