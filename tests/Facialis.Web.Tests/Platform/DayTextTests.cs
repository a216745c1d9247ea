using Facialis.Platform.Clinics;

namespace Facialis.Web.Tests.Platform;

public sealed class DayTextTests
{
    [Fact]
    public void A_day_is_written_the_same_everywhere_whatever_the_machine_speaks()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("th-TH"); // another calendar
            var day = new DateOnly(2026, 3, 2);

            Assert.Equal(("2 Mar 2026", "2026-03-02"), (day.InWords(), day.Iso()));
            Assert.Equal(day, DayText.ReadIso("2026-03-02"));
            Assert.All(["", "2.3.2026", "2026-3-2", "2026-02-30", null], typed => Assert.Null(DayText.ReadIso(typed)));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
