using System.Text.Json;

namespace Facialis.Browser.Tests.Capture;

/// <summary>The events of a report, set against what was drawn.</summary>
internal static class MeasuredEvents
{
    /// <summary>The scoring rule of the reference recordings: a found event is a true one if they overlap after widening by this.</summary>
    private const double WidenSeconds = 0.1;

    public static IReadOnlyList<(string Side, double From, double To)> Of(JsonElement report) =>
        [.. report.GetProperty("events").EnumerateArray().Select(e => (
            e.GetProperty("side").GetString() ?? "", e.GetProperty("startSeconds").GetDouble(), e.GetProperty("endSeconds").GetDouble()))];

    /// <summary>How many of the true stretches an event of that side overlaps, each event used once.</summary>
    public static int Found(IEnumerable<(string Side, double From, double To)> events, string side, IEnumerable<(double From, double To)> truth)
    {
        var left = events.Where(e => e.Side == side).ToList();
        var found = 0;
        foreach (var (from, to) in truth)
        {
            var match = left.FindIndex(e => e.From - WidenSeconds < to + WidenSeconds && from - WidenSeconds < e.To + WidenSeconds);
            if (match >= 0)
            {
                found++;
                left.RemoveAt(match);
            }
        }

        return found;
    }
}
