namespace Facialis.Toxin;

/// <summary>What is known of how long one treatment held.</summary>
/// <param name="FromDays">The effect lasted longer than this many days after the injection; 0 where nothing is known.</param>
/// <param name="ToDays">It had worn off by this day; null where nobody saw that: treated again before, lost from sight, or still going on.</param>
/// <remarks>
/// An injection before wear-off ends what can be seen of a cycle (it is censored), and tends to be given to those whose effect is fading;
/// forecasts count such cycles as "at least so long" and say how many there are.
/// </remarks>
public readonly record struct WearOffCycle(double FromDays, double? ToDays)
{
    /// <summary>A day is the finest that people tell; so day 84 is somewhere between 83.5 and 84.5.</summary>
    private const double HalfADay = 0.5;

    /// <summary>The patient named the day on which it had worn off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is not after the injection.</exception>
    public static WearOffCycle WoreOffOn(int day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, 1);
        return new WearOffCycle(day - HalfADay, day + HalfADay);
    }

    /// <summary>It was seen to hold on one day and to have worn off by a later one: what a weekly diary tells.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The days are not in that order.</exception>
    public static WearOffCycle WoreOffBetween(int lastHeld, int wornOff)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lastHeld);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wornOff, lastHeld);
        return new WearOffCycle(lastHeld, wornOff);
    }

    /// <summary>It still held on this day; what came after was not seen.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies before the injection.</exception>
    public static WearOffCycle HeldUntil(int day)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(day);
        return new WearOffCycle(day, null);
    }

    /// <summary>Nobody saw it wear off.</summary>
    public bool IsCensored => ToDays is null;
}
