using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;

namespace Facialis.VirtualPatient.SpasmDrive;

/// <summary>Makes single twitches, trains and holds.</summary>
internal sealed class Firing
{
    private const double SizeSpread = 0.2;
    private readonly double[] _shares;
    private readonly double _trainSeconds;
    private readonly double _trainSpread;
    private readonly double _low;
    private readonly double _high;
    private readonly double _refractory;
    private readonly double _holdSeconds;
    private readonly double _holdSpread;
    private readonly double _holdDrive;

    public Firing(SpasmHabit habit, ModelParameters parameters)
    {
        _shares = [habit.SingleShare, habit.TrainShare, habit.HoldShare];
        (_trainSeconds, _trainSpread) = (parameters["trainSeconds"], parameters["trainSpread"]);
        (_low, _high, _refractory) = (parameters["trainRateLow"], parameters["trainRateHigh"], parameters["refractory"]);
        (_holdSeconds, _holdSpread, _holdDrive) = (parameters["tonicSeconds"], parameters["tonicSpread"], parameters["holdDrive"]);
    }

    /// <summary>Mean length of a firing, seconds.</summary>
    public double MeanSeconds =>
        (_shares[1] * _trainSeconds * Math.Exp(_trainSpread * _trainSpread / 2)) + (_shares[2] * _holdSeconds * Math.Exp(_holdSpread * _holdSpread / 2));

    public Contraction Fire(ref Draws draws, double start, double seconds, List<Twitch> twitches)
    {
        var kind = (ContractionKind)draws.Pick(_shares);
        var first = twitches.Count;
        var size = draws.LogNormal(1, SizeSpread);
        switch (kind)
        {
            case ContractionKind.Hold:
                var end = Math.Min(seconds, start + draws.LogNormal(_holdSeconds, _holdSpread));
                return new Contraction(kind, start, end, _holdDrive * size, first, 0);
            case ContractionKind.Train:
                var rate = _low * PortableMath.Exp(draws.Uniform() * PortableMath.Log(_high / _low));
                var until = Math.Min(seconds, start + draws.LogNormal(_trainSeconds, _trainSpread));
                for (var at = start; at < until; at += _refractory + draws.Gamma(4, Math.Max(0.01, (1 / rate) - _refractory)))
                {
                    twitches.Add(new Twitch(at, size * draws.LogNormal(1, SizeSpread / 2)));
                }

                return new Contraction(kind, start, twitches[^1].Seconds, size, first, twitches.Count - first);
            default:
                twitches.Add(new Twitch(start, size));
                return new Contraction(kind, start, start, size, first, 1);
        }
    }
}
