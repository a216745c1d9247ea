using System.Globalization;
using Facialis.Toxin;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Toxin;

/// <summary>A dose read ten times too high is the accident; so a text has one reading, in every locale, or none.</summary>
public sealed class StrictReadingTests
{
    private static readonly CultureInfo[] Cultures = CultureInfo.GetCultures(CultureTypes.AllCultures);
    private static readonly string[] Apart = ["2.5", "2,5", "25", "2.50", "2 5"];
    private static readonly Gen<CultureInfo> AnyCulture = Gen.Elements(Cultures);
    private static readonly Gen<decimal> AnyUnits = Gen.OneOf(
        Gen.Choose(0, 10_000_000).Select(hundredths => hundredths / 100m),
        Gen.Choose(0, 400).Select(quarters => quarters / 4m),
        Gen.Choose(0, 100_000).Select(whole => (decimal)whole));

    [Theory]
    [InlineData("2.5", 2.5)]
    [InlineData("2,5", 2.5)]
    [InlineData("25", 25)]
    [InlineData("0.25", 0.25)]
    [InlineData("0,75", 0.75)]
    [InlineData("0", 0)]
    [InlineData("10", 10)]
    [InlineData(" 2.5\t", 2.5)]
    [InlineData("5000", 5000)]
    [InlineData("100000", 100_000)]
    public void A_number_with_one_reading_is_read(string text, double expected)
    {
        Assert.True(Units.TryRead(text, out var units, out var refusal), refusal);
        Assert.Equal((decimal)expected, units.Number);
    }

    [Theory]
    [InlineData(null, "Type the units")]
    [InlineData("", "Type the units")]
    [InlineData("   ", "Type the units")]
    [InlineData("1.0", "no zero at the end of decimals: 1.0 is too easily read as 10")]
    [InlineData("2.50", "too easily read as 250")]
    [InlineData("0.0", "no zero at the end")]
    [InlineData(".5", "Write a zero before the point: 0.5")]
    [InlineData(",5", "Write a zero before the point: 0.5")]
    [InlineData("5.", "Write 5 without a mark after it")]
    [InlineData(".", "is no number")]
    [InlineData("1,000", "could be thousands")]
    [InlineData("1.000", "could be thousands")]
    [InlineData("1,234", "could be thousands")]
    [InlineData("1,000.5", "no mark between thousands")]
    [InlineData("1.000,5", "no mark between thousands")]
    [InlineData("1 000", "without blanks inside")]
    [InlineData("1\u00a0000", "without blanks inside")]
    [InlineData("1\u202f000", "without blanks inside")]
    [InlineData("1'000", "Only digits")]
    [InlineData("1\u2019000", "Only digits")]
    [InlineData("1_000", "Only digits")]
    [InlineData("2\u066b5", "Only digits")]
    [InlineData("2\u00b75", "Only digits")]
    [InlineData("\u0662\u066b\u0665", "digits 0 to 9")]
    [InlineData("\u06f2", "digits 0 to 9")]
    [InlineData("\uff12", "digits 0 to 9")]
    [InlineData("2\u00bd", "digits 0 to 9")]
    [InlineData("2.5 U", "without blanks inside")]
    [InlineData("2.5U", "without letters")]
    [InlineData("0.1mL", "without letters")]
    [InlineData("1e2", "without letters")]
    [InlineData("O.5", "without letters")]
    [InlineData("l0", "without letters")]
    [InlineData("-2", "without a sign")]
    [InlineData("\u22122", "without a sign")]
    [InlineData("+2", "without a sign")]
    [InlineData("05", "no zero in front")]
    [InlineData("025", "no zero in front")]
    [InlineData("00.5", "no zero in front")]
    [InlineData("2.555", "could be thousands")]
    [InlineData("2.5555", "At most 2 decimals")]
    [InlineData("100000.01", "More than 100000")]
    [InlineData("999999999999999999999", "More than 100000")]
    [InlineData("9999999999999999999999999999", "too long")]
    [InlineData("\u200e2.5", "Only digits")]
    public void What_could_be_misread_is_refused_with_a_sentence(string? text, string sentence)
    {
        Assert.False(Units.TryRead(text, out var units, out var refusal));
        Assert.Contains(sentence, refusal, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal, StringComparison.Ordinal);
        Assert.Equal(0, units.Number);
    }

    [Theory]
    [InlineData("0.05", 0.05)]
    [InlineData("2,5", 2.5)]
    [InlineData("0.125", 0.125)]
    public void Volumes_are_read_the_same_way(string text, double expected)
    {
        Assert.True(Millilitres.TryRead(text, out var volume, out var refusal), refusal);
        Assert.Equal((decimal)expected, volume.Number);
        Assert.False(Millilitres.TryRead("101", out _, out _));
        Assert.False(Millilitres.TryRead("0.0125", out _, out _));
    }

    [Fact]
    public void Every_locale_writes_and_reads_a_dose_alike() =>
        Prop.ForAll(AnyUnits.Zip(AnyCulture).ToArbitrary(), pair =>
        {
            var (number, culture) = pair;
            return In(culture, () =>
            {
                var dose = new Dose(ToxinCatalogue.Current.Products[0], number);
                var text = dose.Units.Text;
                return dose.ToString() == $"{text} U BOTOX (onabotulinumtoxinA)"
                    && text.All(sign => char.IsAsciiDigit(sign) || sign == '.')
                    && (!text.Contains('.', StringComparison.Ordinal) || text[^1] is not ('0' or '.'))
                    && Units.TryRead(text, out var point, out _) && point.Number == number
                    && Units.TryRead(text.Replace('.', ','), out var comma, out _) && comma.Number == number;
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void What_a_locale_would_write_is_read_as_the_same_number_or_refused() =>
        Prop.ForAll(AnyUnits.Zip(AnyCulture).Zip(Gen.Elements("G29", "N0", "N1", "N2", "N3", "F0", "F1", "F2", "C", "P", "E")).ToArbitrary(), pair =>
        {
            var ((number, culture), format) = pair;
            return In(culture, () =>
            {
                var written = number.ToString(format, culture);
                // What the text says may be rounded by the format; ten or a hundred times as much it never says.
                return !Units.TryRead(written, out var units, out _) || Math.Abs(units.Number - number) <= 0.5m;
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void Any_text_at_all_is_read_alike_in_two_locales() =>
        Prop.ForAll(
            Gen.Elements("0123456789.,  '-+eEUmL\u0662\u066b\u00a0".ToCharArray()).ListOf().Select(signs => new string([.. signs])).Zip(AnyCulture).ToArbitrary(),
            pair => In(pair.Item2, () => Read(pair.Item1)) == In(CultureInfo.InvariantCulture, () => Read(pair.Item1)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void Two_and_a_half_and_twenty_five_stay_apart_in_each_of_the_locales()
    {
        Assert.True(Cultures.Length > 200, $"only {Cultures.Length} locales on this machine");
        foreach (var culture in Cultures)
        {
            Assert.Equal("2.5|2.5|25|refused|refused", In(culture, () => string.Join('|', Apart.Select(Read))));
        }
    }

    private static string Read(string text) => Units.TryRead(text, out var units, out _) ? units.Text : "refused";

    private static T In<T>(CultureInfo culture, Func<T> work)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            return work();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
