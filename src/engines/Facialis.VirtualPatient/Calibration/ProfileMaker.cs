namespace Facialis.VirtualPatient.Calibration;

/// <summary>Works out profiles: walks from the best fit outwards and fits the other constants again at every step.</summary>
/// <param name="settings">How closely.</param>
/// <param name="cancel">Stops the work.</param>
internal sealed class ProfileMaker(CalibrationSettings settings, CancellationToken cancel)
{
    /// <summary>Profile of one of the fitted constants.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="best">Where all constants fit best.</param>
    /// <param name="index">Which constant.</param>
    public ParameterProfile OfFree(CalibrationLoss loss, Optimum best, int index)
    {
        var others = best.Places.Where((_, i) => i != index).ToArray();
        return Walk(loss.Free[index], best.Places[index], others, (place, _) => loss.Fixing(index, place), new ProfilePoint(
            loss.Free[index].At(best.Places[index]), best.Value, Named(loss.Fixing(index, best.Places[index]), others)));
    }

    /// <summary>Profile of a constant that the fit holds fast.</summary>
    /// <param name="at">The loss with the constant at a value.</param>
    /// <param name="held">The constant.</param>
    /// <param name="shipped">Its value in the model.</param>
    /// <param name="best">Where the fitted constants fit best at that value.</param>
    public ParameterProfile OfHeld(Func<double, CalibrationLoss> at, FreeParameter held, double shipped, Optimum best) =>
        Walk(held, held.PlaceOf(shipped), best.Places, (_, value) => at(value), new ProfilePoint(shipped, best.Value, Named(at(shipped), best.Places)));

    private ParameterProfile Walk(
        FreeParameter parameter, double from, double[] others, Func<double, double, CalibrationLoss> at, ProfilePoint middle)
    {
        var grid = Enumerable.Range(0, settings.GridSteps + 1).Select(i => (double)i / settings.GridSteps).ToList();
        var points = new List<ProfilePoint> { middle };
        foreach (var way in (IEnumerable<double>[])[grid.Where(p => p > from + 1e-9), grid.Where(p => p < from - 1e-9).Reverse()])
        {
            var start = others;
            foreach (var place in way)
            {
                var loss = at(place, parameter.At(place));
                var found = loss.Free.Count == 0
                    ? new Optimum([], loss.Of([]))
                    : NelderMead.Minimise(loss.Of, start, 0.08, settings.ProfileEvaluations, cancel);
                start = found.Places;
                points.Add(new ProfilePoint(parameter.At(place), found.Value, Named(loss, found.Places)));
            }
        }

        return new ParameterProfile(parameter.Name, [.. points.OrderBy(p => p.Value)]);
    }

    private static Dictionary<string, double> Named(CalibrationLoss loss, double[] places) =>
        loss.Free.Select((f, i) => (f.Name, Value: f.At(places[i]))).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
}
