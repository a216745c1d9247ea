using Facialis.Anatomy;
using Facialis.Spasm.Detection;
using Facialis.Spasm.Statistics;

namespace Facialis.Spasm.Report;

/// <summary>Measures one side from the events that count.</summary>
internal sealed class SideMeasurer
{
    private readonly Side _side;
    private readonly List<SpasmEvent> _events;
    private readonly List<int> _usable;
    private readonly DetectorSettings _settings;

    public SideMeasurer(Side side, IEnumerable<SpasmEvent> events, List<int> usable, DetectorSettings settings)
    {
        _side = side;
        _events = [.. events.Where(e => e.Counted && e.Side == side)];
        _usable = usable;
        _settings = settings;
    }

    public static SideMeasures Nothing(Side side) => new SideMeasurer(side, [], [], DetectorSettings.Default).Build((null, null), 0);

    /// <param name="voluntary">Lid narrowing and mouth-corner shift of this side's own tasks, IOD.</param>
    /// <param name="closedSeconds">Seconds for which events held this eye more than half closed.</param>
    public SideMeasures Build((double? Lid, double? Mouth) voluntary, double closedSeconds)
    {
        var minutes = _usable.Count / 60.0;
        var bursts = Bursts();
        return new SideMeasures
        {
            Side = _side,
            Events = RateInterval.Of([.. _events.Select(e => e.PeakSeconds)], _usable),
            Bursts = RateInterval.Of([.. bursts.Select(b => b[0].PeakSeconds)], _usable),
            ClonicCount = _events.Count(e => e.Kind == SpasmKind.Clonic),
            TonicCount = _events.Count(e => e.Kind == SpasmKind.Tonic),
            InSpasm = BlockBootstrap.Share(PartOfSeconds(_ => true)),
            InTonicSpasm = BlockBootstrap.Share(PartOfSeconds(e => e.Kind == SpasmKind.Tonic)),
            EyeClosedSecondsPerMinute = minutes > 0 ? closedSeconds / minutes : 0,
            LongestSeconds = _events.Select(e => e.DurationSeconds).DefaultIfEmpty(0).Max(),
            TwitchesPerSecondInBursts = TwitchRate(bursts),
            LidClosure = Spread(_events.Select(e => e.LidClosure)),
            LidIod = Spread(_events.Select(e => e.LidIod)),
            MouthIod = Spread(_events.Select(e => e.MouthIod)),
            LidShareOfVoluntary = voluntary.Lid is { } lid ? Spread(_events.Select(e => e.LidIod / lid)) : null,
            MouthShareOfVoluntary = voluntary.Mouth is { } mouth ? Spread(_events.Select(e => e.MouthIod / mouth)) : null,
            BrowLiftWithClosure = _events.Count(e => e.BrowLiftWithClosure),
            EventsWithClosure = _events.Count(e => e.LidClosure >= _settings.ClearClosure),
        };
    }

    public static double Quantile(double[] values, double share)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        Array.Sort(values);
        var at = share * (values.Length - 1);
        var low = (int)at;
        var high = Math.Min(low + 1, values.Length - 1);
        return values[low] + ((at - low) * (values[high] - values[low]));
    }

    private static Amplitude Spread(IEnumerable<double> values)
    {
        var array = values.ToArray();
        return new Amplitude(array.Length, Quantile(array, 0.5), Quantile(array, 0.9));
    }

    private List<List<SpasmEvent>> Bursts()
    {
        var bursts = new List<List<SpasmEvent>>();
        foreach (var e in _events)
        {
            if (bursts.Count > 0 && e.StartSeconds - bursts[^1][^1].EndSeconds < _settings.BurstGap)
            {
                bursts[^1].Add(e);
            }
            else
            {
                bursts.Add([e]);
            }
        }

        return bursts;
    }

    private static double? TwitchRate(List<List<SpasmEvent>> bursts)
    {
        var rates = bursts.Where(b => b.Count >= 3).Select(b => (b.Count - 1) / (b[^1].PeakSeconds - b[0].PeakSeconds)).ToArray();
        return rates.Length == 0 ? null : Quantile(rates, 0.5);
    }

    // The part of each usable second that events fill.
    private double[] PartOfSeconds(Func<SpasmEvent, bool> which)
    {
        var parts = new double[_usable.Count];
        var position = new Dictionary<int, int>(_usable.Count);
        for (var i = 0; i < _usable.Count; i++)
        {
            position[_usable[i]] = i;
        }

        foreach (var e in _events.Where(which))
        {
            for (var second = (int)Math.Floor(e.StartSeconds); second <= (int)Math.Floor(e.EndSeconds); second++)
            {
                if (position.TryGetValue(second, out var i))
                {
                    parts[i] = Math.Min(1, parts[i] + Math.Max(0, Math.Min(second + 1, e.EndSeconds) - Math.Max(second, e.StartSeconds)));
                }
            }
        }

        return parts;
    }
}
