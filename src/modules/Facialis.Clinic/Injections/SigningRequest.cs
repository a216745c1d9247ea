using Facialis.Toxin;

namespace Facialis.Clinic.Injections;

/// <summary>What was done, as the person says it by signing. It starts from the plan; what differs is said.</summary>
/// <param name="PatientId">Whose plan it is; a plan of another patient is refused.</param>
/// <param name="PlanId">The open plan.</param>
/// <param name="PlanRevision">The revision that was read; another one is refused.</param>
/// <param name="VialId">The vial that it was drawn from.</param>
/// <param name="GivenAt">When it was injected, within the last 24 hours; null for now.</param>
/// <param name="Given">Points that got other units than planned; 0 where a point was not given. Points left out got what was planned.</param>
/// <param name="Deviation">Why it was not done as planned; needed where it was not.</param>
/// <param name="Reasons">A reason for each finding that needs one.</param>
/// <param name="Remarks">Anything else worth keeping.</param>
internal sealed record SigningRequest(
    Guid PatientId, Guid PlanId, int PlanRevision, Guid VialId, DateTimeOffset? GivenAt = null, IReadOnlyList<GivenUnits>? Given = null,
    string? Deviation = null, IReadOnlyList<FindingReason>? Reasons = null, string? Remarks = null)
{
    public const int MaxText = 1000;

    public decimal UnitsOf(Guid point, decimal planned) => Given?.FirstOrDefault(g => g.PointId == point)?.Units ?? planned;

    public string ReasonOf(string key) => Reasons?.FirstOrDefault(r => r.Key == key)?.Reason?.Trim() ?? "";

    /// <summary>What is wrong with it whatever the chart says; null when nothing is.</summary>
    public string? Fault(DateTimeOffset now) =>
        GivenAt is { } at && (at > now.AddMinutes(1) || at < now.AddHours(-24)) ? "The time of the injection lies within the last 24 hours."
        : Given?.Any(g => g.Units < 0 || g.Units > 1000 || g.Units % PlanPoint.Step != 0) == true ? "Given units are 0 or more, in steps of 0.25 U."
        : (Deviation?.Length > MaxText || Remarks?.Length > MaxText || Reasons?.Any(r => r.Reason?.Length > MaxText) == true) ? $"A text has at most {MaxText} signs."
        : null;
}

/// <param name="PointId">The point.</param>
/// <param name="Units">What went in, U of the plan's product; 0 where nothing did.</param>
internal sealed record GivenUnits(Guid PointId, decimal Units);

/// <param name="Key">Key of the finding.</param>
/// <param name="Reason">Why it is done all the same.</param>
internal sealed record FindingReason(string Key, string? Reason);

/// <summary>What became of a signing.</summary>
internal enum SigningOutcome
{
    Signed,

    NoSuchPatient,

    /// <summary>There is no such open plan of this patient.</summary>
    NoSuchPlan,

    /// <summary>The plan was changed since it was read.</summary>
    PlanChanged,

    /// <summary>The id belongs to another treatment.</summary>
    IdTaken,

    /// <summary>The request itself does not hold together; the sentence says why.</summary>
    Faulty,

    /// <summary>A finding must be mended, needs a reason, or needs a second signer.</summary>
    Held,

    /// <summary>The vial does not give it; the sentence says why.</summary>
    VialRefused,
}

/// <param name="Outcome">What became of it.</param>
/// <param name="Treatment">The treatment, where it is signed.</param>
/// <param name="Sentence">Why not.</param>
/// <param name="Open">Findings that hold it up.</param>
internal sealed record SigningAnswer(
    SigningOutcome Outcome, Treatment? Treatment = null, string? Sentence = null, IReadOnlyList<Plans.FindingResource>? Open = null);
