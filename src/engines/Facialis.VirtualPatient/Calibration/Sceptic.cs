namespace Facialis.VirtualPatient.Calibration;

/// <summary>A criterion that would convince a sceptical neurologist, and whether it is met.</summary>
/// <param name="What">What is asked.</param>
/// <param name="IsMet">Whether it is met.</param>
/// <param name="Why">What is there and what is missing.</param>
public sealed record ScepticCriterion(string What, bool IsMet, string Why);

/// <summary>The six criteria. What the data cannot give counts as not met.</summary>
internal static class Sceptic
{
    public static IReadOnlyList<ScepticCriterion> Criteria(CalibrationReport report)
    {
        var kept = report.Predictions.Where(p => p.Row.KeptBack).ToList();
        var ranking = report.Ranking;
        return
        [
            new("A frozen model foretells weeks, drooping lids and weakness of three protocols and 100 own treatments; slope 0.8 to 1.2; better than the mean curve", false,
                $"No kept-back study was seen with figures by the week, and no own treatments are there: no slope, no log score. Of the {kept.Count} findings kept back {kept.Count(p => p.Holds == true)} hold"),
            new("Ten neurologists tell generated clips from filmed ones no better than 60 %; statistics of the spasms within what people have", false, "Not tried"),
            new("Doubling a dose adds its days in an own registry", false, "No registry yet"),
            new("Experts score above trainees above novices; the score goes with supervised injecting; training carries over", false, "Not tried"),
            new("No order of plans turns round when a weak constant moves over its interval", false,
                $"{ranking.Settings} sets of constants tried on {ranking.Order.Count} plans, shipped order {string.Join(", ", ranking.Order)}. "
                + (ranking.Flips.Count > 0 ? $"{string.Join("; ", ranking.Flips)}" : "None turned round")
                + ". Positions, side effects and values were not moved, so even without a turn it would not be met"),
            new("An independent anatomist signs the geometry", false, $"The file says: {report.Model.Geometry.Source}"),
        ];
    }

    /// <summary>Whether the model may be called a prediction: the first and the fifth criterion.</summary>
    public static bool MayPredict(IReadOnlyList<ScepticCriterion> criteria) => criteria[0].IsMet && criteria[4].IsMet;
}
