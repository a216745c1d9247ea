using System.Globalization;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Injections;
using Facialis.Platform.Clinics;

namespace Facialis.Clinic.FollowUps;

/// <summary>The cycles of one patient as lanes above one time axis, drawn on the server. Lengths are in units of the drawing.</summary>
internal sealed class HistoryDrawing
{
    public const int Width = 760;
    public const int Left = 120;
    private const int Right = 748;
    private const int LaneHeight = 62;
    private const int Inside = 46;

    /// <summary>From the top of a lane to where its bars stand.</summary>
    public const int Baseline = Inside + 8;

    private const int ThinLane = 12;

    /// <summary>The axis begins a little before the first treatment, so that its bar is whole.</summary>
    private const int DaysBefore = 21;

    /// <summary>What the end of an effect is drawn as where nobody saw it: only what was seen to hold.</summary>
    private const int LeastDays = 3;

    private readonly DateOnly _from;
    private readonly double _days;

    private HistoryDrawing(DateOnly from, DateOnly to) => (_from, _days) = (from, Math.Max(1, to.DayNumber - from.DayNumber));

    public int Height => 14 + (Lanes.Count * LaneHeight) + 24;

    public IReadOnlyList<HistoryLane> Lanes { get; private set; } = [];

    public IReadOnlyList<string> Treatments { get; private set; } = [];

    public IReadOnlyList<(string X, string Text)> Ticks { get; private set; } = [];

    /// <param name="cycles">At least one.</param>
    /// <param name="rates">Measured spasms a minute.</param>
    /// <param name="weakness">House-Brackmann grades, 1 to 6.</param>
    /// <param name="terms">Names of side effects.</param>
    /// <param name="today">End of the axis.</param>
    public static HistoryDrawing Of(
        IReadOnlyList<Cycle> cycles, IReadOnlyList<MeasuredRate> rates, IReadOnlyList<(DateOnly Day, int Grade)> weakness, SideEffectTerms terms, DateOnly today)
    {
        var first = cycles.Select(c => c.Given).Concat(rates.Select(r => r.Day)).Concat(weakness.Select(w => w.Day)).Min();
        var drawing = new HistoryDrawing(first.AddDays(-DaysBefore), today);
        drawing.Treatments = [.. cycles.Select(c => drawing.X(c.Given))];
        drawing.Ticks = [.. drawing.Months(today)];
        List<Func<int, HistoryLane>> lanes =
        [
            top => drawing.Doses(cycles, top), top => drawing.Effects(cycles, today, top), top => drawing.SideEffects(cycles, terms, today, top),
            top => drawing.Spasm(rates, top), top => drawing.Weakness(weakness, top),
        ];
        drawing.Lanes = [.. lanes.Select((lane, n) => lane(14 + (n * LaneHeight)))];
        return drawing;
    }

    /// <summary>"OOC 7.5, ZMAJ 1.25": units of the treatment's product.</summary>
    public static string ByMuscle(Treatment treatment) => string.Join(", ", treatment.Points
        .GroupBy(p => FaceAtlas.Current.FindSite(p.SiteId)?.MuscleId ?? p.SiteId)
        .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} {g.Sum(p => p.Units):0.##} U")));

    private HistoryLane Doses(IReadOnlyList<Cycle> cycles, int top)
    {
        var most = cycles.Max(c => c.Treatment.TotalHundredths);
        return new HistoryLane("Dose", string.Create(CultureInfo.InvariantCulture, $"0 to {most / 100m:0.##} U"), top)
        {
            Bars = [.. cycles.Select(c => Bar("plot-dose", Number(c.Given) - 3, 6, top, c.Treatment.TotalHundredths / (double)Math.Max(1, most),
                string.Create(CultureInfo.InvariantCulture, $"{c.Given.InWords()}: {c.Treatment.TotalHundredths / 100m:0.##} U {c.Treatment.ProductId}")))],
        };
    }

    private HistoryLane Effects(IReadOnlyList<Cycle> cycles, DateOnly today, int top) => new("Effect", "0 to 100 %", top)
    {
        Bars =
        [
            .. cycles.Where(c => c.Outcome.BestPercent is not null || c.Outcome.LastHeldOn is not null || c.Outcome.WoreOffOn is not null).Select(c =>
            {
                var from = c.Outcome.FirstEffectOn ?? c.Given;
                var to = c.Outcome.WoreOffOn ?? c.Outcome.LastHeldOn ?? from.AddDays(LeastDays);
                to = to < from.AddDays(LeastDays) ? from.AddDays(LeastDays) : to > today ? today : to;
                return Bar(
                    c.Outcome.WoreOffOn is null ? "plot-effect plot-open" : "plot-effect", Number(from), Number(to) - Number(from), top, (c.Outcome.BestPercent ?? 50) / 100.0,
                    $"Treated {c.Given.InWords()}: {FollowUpWords.Effect(c.Outcome, c.Given)}");
            }),
        ],
    };

    private HistoryLane SideEffects(IReadOnlyList<Cycle> cycles, SideEffectTerms terms, DateOnly today, int top) => new("Side effects", "mild to severe", top)
    {
        Bars =
        [
            .. cycles.SelectMany(c => c.SideEffects).Select(s => Bar(
                "plot-side-effect", Number(s.FirstOn), Math.Max(3, Number(s.LastOn ?? today) - Number(s.FirstOn)), top, ((int)s.Severity + 1) / 3.0,
                $"{terms.NameOf(s.TermId)}, {s.Severity.Words()}, from {s.FirstOn.InWords()}{(s.LastOn is { } last ? $" to {last.InWords()}" : "")}")),
        ],
    };

    private HistoryLane Spasm(IReadOnlyList<MeasuredRate> rates, int top)
    {
        var most = rates.Select(r => Math.Max(r.Right, r.Left)).DefaultIfEmpty(0).Max();
        return new HistoryLane("Spasm", most > 0 ? string.Create(CultureInfo.InvariantCulture, $"0 to {most:0.#} a minute") : "not measured", top)
        {
            Dots =
            [
                .. rates.SelectMany(r => new[] { ("plot-right", r.Right, "right"), ("plot-left", r.Left, "left") }.Select(side => Dot(
                    side.Item1, r.Day, top, most > 0 ? side.Item2 / most : 0, string.Create(CultureInfo.InvariantCulture, $"{r.Day.InWords()}: {side.Item2:0.#} a minute, {side.Item3}")))),
            ],
        };
    }

    private HistoryLane Weakness(IReadOnlyList<(DateOnly Day, int Grade)> weakness, int top) =>
        new("Weakness", weakness.Count > 0 ? "House-Brackmann I to VI" : "not graded", top)
        {
            Dots = [.. weakness.Select(w => Dot("plot-weakness", w.Day, top, (w.Grade - 1) / 5.0, string.Create(CultureInfo.InvariantCulture, $"{w.Day.InWords()}: grade {w.Grade}")))],
        };

    /// <summary>The first of each month that has room for its name.</summary>
    private IEnumerable<(string X, string Text)> Months(DateOnly today)
    {
        var step = _days > 900 ? 6 : _days > 400 ? 3 : _days > 150 ? 2 : 1;
        for (var day = new DateOnly(_from.Year, 1, 1); day <= today; day = day.AddMonths(step))
        {
            if (day >= _from && Number(day) is > Left + 10 and < Right - 16)
            {
                yield return (X(day), day.ToString(day.Month == 1 ? "yyyy" : "MMM", CultureInfo.InvariantCulture));
            }
        }
    }

    private static HistoryBar Bar(string kind, double x, double width, int top, double height, string says)
    {
        var tall = Math.Max(ThinLane / 4.0, Inside * Math.Clamp(height, 0, 1));
        return new HistoryBar(kind, Text(x), Text(top + Baseline - tall), Text(width), Text(tall), says);
    }

    private HistoryDot Dot(string kind, DateOnly day, int top, double height, string says) => new(kind, X(day), Text(top + Baseline - (Inside * Math.Clamp(height, 0, 1))), says);

    private double Number(DateOnly day) => Left + ((Right - Left) * (day.DayNumber - _from.DayNumber) / _days);

    private string X(DateOnly day) => Text(Number(day));

    private static string Text(double length) => length.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <param name="Day">Day of the recording.</param>
/// <param name="Right">Spasms a minute on the patient's right.</param>
/// <param name="Left">On the left.</param>
internal sealed record MeasuredRate(DateOnly Day, double Right, double Left);

internal sealed record HistoryLane(string Title, string Unit, int Top)
{
    /// <summary>Where its bars stand.</summary>
    public int Bottom => Top + HistoryDrawing.Baseline;

    public IReadOnlyList<HistoryBar> Bars { get; init; } = [];

    public IReadOnlyList<HistoryDot> Dots { get; init; } = [];
}

internal sealed record HistoryBar(string Class, string X, string Y, string Width, string Height, string Says);

internal sealed record HistoryDot(string Class, string X, string Y, string Says);
