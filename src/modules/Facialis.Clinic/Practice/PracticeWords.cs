using System.Globalization;
using Facialis.Clinic.Records;

namespace Facialis.Clinic.Practice;

/// <summary>How figures are written, the same on pages and in tables.</summary>
internal static class PracticeWords
{
    /// <summary>"180.00".</summary>
    public static string Money(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>"180.00 (of 12)"; "none" where it is known of none.</summary>
    public static string Money(Money money) => money.Of == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{Money(money.Cents)} (of {money.Of})");

    /// <summary>Units of a product, without its name: for a table that names it in its caption.</summary>
    public static string Units(long hundredths) => (hundredths / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>"300 U (onabotulinumtoxinA) received = 120 given + 3 wasted + 77 thrown away + 100 left".</summary>
    public static string Sum(TieOut tie, Parts parts, string productId) =>
        $"{Units(tie.Received)} {KeptWords.UnitOf(productId)} received = {Units(parts.Given)} given + {Units(parts.Wasted)} wasted + {Units(parts.Discarded)} thrown away + {Units(parts.Left)} left";
}
