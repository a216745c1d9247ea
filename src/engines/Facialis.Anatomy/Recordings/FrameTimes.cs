using System.Globalization;

namespace Facialis.Anatomy.Recordings;

/// <summary>The rule for times that every format keeps: seconds from 0 to 1,000,000, each at least a microsecond after the one before.</summary>
internal static class FrameTimes
{
    /// <summary>Eleven and a half days: far beyond any recording, and exact to the microsecond in a double.</summary>
    public const double LatestSeconds = 1_000_000;

    /// <summary>The same limit in microseconds.</summary>
    public const long LatestMicroseconds = 1_000_000_000_000;

    /// <summary>The nearest whole microsecond.</summary>
    public static long ToMicroseconds(double seconds) => (long)Math.Floor((seconds * 1e6) + 0.5);

    /// <summary>Refuses a time that is no number, out of range, or not after the one before.</summary>
    public static void Require(double seconds, double previous, string where)
    {
        RequireInRange(seconds, where);
        if (!IsAfter(seconds, previous))
        {
            throw new RecordingFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{where}: the time {seconds} s is not after the one before it ({previous} s)."));
        }
    }

    /// <summary>True where a time is at least a microsecond after the one before.</summary>
    public static bool IsAfter(double seconds, double previous) => ToMicroseconds(seconds) > ToMicroseconds(previous);

    /// <summary>Whether <see cref="Require"/> would let it pass, for loops that must not build a message per frame.</summary>
    public static bool IsValid(double seconds, double previous) => seconds >= 0 && seconds <= LatestSeconds && IsAfter(seconds, previous);

    /// <summary>Refuses a time that is no number or out of range.</summary>
    public static void RequireInRange(double seconds, string where)
    {
        if (!(seconds >= 0 && seconds <= LatestSeconds))
        {
            throw new RecordingFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{where}: the time {seconds} s is not between 0 and {LatestSeconds:0} seconds from the start of the recording."));
        }
    }
}
