using Facialis.Anatomy.Sites;
using Facialis.Clinic.Measurements;

namespace Facialis.Clinic.Records;

/// <summary>Everything that a clinic keeps of one patient, in words: the JSON file, and what the PDF is printed from.</summary>
/// <remarks>Sides are the patient's own. Every dose names its product, since units of two products are not the same thing.</remarks>
internal sealed record PatientRecord
{
    public string Format { get; init; } = "facialis-patient-record/1";

    public required string Clinic { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Zone of the clinic; times carry their offset.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Made by a generator; no such person exists.</summary>
    public required bool IsDemonstration { get; init; }

    public required PersonKept Patient { get; init; }

    /// <summary>Every version, oldest first; the last one holds.</summary>
    public required IReadOnlyList<ConditionKept> Conditions { get; init; }

    public required IReadOnlyList<AnswersKept> Checklists { get; init; }

    public required IReadOnlyList<AcknowledgementKept> Acknowledgements { get; init; }

    public required IReadOnlyList<AnswersKept> HealthAnswers { get; init; }

    public required IReadOnlyList<ScaleKept> Scales { get; init; }

    public required IReadOnlyList<ConsentKept> Consents { get; init; }

    public required IReadOnlyList<RecordingKept> Recordings { get; init; }

    public required IReadOnlyList<PlanKept> Plans { get; init; }

    /// <summary>Every version of every treatment, oldest first.</summary>
    public required IReadOnlyList<TreatmentKept> Treatments { get; init; }

    public required IReadOnlyList<CountersignatureKept> Countersignatures { get; init; }

    public required IReadOnlyList<MovementKept> VialMovements { get; init; }

    /// <summary>What was told and seen after treatments, oldest first.</summary>
    public required IReadOnlyList<FollowUpKept> FollowUps { get; init; }

    /// <summary>Everything that was recorded of side effects; of one effect the newest row holds.</summary>
    public required IReadOnlyList<SideEffectKept> SideEffects { get; init; }

    public required IReadOnlyList<UrgentKept> UrgentReports { get; init; }

    /// <summary>Treatments before this chart began, or elsewhere.</summary>
    public required IReadOnlyList<PastTreatmentKept> PastTreatments { get; init; }
}

/// <param name="Id">Id of the patient.</param>
/// <param name="Chart">Chart code.</param>
/// <param name="ErasedAt">When the person was erased; then nothing of who it was can be read.</param>
/// <param name="IsReadable">False where a sealed name does not open.</param>
internal sealed record PersonKept(
    Guid Id, string Chart, string FamilyName, string GivenName, DateOnly? BirthDate, string Phone, string Email, string Notes, DateTimeOffset? ErasedAt, bool IsReadable);

/// <param name="Basis">What the diagnosis rests on.</param>
internal sealed record ConditionKept(
    Guid Id, DateTimeOffset RecordedAt, string? RecordedBy, string Kind, string Side, string Cause, string Form, int? OnsetYear, int? OnsetMonth, int? OnsetAge,
    string Code, string MriDone, string Basis);

/// <param name="Version">Version of what was asked.</param>
/// <param name="Answers">Each question with its answer; not asked is not known.</param>
/// <param name="Remarks">Remarks to the answers.</param>
/// <param name="TreatmentId">The treatment that they were given for; null where none used them.</param>
internal sealed record AnswersKept(
    Guid Id, DateTimeOffset AnsweredAt, string? AnsweredBy, string Version, IReadOnlyList<AnswerKept> Answers, string Remarks = "", Guid? TreatmentId = null);

internal sealed record AnswerKept(string Id, string Question, string Answer);

internal sealed record AcknowledgementKept(Guid Id, DateTimeOffset At, string By, IReadOnlyList<string> Flags, string Reason);

/// <param name="Range">Smallest and largest total, with what they mean.</param>
internal sealed record ScaleKept(Guid Id, DateTimeOffset At, string? RecordedBy, string Scale, int Total, string Range, string Items, Guid? RecordingId);

/// <param name="Holds">The hash made again over text and signature is the hash kept.</param>
internal sealed record ConsentKept(
    Guid Id, DateTimeOffset SignedAt, string? WitnessedBy, string Language, string TextVersion, string? SignedBy, string? Text, bool IsDrawn, string? Strokes,
    string Sha256, bool Holds, DateTimeOffset? WithdrawnAt);

/// <param name="Digest">Figures of its report; null where it was not measured.</param>
internal sealed record RecordingKept(
    Guid Id, DateTimeOffset? StartedAt, DateTimeOffset CreatedAt, RecordingState State, string Notes, string? Algorithm, RecordingDigest? Digest, DateTimeOffset? RemovedAt);

/// <param name="Unit">The unit with its product: "U (onabotulinumtoxinA)".</param>
/// <param name="Product">Both names of the product.</param>
internal sealed record DoseKept(decimal Units, string Unit, string Product);

/// <param name="Number">Number on the map, from 1; 0 for a point that was not given.</param>
internal sealed record PointKept(
    int Number, string SiteId, string Site, string Side, decimal LateralIpd, decimal DownIpd, NeedleDepth Depth, DoseKept Dose, DoseKept? Planned = null, decimal? VolumeMl = null);

/// <param name="ClosedAt">When the treatment was given; null while open.</param>
internal sealed record PlanKept(
    Guid Id, string State, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, DateTimeOffset? ClosedAt, string? Side, DoseKept? Vial, decimal? DiluentMl,
    string AtlasVersion, string RulesVersion, IReadOnlyList<PointKept> Points);

/// <param name="Canonical">Exactly what was signed: SHA-256 over it in UTF-8 is the hash. Null where it does not open.</param>
/// <param name="Holds">The hash made again is the hash kept, and the columns say the same.</param>
internal sealed record TreatmentKept(
    Guid TreatmentId, int Version, DateTimeOffset GivenAt, DateTimeOffset SignedAt, string SignedBy, string? Role, string? Meaning, string? SecondSigner, string? Condition,
    string Side, DoseKept Total, string Lot, DateOnly? LotExpires, Guid? VialId, DoseKept? VialHolds, decimal? DiluentMl,
    IReadOnlyList<PointKept> Points, IReadOnlyList<PointKept> NotGiven, string? Deviation, string? Remarks, string? AmendReason, IReadOnlyList<string> Findings,
    string Sha256, bool Holds, string? Canonical);

internal sealed record CountersignatureKept(Guid Id, Guid PlanId, DateTimeOffset At, string By, IReadOnlyList<string> Findings, string Reason);

internal sealed record MovementKept(
    Guid Id, DateTimeOffset At, string What, DoseKept Dose, Guid VialId, string Lot, DateOnly LotExpires, string By, Guid? TreatmentId, Guid? PointId, string? Reason);

/// <param name="Dose">In all; null where not known.</param>
internal sealed record PastTreatmentKept(
    Guid Id, DateOnly Day, string? Product, DoseKept? Dose, int? BestPercent, int? WeeksOfEffect, string HadSideEffects, string Remarks, DateTimeOffset RecordedAt, string? RecordedBy);

/// <param name="TreatmentId">The treatment that it is about.</param>
internal sealed record FollowUpKept(
    Guid Id, Guid TreatmentId, DateOnly SeenOn, string How, DateOnly? FirstEffectOn, DateOnly? BestOn, int? BestPercent, string Holds, DateOnly? WoreOffOn,
    string WouldRepeat, string HadSideEffects, string Remarks, DateTimeOffset RecordedAt, string? RecordedBy);

/// <param name="EffectId">The same for everything that was recorded of one side effect.</param>
/// <param name="Points">Ids of the points that may explain it.</param>
internal sealed record SideEffectKept(
    Guid Id, Guid EffectId, Guid TreatmentId, string What, DateOnly FirstOn, DateOnly? LastOn, string Severity, string Seriousness, string Causality, string Outcome,
    int? Grade, IReadOnlyList<string> Points, string Words, DateTimeOffset RecordedAt, string? RecordedBy);

internal sealed record UrgentKept(Guid Id, Guid? TreatmentId, DateTimeOffset At, IReadOnlyList<string> What, DateTimeOffset? AnsweredAt, string? AnsweredBy, string? Answer);
