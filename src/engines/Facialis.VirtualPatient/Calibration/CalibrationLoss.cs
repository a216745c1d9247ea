using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>How far the model is from a set of figures: the sum of squares of (model - published)/tolerance.</summary>
/// <remarks>Tolerances are judgements, so the loss is no likelihood in the strict sense; it is read as one, and the page says so.</remarks>
internal sealed class CalibrationLoss
{
    private readonly IReadOnlyList<TargetRow> _rows;
    private readonly ModelParameters _base;
    private readonly Dictionary<string, CalibrationCrowd> _crowds;

    /// <param name="rows">Figures with a value and a tolerance.</param>
    /// <param name="free">The constants that may move.</param>
    /// <param name="parameters">The model that all else is taken from.</param>
    /// <param name="people">Number of people.</param>
    public CalibrationLoss(IReadOnlyList<TargetRow> rows, IReadOnlyList<FreeParameter> free, ModelParameters parameters, int people)
    {
        (_rows, Free, _base) = (rows, free, parameters);
        _crowds = rows.Select(r => r.Protocol).Distinct().ToDictionary(
            id => id,
            id => new CalibrationCrowd(parameters, PublishedTargets.Current.Protocol(id).Deposits, PublishedTargets.Affected, people),
            StringComparer.Ordinal);
    }

    private CalibrationLoss(CalibrationLoss other, IReadOnlyList<FreeParameter> free, ModelParameters parameters) =>
        (_rows, Free, _base, _crowds) = (other._rows, free, parameters, other._crowds);

    /// <summary>The constants that may move, in the order of every list of places.</summary>
    public IReadOnlyList<FreeParameter> Free { get; }

    /// <summary>The same with one of the free constants fixed.</summary>
    /// <param name="index">Which.</param>
    /// <param name="place">Where between its limits, 0 to 1.</param>
    public CalibrationLoss Fixing(int index, double place) =>
        new(this, [.. Free.Where((_, i) => i != index)], _base.With(Free[index].Name, Free[index].At(place)));

    /// <summary>The same with another value of a constant that is not free and does not touch where the toxin goes.</summary>
    public CalibrationLoss With(string name, double value) => new(this, Free, _base.With(name, value));

    /// <summary>The set of constants at some places.</summary>
    public ModelParameters At(IReadOnlyList<double> places)
    {
        var parameters = _base;
        for (var i = 0; i < Free.Count; i++)
        {
            parameters = parameters.With(Free[i].Name, Free[i].At(places[i]));
        }

        return parameters;
    }

    /// <summary>Where a set of constants lies.</summary>
    public double[] PlacesOf(ModelParameters parameters) => [.. Free.Select(f => f.PlaceOf(parameters[f.Name]))];

    /// <summary>What the model says for each row.</summary>
    public double[] Answers(ModelParameters parameters)
    {
        var courses = _crowds.ToDictionary(c => c.Key, c => c.Value.Follow(parameters), StringComparer.Ordinal);
        return [.. _rows.Select(r => courses[r.Protocol].Of(r))];
    }

    /// <summary>(model - published)/tolerance of each row.</summary>
    public double[] Residuals(ModelParameters parameters)
    {
        var answers = Answers(parameters);
        return [.. _rows.Select((r, i) => (answers[i] - r.Value!.Value) / r.Tolerance!.Value)];
    }

    /// <summary>The loss of a set of constants.</summary>
    public double Of(ModelParameters parameters) => Residuals(parameters).Sum(r => r * r);

    /// <summary>The loss at some places; beyond the limits it rises steeply.</summary>
    public double Of(IReadOnlyList<double> places)
    {
        var beyond = places.Sum(p => Math.Max(0, Math.Max(-p, p - 1)));
        return Of(At(places)) + (100 * beyond);
    }
}
