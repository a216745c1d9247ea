namespace Facialis.Toxin;

/// <summary>When a patient is due again: a day and a window around it, never before the interval rule allows. No dose is ever proposed.</summary>
/// <param name="Day">The day to plan for.</param>
/// <param name="From">First day of the window of 80 percent.</param>
/// <param name="To">Last day of it.</param>
/// <param name="Earliest">The first day that the interval rule allows.</param>
/// <param name="WearsOffBefore">True where the effect is expected to wear off before the rule allows another treatment.</param>
/// <param name="Forecast">What it rests on.</param>
public sealed record NextDue(DateOnly Day, DateOnly From, DateOnly To, DateOnly Earliest, bool WearsOffBefore, WearOffForecast Forecast)
{
    /// <param name="given">The day of the last treatment.</param>
    /// <param name="forecast">When its effect wears off.</param>
    /// <param name="intervalDays">Days that the interval rule asks for, 0 or more.</param>
    public static NextDue Of(DateOnly given, WearOffForecast forecast, int intervalDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(intervalDays);
        var earliest = given.AddDays(intervalDays);
        return new NextDue(After(forecast.MedianDays), After(forecast.FromDays), After(forecast.ToDays), earliest, forecast.MedianDays < intervalDays, forecast);

        DateOnly After(double days) => given.AddDays((int)Math.Round(days)) is var day && day < earliest ? earliest : day;
    }
}
