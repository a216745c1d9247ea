using Facialis.Anatomy;

namespace Facialis.Clinic.Scales;

/// <summary>A rating scale: its items, its range and how the total is worked out. Pure data and arithmetic.</summary>
/// <param name="Id">Stable id, for example "jrs".</param>
/// <param name="Name">As written in papers.</param>
/// <param name="Rater">Who judges.</param>
/// <param name="Items">What is judged.</param>
/// <param name="Low">Smallest total.</param>
/// <param name="High">Largest total.</param>
/// <param name="Meaning">What the ends of the range mean, and what the total must not be taken for.</param>
/// <param name="Source">Where the scoring comes from.</param>
/// <param name="Mark">How well it is founded.</param>
/// <param name="Total">The total from the items' values.</param>
public sealed record Scale(
    string Id, string Name, ScaleRater Rater, IReadOnlyList<ScaleItem> Items, int Low, int High, string Meaning, string Source, SourceMark Mark,
    Func<IReadOnlyDictionary<string, int>, int> Total)
{
    /// <summary>The total; null where an item is missing, unknown or out of its range. Nothing is filled in.</summary>
    public int? Score(IReadOnlyDictionary<string, int> values) =>
        values.Count == Items.Count && Items.All(i => values.TryGetValue(i.Id, out var value) && value >= i.Low && value <= i.High) ? Total(values) : null;
}

/// <param name="Id">Stable id within the scale.</param>
/// <param name="Text">What is judged.</param>
/// <param name="Low">Smallest value.</param>
/// <param name="Choices">Words of the values, from <paramref name="Low"/> up; empty for a plain number.</param>
/// <param name="Most">Largest value of a plain number.</param>
public sealed record ScaleItem(string Id, string Text, int Low, IReadOnlyList<string> Choices, int Most = 0)
{
    public int High => Choices.Count == 0 ? Most : Low + Choices.Count - 1;
}

/// <summary>Who judges.</summary>
public enum ScaleRater
{
    Clinician = 0,
    Patient = 1,
}

/// <summary>One value of a plot.</summary>
/// <param name="At">When.</param>
/// <param name="Value">The total.</param>
/// <param name="FromRecording">An item was proposed by a recording.</param>
public sealed record ScorePoint(DateTimeOffset At, int Value, bool FromRecording);
