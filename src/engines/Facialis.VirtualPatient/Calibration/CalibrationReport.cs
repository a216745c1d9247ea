using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>A row, what the shipped model says, and what the model says after a fit.</summary>
/// <param name="Row">The published figure.</param>
/// <param name="Shipped">Answer of the shipped constants, in the row's unit.</param>
/// <param name="Refitted">Answer of the constants fitted to the row's set.</param>
public sealed record FittedRow(TargetRow Row, double Shipped, double Refitted);

/// <summary>One fit.</summary>
/// <param name="Set">The figures that it was made to.</param>
/// <param name="Refitted">The constants that fit best; never those that are shipped.</param>
/// <param name="ShippedLoss">Loss of the shipped constants.</param>
/// <param name="Loss">Loss of the refitted ones.</param>
/// <param name="Rows">Figure by figure.</param>
public sealed record CalibrationFit(TargetSet Set, ModelParameters Refitted, double ShippedLoss, double Loss, IReadOnlyList<FittedRow> Rows);

/// <summary>What the shipped model says where nothing was fitted, or only side effects were set.</summary>
/// <param name="Row">The published finding.</param>
/// <param name="Model">The model's answer, in the row's unit.</param>
/// <param name="Other">Its answer for the other plan, where the row compares two.</param>
/// <param name="Naive">The printed figure of the study fitted to, as the forecast of somebody without a model; null where there is none.</param>
/// <param name="Band">Counts that the study could well have seen under the model; null where no count was published.</param>
/// <param name="Holds">Whether it agrees: within twice the tolerance, in the band, or in the same direction; null where that cannot be told.</param>
public sealed record Prediction(TargetRow Row, double Model, double? Other, double? Naive, CountBand? Band, bool? Holds);

/// <summary>Whether the order of plans stays when constants move through what they may be.</summary>
/// <param name="Order">Ids of the plans under the shipped model, best first.</param>
/// <param name="Settings">Sets of constants tried.</param>
/// <param name="Flips">Each pair of plans that changed places, and by which constant.</param>
public sealed record RankingCheck(IReadOnlyList<string> Order, int Settings, IReadOnlyList<string> Flips);

/// <summary>A calibration from end to end.</summary>
/// <param name="Model">The shipped model, which is left as it is.</param>
/// <param name="Settings">How closely was looked.</param>
/// <param name="Fits">One for each set of figures.</param>
/// <param name="Profiles">Of the fitted constants, on the figures of <see cref="TargetSet.Shipped"/>.</param>
/// <param name="PrintedProfiles">The same on the figures of <see cref="TargetSet.Printed"/>.</param>
/// <param name="Held">Of the constants held fast.</param>
/// <param name="Determination">How many combinations are determined.</param>
/// <param name="Predictions">Kept-back studies and side effects under the shipped model.</param>
/// <param name="Ranking">Whether the order of plans stays.</param>
/// <param name="DoublingDays">Days of mean duration that doubling the dose of the orbital plan adds under the shipped model, d.</param>
public sealed record CalibrationReport(
    ModelParameters Model, CalibrationSettings Settings, IReadOnlyList<CalibrationFit> Fits, IReadOnlyList<ParameterProfile> Profiles,
    IReadOnlyList<ParameterProfile> PrintedProfiles, IReadOnlyList<ParameterProfile> Held, Determination Determination,
    IReadOnlyList<Prediction> Predictions, RankingCheck Ranking, double DoublingDays);
