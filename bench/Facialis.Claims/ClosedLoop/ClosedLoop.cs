using System.Globalization;
using System.Text;
using Facialis.Claims.Accuracy;
using Facialis.Spasm;
using static Facialis.Claims.Accuracy.AccuracyReport;

namespace Facialis.Claims.ClosedLoop;

/// <summary>Films virtual people and measures them: what was planted must come back. Writes its part of docs/accuracy.md.</summary>
internal static class ClosedLoop
{
    private const int People = 200;
    private const double LeastWithin = 0.90;
    private const double MostWithin = 0.98;
    private const double LeastF1 = 0.95;

    private static readonly double[] FrameRates = [24, 30, 60];

    /// <summary>Weeks after a usual orbital treatment at which people are filmed: untreated, much weakened, coming back.</summary>
    private static readonly int[] Weeks = [0, 4, 10];

    /// <summary>Names of sizes, times the jitter, and where each begins.</summary>
    private static readonly (string Name, double From)[] Sizes =
        [("hidden in the noise, below 3", 0), ("small, 3 to 8", FilmedPerson.ClearSize), ("plain, 8 to 20", 8), ("strong, above 20", 20)];

    public static Claim Claim { get; } = new(
        "closed-loop", "What is planted in the recordings of virtual people is measured: rate within its interval, side, each clear contraction.", Holds);

    private static bool Holds(string[] arguments)
    {
        var people = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : People;
        var filmed = new FilmedPerson[people];
        Parallel.For(0, people, i => filmed[i] = FilmedPerson.Film((ulong)(i + 1), FrameRates[i % FrameRates.Length], Weeks[i / FrameRates.Length % Weeks.Length]));

        var page = Page(filmed);
        Console.WriteLine(page);
        if (people == People)
        {
            AccuracyPage.WriteClosedLoop(page);
        }

        foreach (var worst in filmed.OrderBy(f => f.Clear.F1).Take(5))
        {
            Console.WriteLine(Line(
                $"seed {worst.Seed}, {worst.Pattern}, week {worst.Week}, {worst.FramesPerSecond:0} frames/s: {worst.Clear.Found} found, {worst.Clear.Missed} missed, {worst.Clear.Extra} too many"));
        }

        var all = new Row("all", filmed);
        Console.WriteLine(Line(
            $"closed-loop: rate within its own interval in {all.Within} of {people} ({all.ShareWithin:0.0%}; {LeastWithin:0%} to {MostWithin:0%}), side right in {all.SideRight} of {all.SideAsked}, F1 {all.Clear.F1:0.000} above {FilmedPerson.ClearSize} times the jitter ({LeastF1})"));
        return all.ShareWithin is >= LeastWithin and <= MostWithin && all.SideRight == all.SideAsked && all.Clear.F1 >= LeastF1;
    }

    private static string Page(FilmedPerson[] filmed)
    {
        var text = new StringBuilder();
        text.AppendLine("## Virtual people, filmed and measured").AppendLine();
        text.AppendLine(Line($"""
            Made by `claims/closed-loop`; do not edit. Algorithm `{SpasmAnalysis.Version}`, {filmed.Length} people of the virtual patient, 3 minutes of rest each,
            untreated or 4 or 10 weeks after a usual treatment around the eye. The movement is the model's, and so is the noise: this shows that
            planted spasm comes back, not that patients move so.

            A contraction counts twice where the visible movement falls below a third of the smaller of two peaks, seen as a camera of 30 frames a second
            would show it, whatever the camera. Sizes are those of the movement that the frames hold, over the noise of the difference between the sides
            (lids or mouth, whichever is plainer); people stand under the middle size of theirs. The side is asked where more than {FilmedPerson.ClearRate} contractions a minute
            were planted, however small.
            """)).AppendLine();
        foreach (var (title, rows) in new (string, IEnumerable<Row>)[]
        {
            ("contractions, times the jitter", Sizes.Select(size => new Row(size.Name, filmed.Where(f => NameOf(f.Size) == size.Name)))),
            ("camera", FrameRates.Select(rate => new Row(Line($"{rate} frames/s"), filmed.Where(f => f.FramesPerSecond == rate)))),
            ("when", Weeks.Select(week => new Row(week == 0 ? "untreated" : Line($"week {week}"), filmed.Where(f => f.Week == week)))),
            ("size and camera", Sizes.SelectMany(size => FrameRates.Select(rate => new Row(
                Line($"{size.Name}, {rate} frames/s"), filmed.Where(f => f.FramesPerSecond == rate && NameOf(f.Size) == size.Name))))),
        })
        {
            text.AppendLine(Line($"| {title} | people | contractions a minute | rate within interval | side right | F1, all | F1, above {FilmedPerson.ClearSize} times the jitter |"));
            text.AppendLine("|---|---|---|---|---|---|---|");
            foreach (var row in rows.Where(r => r.People > 0))
            {
                text.AppendLine(row.Text());
            }

            text.AppendLine();
        }

        return text.ToString().TrimEnd();
    }

    private static string NameOf(double size) => Sizes.Last(s => size >= s.From).Name;

    private sealed class Row(string name, IEnumerable<FilmedPerson> filmed)
    {
        private readonly List<FilmedPerson> _filmed = [.. filmed];

        public int People => _filmed.Count;

        public int Within => _filmed.Count(f => f.IsWithin);

        public double ShareWithin => (double)Within / People;

        public int SideAsked => _filmed.Count(f => f.PlantedPerMinute > FilmedPerson.ClearRate);

        public int SideRight => _filmed.Count(f => f.PlantedPerMinute > FilmedPerson.ClearRate && f.IsSideRight);

        public Matches Clear => Matches.Sum(_filmed.Select(f => f.Clear));

        public string Text() => Line(
            $"| {name} | {People} | {_filmed.Average(f => f.PlantedPerMinute):0.0} | {Within} of {People} | {SideRight} of {SideAsked} | {Matches.Sum(_filmed.Select(f => f.All)).F1:0.00} | {(Clear.Found + Clear.Missed == 0 ? "" : Line($"{Clear.F1:0.00}"))} |");
    }
}
