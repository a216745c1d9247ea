namespace Facialis.VirtualPatient.Calibration;

/// <summary>What the figures say of one constant.</summary>
public enum ProfileVerdict
{
    /// <summary>Smaller and larger values both fit clearly worse.</summary>
    Bounded = 0,

    /// <summary>Only larger values fit clearly worse: the least value searched is as good.</summary>
    OpenBelow = 1,

    /// <summary>Only smaller values fit clearly worse: the largest value searched is as good.</summary>
    OpenAbove = 2,

    /// <summary>No value searched fits clearly worse: the figures do not tell it.</summary>
    NotIdentifiable = 3,
}

/// <summary>One point of a profile: the constant fixed, the others fitted again.</summary>
/// <param name="Value">The constant's value in its unit.</param>
/// <param name="Loss">The least loss found.</param>
/// <param name="Refitted">The others at that loss, by name.</param>
public sealed record ProfilePoint(double Value, double Loss, IReadOnlyDictionary<string, double> Refitted);

/// <summary>The loss over the values of one constant.</summary>
/// <param name="Name">The constant.</param>
/// <param name="Points">In rising order of the constant.</param>
public sealed record ParameterProfile(string Name, IReadOnlyList<ProfilePoint> Points)
{
    /// <summary>How much above the least loss is clearly worse: the 95th percentile of chi-squared with one degree of freedom.</summary>
    public const double Threshold = 3.84;

    /// <summary>The least loss on the profile.</summary>
    public double Least => Points.Min(p => p.Loss);

    /// <summary>The constant's value at the least loss.</summary>
    public double Best => Points.MinBy(p => p.Loss)!.Value;

    /// <summary>Points that are not clearly worse than the best.</summary>
    public IEnumerable<ProfilePoint> Plausible => Points.Where(p => p.Loss <= Least + Threshold);

    /// <summary>What the figures say of it.</summary>
    public ProfileVerdict Verdict => (Points[0].Loss > Least + Threshold, Points[^1].Loss > Least + Threshold) switch
    {
        (true, true) => ProfileVerdict.Bounded,
        (false, true) => ProfileVerdict.OpenBelow,
        (true, false) => ProfileVerdict.OpenAbove,
        // Flat at both ends is not told apart, whatever lies between.
        _ => ProfileVerdict.NotIdentifiable,
    };

    /// <summary>From the least to the largest value that is not clearly worse, in the constant's unit; straight lines between points.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            var level = Least + Threshold;
            var first = Points.TakeWhile(p => p.Loss > level).Count();
            var last = Points.Count - 1 - Points.Reverse().TakeWhile(p => p.Loss > level).Count();
            return (
                first == 0 ? Points[0].Value : Crossing(Points[first - 1], Points[first], level),
                last == Points.Count - 1 ? Points[^1].Value : Crossing(Points[last], Points[last + 1], level));
        }
    }

    private static double Crossing(ProfilePoint a, ProfilePoint b, double level) =>
        a.Value + ((b.Value - a.Value) * (level - a.Loss) / (b.Loss - a.Loss));
}
