namespace Facialis.Toxin;

/// <summary>When a patient is due again: a day and a window around it, never before the interval rule allows. No dose is ever proposed.</summary>
/// <param name="Day">The day to plan for.</param>
/// <param name="From">First day of the window of 80 percent; the day itself where it wore off already.</param>
/// <param name="To">Last day of it.</param>
/// <param name="Earliest">The first day that the interval rules allow.</param>
/// <param name="WearsOffBefore">True where the effect is gone, or expected to be, before the rules allow another treatment.</param>
/// <param name="WoreOffOn">The day on which it was seen to have worn off; null while it holds or nobody knows.</param>
/// <param name="Forecast">What it rests on; null where it wore off already.</param>
public sealed record NextDue(
    DateOnly Day, DateOnly From, DateOnly To, DateOnly Earliest, bool WearsOffBefore, DateOnly? WoreOffOn, WearOffForecast? Forecast)
{
    /// <param name="given">The day of the last treatment.</param>
    /// <param name="forecast">When its effect wears off.</param>
    /// <param name="earliest">The first day that the interval rules allow; <see cref="RuleBook.EarliestAgain"/>.</param>
    public static NextDue Of(DateOnly given, WearOffForecast forecast, DateOnly earliest)
    {
        var expected = After(forecast.MedianDays);
        return new NextDue(
            Later(expected, earliest), Later(After(forecast.FromDays), earliest), Later(After(forecast.ToDays), earliest), earliest, expected < earliest, null, forecast);

        DateOnly After(double days) => given.AddDays((int)Math.Round(days));
    }

    /// <param name="woreOff">The day on which the effect was seen to have worn off.</param>
    /// <param name="earliest">The first day that the interval rules allow.</param>
    public static NextDue OfWornOff(DateOnly woreOff, DateOnly earliest)
    {
        var day = Later(woreOff, earliest);
        return new NextDue(day, day, day, earliest, woreOff < earliest, woreOff, null);
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
