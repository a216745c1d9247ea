using Facialis.Anatomy;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Vials;

namespace Facialis.Clinic.Recalls;

/// <summary>Everything that came out of one lot: its vials, what was drawn from them, into whom, and how that went.</summary>
/// <param name="ProductId">The product. Units below are its units, of no other product.</param>
/// <param name="Lot">The lot as it was received.</param>
/// <param name="Vials">All vials of the lot, in the order of their arrival.</param>
/// <param name="Treatments">All treatments that were ever drawn from one of them, newest first.</param>
/// <param name="Patients">Patients into whom some of the lot went, by chart code.</param>
internal sealed record LotRecall(
    string ProductId, string Lot, IReadOnlyList<Vial> Vials, IReadOnlyList<RecalledTreatment> Treatments, IReadOnlyList<RecalledPatient> Patients)
{
    /// <summary>Hundredths of a unit of the lot that went into patients.</summary>
    public long GivenHundredths => Treatments.Sum(t => t.Hundredths);

    /// <summary>Vials that may still be drawn from, or still be mixed.</summary>
    public IEnumerable<Vial> OpenVials => Vials.Where(v => v.ClosedAt is null);
}

/// <summary>A treatment with some of the lot.</summary>
/// <param name="TreatmentId">The treatment.</param>
/// <param name="Version">Number of the newest version, which the rest is of.</param>
/// <param name="PatientId">Whom.</param>
/// <param name="GivenAt">When it was injected.</param>
/// <param name="Given">The clinic's day of that.</param>
/// <param name="Side">The side that was treated, the patient's own; null for both.</param>
/// <param name="SignedByName">Who signed it.</param>
/// <param name="Points">What came from the lot, point by point.</param>
/// <param name="Outcome">What is known of the effect.</param>
/// <param name="SideEffects">Side effects as known last.</param>
internal sealed record RecalledTreatment(
    Guid TreatmentId, int Version, Guid PatientId, DateTimeOffset GivenAt, DateOnly Given, Side? Side, string SignedByName, IReadOnlyList<RecalledPoint> Points,
    CycleOutcome Outcome, IReadOnlyList<SideEffect> SideEffects)
{
    /// <summary>Hundredths of a unit of the lot; 0 where an amendment took all of it back.</summary>
    public long Hundredths { get; } = Points.Sum(p => p.Hundredths);
}

/// <summary>One injection with some of the lot.</summary>
/// <param name="PointId">The point.</param>
/// <param name="Vial">The vial; null for what was given before vials were kept.</param>
/// <param name="SiteId">Injection site; null where no version of the treatment has the point.</param>
/// <param name="Side">The patient's own side.</param>
/// <param name="Hundredths">Hundredths of a unit that went in, after all amendments.</param>
/// <param name="WasAmended">An amendment changed how much was drawn.</param>
internal sealed record RecalledPoint(Guid PointId, Vial? Vial, string? SiteId, Side? Side, long Hundredths, bool WasAmended);

/// <summary>A patient who was given some of the lot.</summary>
/// <param name="Line">Who that is; without a name where erased.</param>
/// <param name="Treatments">Treatments with the lot, newest first, at least one.</param>
internal sealed record RecalledPatient(PatientLine Line, IReadOnlyList<RecalledTreatment> Treatments)
{
    public bool IsErased => Line.ErasedAt is not null;
}

/// <summary>A lot that the clinic has or had.</summary>
/// <param name="ProductId">Product.</param>
/// <param name="Lot">Lot as it was received.</param>
/// <param name="Expires">Last day of use.</param>
/// <param name="Vials">Vials received.</param>
/// <param name="Open">Vials not closed out.</param>
/// <param name="DrawnHundredths">Hundredths of a unit drawn for patients.</param>
internal sealed record KnownLot(string ProductId, string Lot, DateOnly Expires, int Vials, int Open, long DrawnHundredths)
{
    /// <summary>The address of all about it. A lot says nothing of a patient.</summary>
    public string Address => $"/clinic/recall/lot?product={Uri.EscapeDataString(ProductId)}&lot={Uri.EscapeDataString(Lot)}";

    /// <summary>Two spellings of one lot: capitals, blanks and hyphens do not tell lots apart.</summary>
    public static bool IsSame(string one, string other) => string.Equals(Plain(one), Plain(other), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string lot) => string.Concat(lot.Where(char.IsLetterOrDigit));
}
