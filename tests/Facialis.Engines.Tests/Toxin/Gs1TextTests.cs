using Facialis.Toxin;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Toxin;

public sealed class Gs1TextTests
{
    private const string Gs = "\u001d";
    private static readonly DateOnly Today = new(2026, 11, 22);

    /// <summary>The example of the GS1 General Specifications for check digits: 0 614141 12345 2.</summary>
    [Theory]
    [InlineData("]d2010061414112345210ABC123" + Gs + "17270531")]
    [InlineData("010061414112345217270531" + "10ABC123")]
    [InlineData(Gs + "010061414112345210ABC123" + Gs + "17270531" + Gs)]
    [InlineData("(01)00614141123452(17)270531(10)ABC123")]
    [InlineData("(01) 00614141123452 (10) ABC123 (17) 270531")]
    [InlineData("]C117270531" + "0100614141123452" + "10ABC123\r\n")]
    public void A_code_is_read_however_it_arrives(string text)
    {
        Assert.True(Gs1Text.TryRead(text, Today, out var read, out var refusal), refusal);
        Assert.Equal(new Gs1Text("00614141123452", "ABC123", new DateOnly(2027, 5, 31), null), read);
    }

    [Fact]
    public void Serial_numbers_and_further_dates_are_taken_and_stepped_over()
    {
        Assert.True(Gs1Text.TryRead("010061414112345221S/N-1" + Gs + "11260101" + "20" + "01" + "10L" + Gs + "17280229", Today, out var read, out var refusal), refusal);
        Assert.Equal(new Gs1Text("00614141123452", "L", new DateOnly(2028, 2, 29), "S/N-1"), read);
    }

    [Theory]
    [InlineData("270500", 2027, 5, 31)]
    [InlineData("280200", 2028, 2, 29)]
    [InlineData("270200", 2027, 2, 28)]
    [InlineData("271231", 2027, 12, 31)]
    [InlineData("760101", 2076, 1, 1)]
    [InlineData("770101", 1977, 1, 1)]
    [InlineData("000101", 2000, 1, 1)]
    [InlineData("990101", 1999, 1, 1)]
    public void Years_of_two_digits_lie_within_49_years_before_and_50_after_and_day_00_is_the_last_of_the_month(string text, int year, int month, int day)
    {
        Assert.True(Gs1Text.TryRead("17" + text, Today, out var read, out var refusal), refusal);
        Assert.Equal(new DateOnly(year, month, day), read.Expires);
    }

    [Theory]
    [InlineData(2080, "300101", 2130)]
    [InlineData(2080, "310101", 2031)]
    [InlineData(2051, "000101", 2100)]
    [InlineData(2051, "020101", 2002)]
    [InlineData(2051, "010101", 2101)]
    public void Near_the_end_of_a_century_the_next_one_may_be_meant(int now, string text, int year)
    {
        Assert.True(Gs1Text.TryRead("17" + text, new DateOnly(now, 1, 1), out var read, out var refusal), refusal);
        Assert.Equal(year, read.Expires!.Value.Year);
    }

    [Theory]
    [InlineData("", "Scan the square code")]
    [InlineData(null, "Scan the square code")]
    [InlineData("0100614141123453", "check digit is wrong")]
    [InlineData("010061414112345", "breaks off")]
    [InlineData("17271331", "is no day")]
    [InlineData("17270230", "is no day")]
    [InlineData("17270001", "is no day")]
    [InlineData("17" + "27A531", "more than digits")]
    [InlineData("10", "lot is empty")]
    [InlineData("10ABCDEFGHIJKLMNOPQRSTU", "longer than 20 signs")]
    [InlineData("10AB C", "no code can hold")]
    [InlineData("9912345", "not known here")]
    [InlineData("1", "breaks off")]
    [InlineData("(01", "bracket is missing")]
    [InlineData("17270531" + "17270601", "says two things")]
    public void What_is_not_a_code_is_refused_with_a_sentence(string? text, string sentence)
    {
        Assert.False(Gs1Text.TryRead(text, Today, out _, out var refusal));
        Assert.Contains(sentence, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_single_misread_digit_of_a_trade_item_number_is_found() =>
        Prop.ForAll(Gen.Choose(0, 13).Zip(Gen.Choose(1, 9)).ToArbitrary(), change =>
        {
            var digits = "00614141123452".ToCharArray();
            digits[change.Item1] = (char)('0' + ((digits[change.Item1] - '0' + change.Item2) % 10));
            return !Gs1Text.HasValidCheckDigit(new string(digits));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_at_all_throws() =>
        Prop.ForAll(Gen.Elements("0123456789()]d C\u001d\u0662A".ToCharArray()).ListOf().Select(signs => new string([.. signs])).ToArbitrary(), text =>
            Gs1Text.TryRead(text, Today, out var read, out var refusal) ? read is not null : refusal!.EndsWith('.'))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
}
