using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>Repeats the calibration of the model. It reports and changes nothing: the shipped constants stay.</summary>
public sealed class CalibrationStudy
{
    private readonly CalibrationSettings _settings;
    private readonly ModelParameters _model;
    private readonly IProgress<double>? _progress;
    private readonly CancellationToken _cancel;
    private readonly ProfileMaker _maker;
    private int _done;

    private CalibrationStudy(CalibrationSettings settings, ModelParameters model, IProgress<double>? progress, CancellationToken cancel) =>
        (_settings, _model, _progress, _cancel, _maker) = (settings, model, progress, cancel, new ProfileMaker(settings, cancel));

    /// <summary>Runs all of it. The result is the same on any number of threads.</summary>
    /// <param name="settings">How closely; the usual where null.</param>
    /// <param name="model">The model; the current one where null.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancel">Stops the work.</param>
    public static CalibrationReport Run(
        CalibrationSettings? settings = null, ModelParameters? model = null, IProgress<double>? progress = null, CancellationToken cancel = default) =>
        new CalibrationStudy(settings ?? new CalibrationSettings(), model ?? ModelParameters.Current, progress, cancel).Run();

    private CalibrationReport Run()
    {
        var searches = SideBySide(2, i => Search((TargetSet)i));
        var ((shippedLoss, shippedBest), (printedLoss, printedBest)) = (searches[0], searches[1]);
        var fits = new[] { Fit(TargetSet.Shipped, shippedBest), Fit(TargetSet.Printed, printedBest) };
        var profiles = Profiles(shippedLoss, shippedBest);
        var printed = Profiles(printedLoss, printedBest);
        var held = SideBySide(FreeParameter.HeldFast.Count, i =>
        {
            var h = FreeParameter.HeldFast[i];
            // Only the width changes where the toxin goes, and asks for the people anew.
            CalibrationLoss At(double value) => h.Name == "sigma0" ? Loss(TargetSet.Shipped, _model.With(h.Name, value)) : shippedLoss.With(h.Name, value);
            return Step(_maker.OfHeld(At, h, _model[h.Name], shippedBest));
        });
        var predictions = new Predictions(_model, _settings.People);
        return new CalibrationReport(
            _model, _settings, fits, profiles, printed, held, Determination.Of(shippedLoss, shippedBest.Places),
            predictions.All(), PlanRanking.Check(_model, [.. profiles, .. printed, .. held], _settings.ProfilePeople, _cancel), predictions.DoublingDays());
    }

    private CalibrationLoss Loss(TargetSet set, ModelParameters model) =>
        new(PublishedTargets.Current.Of(set), FreeParameter.Fitted, model, _settings.ProfilePeople);

    private (CalibrationLoss Loss, Optimum Best) Search(TargetSet set)
    {
        var loss = Loss(set, _model);
        var wide = DifferentialEvolution.Minimise(loss.Of, loss.Free.Count, _settings.Members, _settings.Generations, _settings.Seed, _cancel);
        var shipped = loss.PlacesOf(_model);
        var near = NelderMead.Minimise(loss.Of, shipped, 0.1, _settings.Evaluations, _cancel);
        var best = NelderMead.Minimise(loss.Of, wide.Value < near.Value ? wide.Places : near.Places, 0.1, _settings.Evaluations, _cancel);
        return (loss, Step(best.Value < near.Value ? best : near));
    }

    private CalibrationFit Fit(TargetSet set, Optimum start)
    {
        var rows = PublishedTargets.Current.Of(set);
        var loss = new CalibrationLoss(rows, FreeParameter.Fitted, _model, _settings.People);
        var best = NelderMead.Minimise(loss.Of, start.Places, 0.04, _settings.Evaluations / 3, _cancel);
        var refitted = loss.At(best.Places);
        var (before, after) = (loss.Answers(_model), loss.Answers(refitted));
        return Step(new CalibrationFit(
            set, refitted, loss.Of(_model), loss.Of(refitted), [.. rows.Select((r, i) => new FittedRow(r, before[i], after[i]))]));
    }

    private ParameterProfile[] Profiles(CalibrationLoss loss, Optimum best) =>
        SideBySide(loss.Free.Count, i => Step(_maker.OfFree(loss, best, i)));

    private T[] SideBySide<T>(int count, Func<int, T> work)
    {
        var results = new T[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = _cancel }, i => results[i] = work(i));
        return results;
    }

    private T Step<T>(T result)
    {
        lock (_maker)
        {
            _progress?.Report(++_done / (4.0 + (2 * FreeParameter.Fitted.Count) + FreeParameter.HeldFast.Count));
        }

        return result;
    }
}
