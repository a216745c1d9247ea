using System.Text.Json.Serialization;
using Facialis.VirtualPatient.Scoring;

namespace Facialis.Academy.Practice;

/// <summary>What an attempt is told at its end: four scores that are never blended, kept as they were reckoned.</summary>
/// <param name="ModelStamp">Version and hash of the model.</param>
/// <param name="Breaches">Safety: what must never happen. Passed where there is none.</param>
/// <param name="Outcome">Outcome of the first plan in people with this face and spasm; null where nothing was injected.</param>
/// <param name="Precision">Millimetres of the first plan; null where nothing was injected.</param>
/// <param name="Reasoning">The way there; null where nothing was injected.</param>
/// <param name="Counterfactuals">What another dose or place would have changed, the largest change first.</param>
internal sealed record PracticeResult(
    string ModelStamp, IReadOnlyList<Breach> Breaches, PlanScore? Outcome, PlacementPrecision? Precision, Reasoning? Reasoning,
    IReadOnlyList<Counterfactual> Counterfactuals)
{
    public bool IsSafe => Breaches.Count == 0;
}

/// <summary>One change of one point, everything else as it was.</summary>
/// <param name="Point">Number of the point, from 1.</param>
/// <param name="SiteId">Its site.</param>
/// <param name="Change">What is changed.</param>
/// <param name="Benefit">Improvement averaged over the weeks, %, with the change.</param>
/// <param name="Ptosis">Probability of a drooping lid with the change.</param>
/// <param name="Diplopia">Probability of double vision with the change.</param>
/// <param name="Mouth">Probability of a weak lower face with the change.</param>
/// <param name="Gain">Utility with the change less without it, points.</param>
internal sealed record Counterfactual(
    int Point, string SiteId, CounterfactualChange Change, double Benefit, double Ptosis, double Diplopia, double Mouth, double Gain);

internal enum CounterfactualChange
{
    /// <summary>2.5 U less.</summary>
    Less = 0,

    /// <summary>2.5 U more.</summary>
    More = 1,

    /// <summary>At the usual point of the site.</summary>
    AtUsualPoint = 2,
}

[JsonSerializable(typeof(PracticeResult))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
internal sealed partial class ResultJson : JsonSerializerContext;
