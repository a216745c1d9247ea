using System.Text;
using Facialis.Platform.Identity.Fallback;

namespace Facialis.Web.Tests.Identity;

public sealed class TimeCodeTests
{
    private static readonly byte[] RfcSecret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, the rows of SHA-1; the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, TimeCode.At(RfcSecret, TimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_code_holds_one_step_early_and_late_and_no_longer()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var code = TimeCode.At(RfcSecret, TimeCode.StepAt(now));

        Assert.Equal(TimeCode.StepAt(now), TimeCode.Find(RfcSecret, code, now));
        Assert.Equal(TimeCode.StepAt(now), TimeCode.Find(RfcSecret, code, now + TimeCode.Step));
        Assert.Equal(TimeCode.StepAt(now), TimeCode.Find(RfcSecret, code, now - TimeCode.Step));
        Assert.Null(TimeCode.Find(RfcSecret, code, now + (2 * TimeCode.Step)));
        Assert.Null(TimeCode.Find(RfcSecret, code, now - (2 * TimeCode.Step)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("zweiacht")]
    public void What_is_no_code_is_none(string typed) =>
        Assert.Null(TimeCode.Find(RfcSecret, typed, DateTimeOffset.FromUnixTimeSeconds(59)));

    [Fact]
    public void A_code_may_be_typed_in_two_groups() =>
        Assert.NotNull(TimeCode.Find(RfcSecret, " 287 082 ", DateTimeOffset.FromUnixTimeSeconds(59)));

    /// <summary>RFC 4648, section 10.</summary>
    [Fact]
    public void Base32_is_that_of_the_standard()
    {
        Assert.Equal("MZXW6YTB", Base32.Encode(Encoding.ASCII.GetBytes("fooba")));
        Assert.Equal("MZXW-6YTB", Base32.InGroups("MZXW6YTB"));
        Assert.Equal("MZXW6YTB", Base32.Plain(" mzxw-6ytb "));
        Assert.Throws<ArgumentException>(() => Base32.Encode(Encoding.ASCII.GetBytes("foob")));
    }
}
