using System.Globalization;
using System.Text;
using Facialis.Anatomy;
using Facialis.Spasm.Report;

namespace Facialis.Clinic.Measurements;

/// <summary>
/// The timeline as the server draws it, for paper and for browsers without script: right above, left below, both traces growing
/// away from the middle, so that what only one side does breaks the mirror image.
/// </summary>
public sealed class TimelineDrawing
{
    /// <summary>Room at the left edge for the words of the sides.</summary>
    public const double Gutter = 46;

    public const double Width = 760;
    public const double StripHeight = 18;
    public const double LaneHeight = 64;
    public const double RightBaseline = StripHeight + 4 + LaneHeight;
    public const double LeftBaseline = RightBaseline + 12;
    public const double LeftStrip = LeftBaseline + LaneHeight + 4;
    public const double PlotBottom = LeftStrip + StripHeight;
    public const double Height = PlotBottom + 18;

    /// <summary>A mouth corner moved by this much fills its lane, interocular distances.</summary>
    private const double MouthFullIod = 0.15;

    private readonly SpasmReport _report;
    private readonly double _seconds;

    /// <param name="report">What to draw.</param>
    /// <param name="signals">The traces, reduced to a few hundred spans.</param>
    /// <param name="seconds">Time that the width stands for.</param>
    public TimelineDrawing(SpasmReport report, SignalBands signals, double seconds)
    {
        (_report, _seconds) = (report, Math.Max(seconds, 1));
        RightLid = Trace(signals.Times, signals.Right.Lid, 1, Side.PatientRight);
        RightMouth = Trace(signals.Times, signals.Right.Mouth, MouthFullIod, Side.PatientRight);
        LeftLid = Trace(signals.Times, signals.Left.Lid, 1, Side.PatientLeft);
        LeftMouth = Trace(signals.Times, signals.Left.Mouth, MouthFullIod, Side.PatientLeft);
    }

    public string RightLid { get; }

    public string RightMouth { get; }

    public string LeftLid { get; }

    public string LeftMouth { get; }

    /// <summary>Short lines between the lanes, one for each blink.</summary>
    public string Blinks => string.Concat(_report.Blinks.Times.Select(t => F($"M{X(t):0.#},{RightBaseline + 2:0.#}V{LeftBaseline - 2:0.#}")));

    /// <summary>Stretches that are not counted: left edge and width.</summary>
    public IEnumerable<(double X, double Width)> Unusable()
    {
        var start = -1;
        var seconds = _report.Quality.Seconds;
        for (var i = 0; i <= seconds.Count; i++)
        {
            var unusable = i < seconds.Count && !seconds[i].Usable;
            if (unusable && start < 0)
            {
                start = seconds[i].Second;
            }
            else if (!unusable && start >= 0)
            {
                var end = Math.Min(seconds[i - 1].Second + 1, _seconds);
                yield return (X(start), X(end) - X(start));
                start = -1;
            }
        }
    }

    /// <summary>Whole minutes or round seconds for the axis.</summary>
    public IEnumerable<(double X, string Text)> Ticks()
    {
        var step = new double[] { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600 }.FirstOrDefault(s => _seconds / s <= 9, 7200);
        for (var time = 0.0; time <= _seconds; time += step)
        {
            yield return (X(time), F($"{(int)time / 60}:{(int)time % 60:00}"));
        }
    }

    /// <summary>A triangle for a twitch, a bar for a hold: they differ in shape, not in colour alone.</summary>
    public string Mark(SpasmEvent e)
    {
        var top = (e.Side == Side.PatientRight ? 0 : LeftStrip) + 3;
        var bottom = top + StripHeight - 6;
        var (from, to) = (X(e.StartSeconds), X(e.EndSeconds));
        if (e.Kind == SpasmKind.Tonic)
        {
            return F($"M{from:0.#},{top + 2:0.#}H{Math.Max(to, from + 6):0.#}V{bottom - 2:0.#}H{from:0.#}Z");
        }

        var middle = (from + to) / 2;
        var (foot, tip) = e.Side == Side.PatientRight ? (top, bottom) : (bottom, top);
        return F($"M{middle - 4:0.#},{foot:0.#}H{middle + 4:0.#}L{middle:0.#},{tip:0.#}Z");
    }

    public (double X, double Y, double Width, double Height) Band(SpasmEvent e)
    {
        var (top, bottom) = e.Side == Side.PatientRight ? (0.0, RightBaseline) : (LeftBaseline, PlotBottom);
        return (X(e.StartSeconds), top, Math.Max(X(e.EndSeconds) - X(e.StartSeconds), 1.2), bottom - top);
    }

    public static string F(FormattableString text) => FormattableString.Invariant(text);

    private double X(double seconds) => Width * seconds / _seconds;

    private string Trace(double[] times, Band band, double full, Side side)
    {
        double Y(double value)
        {
            var share = Math.Clamp(value / full, 0, 1) * LaneHeight;
            return side == Side.PatientRight ? RightBaseline - share : LeftBaseline + share;
        }

        var path = new StringBuilder();
        for (var i = 0; i < times.Length;)
        {
            var end = i;
            while (end < times.Length && band.Low[end] is not null)
            {
                end++;
            }

            if (end == i)
            {
                i++;
                continue;
            }

            for (var k = i; k < end; k++)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(k == i ? 'M' : 'L')}{X(times[k]):0.#},{Y(band.High[k]!.Value):0.#}"); // the loop above asked
            }

            for (var k = end - 1; k >= i; k--)
            {
                path.Append(CultureInfo.InvariantCulture, $"L{X(times[k]):0.#},{Y(band.Low[k]!.Value):0.#}");
            }

            path.Append('Z');
            i = end;
        }

        return path.ToString();
    }
}
